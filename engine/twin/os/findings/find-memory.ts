/**
 * Memory of one group over time: pressure (near the limit with nothing left to reclaim, or reclaiming all the time) and leaks (anonymous memory
 * that keeps rising), with the time to the OOM kill. Page cache is no use of memory: it goes when it is needed.
 */
import { growth, timeTo } from './growth';
import { inTime, type HostFinding } from './host-finding';

export type MemorySample = { readonly atSeconds: number; readonly usedBytes: number; readonly fileBytes: number; readonly limitBytes: number | null; /** PSI some, avg10 in percent, where known. */ readonly pressurePercent?: number; readonly reclaimedBytes?: number };

const PRESSURE_SHARE = 0.9;
const PSI_PERCENT = 10;
const RISING_SHARE = 0.6;
const LEAK_SHARE_MIN = 0.05;
const PAGE_SECONDS = 3_600;
const TICKET_SECONDS = 7 * 86_400;
const MIB = 1_048_576;

/** `samples` of one group, oldest first. */
export function findMemory(subject: string, samples: readonly MemorySample[]): readonly HostFinding[] {
  const last = samples[samples.length - 1];
  if (last === undefined) return [];
  return [...pressure(subject, last), ...leak(subject, samples, last)];
}

function pressure(subject: string, last: MemorySample): HostFinding[] {
  const held = last.usedBytes - last.fileBytes;
  const share = last.limitBytes === null ? null : held / last.limitBytes;
  const stalled = last.pressurePercent !== undefined && last.pressurePercent >= PSI_PERCENT;
  if ((share === null || share < PRESSURE_SHARE) && !stalled) return [];
  const detail = share === null ? `tasks wait for memory ${last.pressurePercent!.toFixed(1)} % of the time` : `${(share * 100).toFixed(0)} % of the limit cannot be reclaimed (${(last.fileBytes / MIB).toFixed(0)} MiB of page cache could)`;
  return [{ kind: 'memory-pressure', subject, severity: stalled ? 'page' : 'ticket', value: share ?? last.pressurePercent ?? null, limit: share === null ? PSI_PERCENT : PRESSURE_SHARE, unit: share === null ? '% of time' : 'share', detail }];
}

function leak(subject: string, samples: readonly MemorySample[], last: MemorySample): HostFinding[] {
  const sinceRestart = samples.slice(lastDrop(samples));
  const rate = growth(sinceRestart.map(({ atSeconds, usedBytes, fileBytes }) => ({ atSeconds, value: usedBytes - fileBytes })));
  if (rate === null || rate.perSecond <= 0 || rate.slowest <= 0 || rate.risingShare < RISING_SHARE) return [];
  const held = last.usedBytes - last.fileBytes;
  const first = sinceRestart[0]!;
  const grown = held - (first.usedBytes - first.fileBytes);
  if (grown < LEAK_SHARE_MIN * (last.limitBytes ?? held)) return [];
  const perHour = (rate.perSecond * 3_600) / MIB;
  if (last.limitBytes === null) return [{ kind: 'memory-leak', subject, severity: 'info', value: perHour, limit: 0, unit: 'MiB/h', detail: `rises by ${rateWords(perHour)}, and has no limit` }];
  const dueSeconds = timeTo(last.limitBytes, held, rate);
  if (dueSeconds.expected > TICKET_SECONDS) return [];
  return [{ kind: 'memory-leak', subject, severity: dueSeconds.expected < PAGE_SECONDS ? 'page' : 'ticket', value: perHour, limit: last.limitBytes / MIB, unit: 'MiB/h', detail: `rises by ${rateWords(perHour)}; the OOM killer comes ${inTime(dueSeconds.expected)}`, dueSeconds }];
}

const rateWords = (mibPerHour: number) => (mibPerHour >= 3_600 ? `${(mibPerHour / 3_600).toFixed(1)} MiB/s` : `${mibPerHour.toFixed(1)} MiB/h`);

const DROP_SHARE = 0.5;

/** Where the present life began: after the last sample at which memory fell by half (a restart, a kill). */
function lastDrop(samples: readonly MemorySample[]): number {
  for (let i = samples.length - 1; i > 0; i -= 1) {
    const before = samples[i - 1]!.usedBytes - samples[i - 1]!.fileBytes;
    if (samples[i]!.usedBytes - samples[i]!.fileBytes < DROP_SHARE * before) return i;
  }
  return 0;
}
