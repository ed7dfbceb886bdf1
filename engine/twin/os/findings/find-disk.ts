/** A file system over time: when it is full, in bytes or in inodes, with a band; and clean-ups that did not help. */
import { growth, timeTo, type Growth, type Point } from './growth';
import type { CleanUpEffect } from '../filesystem';
import { inTime, type HostFinding } from './host-finding';

export type DiskSample = { readonly atSeconds: number; readonly usedBytes: number; readonly availableBytes: number; readonly inodesUsed?: number; readonly inodesMax?: number };

const PAGE_SECONDS = 86_400;
const TICKET_SECONDS = 30 * 86_400;
const FULL_SHARE = 0.95;

export function findDisk(subject: string, samples: readonly DiskSample[]): readonly HostFinding[] {
  const last = samples[samples.length - 1];
  if (last === undefined) return [];
  const bytes = samples.map(({ atSeconds, usedBytes }) => ({ atSeconds, value: usedBytes }));
  const inodes = samples.flatMap(({ atSeconds, inodesUsed }) => (inodesUsed === undefined ? [] : [{ atSeconds, value: inodesUsed }]));
  return [
    ...fullAt('disk-full', subject, bytes, last.usedBytes + last.availableBytes),
    ...(last.inodesMax === undefined ? [] : fullAt('inodes-full', subject, inodes, last.inodesMax)),
  ];
}

function fullAt(kind: 'disk-full' | 'inodes-full', subject: string, points: readonly Point[], limit: number): HostFinding[] {
  const last = points[points.length - 1];
  if (last === undefined || !(limit > 0)) return [];
  const share = last.value / limit;
  const rate: Growth = growth(sinceCleanUp(points)) ?? { perSecond: 0, slowest: 0, fastest: 0, risingShare: 0 };
  const dueSeconds = timeTo(limit, last.value, rate);
  if (share < FULL_SHARE && dueSeconds.expected > TICKET_SECONDS) return [];
  const severity = share >= FULL_SHARE || dueSeconds.expected < PAGE_SECONDS ? 'page' : 'ticket';
  const due = last.value >= limit || dueSeconds.expected < 1 ? '; full now' : Number.isFinite(dueSeconds.expected) ? `; full ${inTime(dueSeconds.expected)}${bandWords(dueSeconds)}` : '';
  return [{ kind, subject, severity, value: share, limit: 1, unit: 'share', detail: `${(share * 100).toFixed(1)} % used${due}`, dueSeconds }];
}

/** Nothing where both ends read the same. */
function bandWords({ earliest, latest }: { readonly earliest: number; readonly latest: number }): string {
  const [first, last] = [inTime(earliest), inTime(latest)];
  return first === last ? '' : ` (${first} at the earliest, ${last} at the latest)`;
}

const DROP_SHARE = 0.03;

/** A clean-up is no growth backwards: what counts is the rate since the last one, as long as there are points enough. */
function sinceCleanUp(points: readonly Point[]): readonly Point[] {
  for (let i = points.length - 1; i > 0; i -= 1) if (points[i]!.value < points[i - 1]!.value * (1 - DROP_SHARE)) return points.length - i >= 5 ? points.slice(i) : points;
  return points;
}

export type CleanUpRecord = { readonly atSeconds: number; readonly effect: Pick<CleanUpEffect, 'freedBytes' | 'percentBefore' | 'percentAfter' | 'holders' | 'verdict'> };
const FLAG_AT = 2;
const HELPED_SHARE = 0.5;

/** Below the goal afterwards, or at least half of the way there. */
const helped = ({ verdict, percentBefore, percentAfter }: CleanUpRecord['effect'], goalPercent: number) => verdict === 'effective' || percentBefore - percentAfter >= HELPED_SHARE * Math.max(1, percentBefore - goalPercent);

/** Clean-ups that called themselves done: flagged at the second in a row that did not help. */
export function findIneffectiveCleanUps(subject: string, records: readonly CleanUpRecord[], goalPercent: number): readonly HostFinding[] {
  const useless = [...records].reverse();
  const run = useless.findIndex(({ effect }) => helped(effect, goalPercent));
  const count = run < 0 ? useless.length : run;
  if (count < FLAG_AT) return [];
  const { effect } = useless[0]!;
  const why = { 'effective': '', 'not-enough': 'it frees too little', 'held-open': `deleted files are still open (${effect.holders.join(', ')})`, 'matched-nothing': 'it matches nothing' }[effect.verdict];
  return [{ kind: 'ineffective-clean-up', subject, severity: effect.percentAfter >= goalPercent ? 'page' : 'ticket', value: count, limit: FLAG_AT, unit: 'clean-ups', detail: `${count} clean-ups in a row left ${effect.percentAfter} % used: ${why}` }];
}
