/** Each variant in one sentence with its numbers, and whether an operator could want it. What kills or would have killed containers, evicts pods or leaves them waiting is refused whatever it saves. */
import type { RightSizeRow, ServiceRow } from './rows';

export const VERDICTS = ['today', 'harmful', 'worse', 'saves', 'saves nothing', 'costs more'] as const;
export type VerdictKind = (typeof VERDICTS)[number];
export type Verdict = { readonly variant: string; readonly kind: VerdictKind; readonly sentence: string };

/** Throttled time, pods and latency that anybody would notice. */
const NOTED_SHARE = 0.02;
const NOTED_REPLICAS = 0.5;
const NOTED_LATENCY = 0.1;
/** A tenth of a cent an hour. */
const NOTED_USD = 0.0005;
/** A node autoscaler is earlier or later by a minute. */
const NOTED_MACHINES = 0.05;
/** Waiting pods of less than this, on average, are those of a start or a move. */
const NOTED_PENDING = 0.1;

/** `rows[0]` is today. */
export function rightSizeVerdicts(rows: readonly RightSizeRow[]): readonly Verdict[] {
  const [today] = rows;
  if (today === undefined) return [];
  return rows.map((row): Verdict => (row === today ? { variant: row.variant, kind: 'today', sentence: todayInWords(row) } : { variant: row.variant, kind: kindOf(row, today), sentence: sentence(row, today) }));
}

/** The variant whose net is highest among those that are surely above zero and harm nobody; null when none is. */
export function bestRow(rows: readonly RightSizeRow[]): RightSizeRow | null {
  const [today, ...others] = rows;
  if (today === undefined) return null;
  return others.reduce<RightSizeRow | null>((best, row) => (row.netPerHour.lower > 0 && row.netPerYear > 0 && !harms(row, today) && (best === null || row.netPerHour.mean > best.netPerHour.mean) ? row : best), null);
}

const harms = (row: RightSizeRow, today: RightSizeRow) => row.overLimit.length > 0 || row.oomKills > today.oomKills || row.evictions > today.evictions || row.pending > today.pending + NOTED_PENDING;

function kindOf(row: RightSizeRow, today: RightSizeRow): VerdictKind {
  if (harms(row, today)) return 'harmful';
  if (row.addedMissShare.lower > 0) return 'worse';
  if (row.savedPerHour > NOTED_USD) return 'saves';
  return row.savedPerHour < -NOTED_USD ? 'costs more' : 'saves nothing';
}

const todayInWords = (row: RightSizeRow) => `${count(row.machinesAtEnd, 'machine')} at $${row.spendPerHour.toFixed(3)} an hour, outside the objectives ${percent(row.missShare)} of the time.`;

function sentence(row: RightSizeRow, today: RightSizeRow): string {
  const parts = [money(row, today), ...held(row), ...harm(row, today), ...feedback(row, today), ...limits(row, today), ...latency(row, today), ...misses(row)];
  return `${parts.join('; ')}.`;
}

function money(row: RightSizeRow, today: RightSizeRow): string {
  const machines = machinesInWords(row, today);
  if (row.savedPerHour > NOTED_USD) return `Saves $${row.savedPerHour.toFixed(3)} of $${today.spendPerHour.toFixed(3)} an hour (${machines})`;
  return row.savedPerHour < -NOTED_USD ? `Costs $${(-row.savedPerHour).toFixed(3)} an hour more (${machines})` : `Saves nothing: ${machines}`;
}

/** How many there are when the run ends; where that is no difference, how many there were on average. */
function machinesInWords(row: RightSizeRow, today: RightSizeRow): string {
  if (row.machinesAtEnd !== today.machinesAtEnd) return `${number(today.machinesAtEnd)} → ${count(row.machinesAtEnd, 'machine')}`;
  if (Math.abs(row.machines - today.machines) > NOTED_MACHINES) return `on average ${number(today.machines)} → ${count(row.machines, 'machine')}`;
  return today.machinesAtEnd === 1 ? 'the one machine stays' : `all ${number(today.machinesAtEnd)} machines stay`;
}

const held = ({ stayed }: RightSizeRow) => (stayed.length === 0 ? [] : [`${stayed.join(', ')} ${stayed.length === 1 ? 'was' : 'were'} to go and stayed, because a budget holds pods there or they come back`]);

function harm(row: RightSizeRow, today: RightSizeRow): string[] {
  const by = (of: (service: ServiceRow) => number) => row.services.filter((service) => of(service) > 0).map((service) => `${service.service} ${number(of(service))}`).join(', ');
  return [
    ...(row.overLimit.length > 0 ? [`${row.overLimit.join(', ')} ${row.overLimit.length === 1 ? 'was' : 'were'} seen above the memory limit`] : []),
    ...(row.oomKills > today.oomKills ? [`containers are killed for their memory ${number(row.oomKills)} times a run (${by(({ oomKills }) => oomKills)})`] : []),
    ...(row.evictions > today.evictions ? [`${number(row.evictions)} pods are evicted (${by(({ evictions }) => evictions)})`] : []),
    ...(row.pending > today.pending + NOTED_PENDING ? [`${number(row.pending)} pods wait for room (${by(({ pending }) => pending)})`] : []),
  ];
}

function feedback(row: RightSizeRow, today: RightSizeRow): string[] {
  const changed = pairs(row, today).filter(({ now, then }) => Math.abs(then.replicas - now.replicas) > NOTED_REPLICAS);
  return changed.length === 0 ? [] : [`the horizontal autoscaler answers: ${changed.map(({ now, then }) => `${now.service} ${number(now.replicas)} → ${number(then.replicas)} pods`).join(', ')}`];
}

function limits(row: RightSizeRow, today: RightSizeRow): string[] {
  const changed = pairs(row, today).filter(({ now, then }) => Math.abs((then.throttledShare ?? 0) - (now.throttledShare ?? 0)) > NOTED_SHARE);
  return changed.map(({ now, then }) => `${now.service} is throttled ${percent(then.throttledShare ?? 0)} of the time (${percent(now.throttledShare ?? 0)} today)`);
}

function latency(row: RightSizeRow, today: RightSizeRow): string[] {
  if (row.latencyP99Ms === null || today.latencyP99Ms === null || Math.abs(row.latencyP99Ms - today.latencyP99Ms) < NOTED_LATENCY * today.latencyP99Ms) return [];
  return [`p99 ${number(Math.round(today.latencyP99Ms))} → ${number(Math.round(row.latencyP99Ms))} ms`];
}

function misses({ addedMissShare }: RightSizeRow): string[] {
  if (addedMissShare.lower > 0) return [`outside the objectives ${percent(addedMissShare.mean)} more of the time`];
  return addedMissShare.upper < 0 ? [`outside the objectives ${percent(-addedMissShare.mean)} less of the time`] : [];
}

const pairs = (row: RightSizeRow, today: RightSizeRow) => today.services.flatMap((now) => row.services.flatMap((then) => (then.service === now.service ? [{ now, then }] : [])));

const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
const count = (value: number, what: string) => `${number(value)} ${what}${value === 1 ? '' : 's'}`;
