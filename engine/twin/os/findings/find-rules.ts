/**
 * Rules that harm: two that set the same limit to different values whenever both fire (each undoes the other for ever), and a clearing of a cache
 * because its hit rate is low, which lowers the hit rate. Found before anything runs, and in what was done.
 */
import type { HostFinding } from './host-finding';

/** "When `when`, set these on `subject`." `priority` decides only where the executor uses it. */
export type LimitRule = { readonly name: string; readonly subject: string; readonly when: string; readonly sets: Readonly<Record<string, number>>; readonly everySeconds: number };
export type LimitConflict = { readonly rules: readonly [string, string]; readonly subject: string; readonly setting: string; readonly values: readonly [number, number] };

export function conflictingRules(rules: readonly LimitRule[]): readonly LimitConflict[] {
  return rules.flatMap((first, i) =>
    rules.slice(i + 1).flatMap((second) =>
      first.subject !== second.subject ? [] : Object.keys(first.sets).filter((setting) => Object.hasOwn(second.sets, setting) && first.sets[setting] !== second.sets[setting]).map((setting): LimitConflict => ({ rules: [first.name, second.name], subject: first.subject, setting, values: [first.sets[setting]!, second.sets[setting]!] })),
    ),
  );
}

export const findConflicts = (rules: readonly LimitRule[]): readonly HostFinding[] =>
  conflictingRules(rules).map(({ rules: [a, b], subject, setting, values }) => ({ kind: 'duelling-rules', subject, severity: 'ticket', value: values[1], limit: values[0], unit: setting, detail: `"${a}" sets ${setting} to ${values[0]}, "${b}" to ${values[1]}; when both fire each undoes the other` }));

export type Change = { readonly atSeconds: number; readonly subject: string; readonly setting: string; readonly value: number; readonly by: string };
const UNDONE_TIMES = 2;

/** The same setting going back to a value it had, by another rule, twice. */
export function findDuels(changes: readonly Change[]): readonly HostFinding[] {
  const keys = [...new Set(changes.map(({ subject, setting }) => `${subject} ${setting}`))];
  return keys.flatMap((key): HostFinding[] => {
    const own = changes.filter(({ subject, setting }) => `${subject} ${setting}` === key);
    const undone = own.filter((change, i) => i >= 2 && own[i - 2]!.value === change.value && own[i - 1]!.value !== change.value && own[i - 1]!.by !== change.by);
    const last = undone.at(-1);
    return undone.length < UNDONE_TIMES || last === undefined ? [] : [{ kind: 'duelling-rules', subject: last.subject, severity: 'page', value: undone.length, limit: UNDONE_TIMES, unit: 'times undone', detail: `${last.setting} goes to and fro: ${[...new Set(own.map(({ by }) => by))].join(' against ')}` }];
  });
}

export type HitRate = { readonly atSeconds: number; readonly hitRate: number };
const CLEARS_MIN = 2;
const AFTER_SECONDS_MAX = 300;

/** Clearings after each of which the hit rate was lower than before: the remedy is the cause. */
export function findCacheSpiral(subject: string, rates: readonly HitRate[], clearedAt: readonly number[], wanted: number): readonly HostFinding[] {
  const worse = clearedAt.filter((at) => {
    const before = rates.filter(({ atSeconds }) => atSeconds <= at).at(-1);
    const after = rates.filter(({ atSeconds }) => atSeconds > at && atSeconds <= at + AFTER_SECONDS_MAX);
    return before !== undefined && after.length > 0 && after.reduce((sum, { hitRate }) => sum + hitRate, 0) / after.length < before.hitRate;
  });
  if (worse.length < CLEARS_MIN) return [];
  const last = rates.at(-1);
  return [{ kind: 'cache-clear-spiral', subject, severity: 'page', value: last?.hitRate ?? null, limit: wanted, unit: 'hit rate', detail: `${worse.length} times the cache was cleared because its hit rate was low, and the hit rate fell each time` }];
}
