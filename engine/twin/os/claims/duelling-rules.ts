/**
 * Two rules that each set all limits of one container: one for CPU {2 cores, 4 GiB}, one for memory {1.5 cores, 8 GiB}. Load that needs both more
 * CPU than the second grants and more memory than the first grants makes each undo the other at every look, for ever.
 */
import type { Change, LimitRule } from '../findings';

export type Load = { readonly cpu: number; readonly memoryGib: number };
export type DuelRun = { readonly changes: readonly Change[]; readonly final: Readonly<Record<string, number>> };

export const SEED_RULES: readonly LimitRule[] = [
  { name: 'cpu', subject: 'app', when: 'cpu', sets: { cpu: 2, memoryGib: 4 }, everySeconds: 300 },
  { name: 'memory', subject: 'app', when: 'memoryGib', sets: { cpu: 1.5, memoryGib: 8 }, everySeconds: 300 },
];
const HIGH_SHARE = 0.8;

/** A rule fires when the use of what it watches (`when`) is above 80 % of its limit; rules take turns in their order. */
export function runRules(rules: readonly LimitRule[], load: Load, start: Readonly<Record<string, number>>, seconds: number): DuelRun {
  const limits: Record<string, number> = { ...start };
  const changes: Change[] = [];
  const step = rules.reduce((least, { everySeconds }) => Math.min(least, everySeconds), seconds);
  for (let at = step; at <= seconds; at += step)
    for (const rule of rules) {
      if (at % rule.everySeconds !== 0) continue;
      const wanted = rule.when === 'cpu' ? load.cpu : load.memoryGib;
      if (Math.min(wanted, limits[rule.when]!) < HIGH_SHARE * limits[rule.when]!) continue;
      for (const [setting, value] of Object.entries(rule.sets)) {
        if (limits[setting] === value) continue;
        limits[setting] = value;
        changes.push({ atSeconds: at, subject: rule.subject, setting, value, by: rule.name });
      }
    }
  return { changes, final: limits };
}
