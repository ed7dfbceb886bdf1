/**
 * A disk that is busy most of the time, a group whose tasks wait for it, and another one that moves more than the waiting one does. What the
 * flusher writes is nobody's: a log that is written faster than the disk takes it is not told of here.
 */
import type { GroupSample, HostSample } from '@/engine/telemetry';
import type { FoundOnHost } from './find-on-host';
import { meanOfGroup, type GroupHistory } from './group-history';

const BUSY_SHARE = 0.7;
const WAITING_PERCENT = 25;
const BYTES_PER_MIB = 1_048_576;

/** `samples` of one host with the history of its groups. */
export function findDiskContention(samples: readonly HostSample[], history: GroupHistory): FoundOnHost[] {
  const busy = samples.flatMap(({ device }) => device?.busyShare ?? []);
  if (busy.length === 0 || busy.reduce((sum, share) => sum + share, 0) / busy.length < BUSY_SHARE) return [];
  const groups = samples.at(-1)!.groups;
  const moves = ({ group }: GroupSample) => meanOfGroup(history.get(group), ({ disk }) => (disk === undefined ? null : disk.readBytesPerSecond + disk.writeBytesPerSecond)) ?? 0;
  return groups.flatMap((group): FoundOnHost[] => {
    const waiting = meanOfGroup(history.get(group.group), ({ pressure }) => pressure?.ioSome ?? null);
    if (waiting === null || waiting < WAITING_PERCENT) return [];
    const loudest = groups.filter((other) => other !== group).reduce<GroupSample | null>((best, other) => (moves(other) > (best === null ? 0 : moves(best)) ? other : best), null);
    if (loudest === null || moves(loudest) <= moves(group)) return [];
    return [{ kind: 'disk-contention', subject: group.group, severity: 'ticket', value: waiting, limit: WAITING_PERCENT, unit: '% of time', cause: loudest.group, detail: `waits for the disk ${waiting.toFixed(0)} % of the time while ${loudest.group} moves ${(moves(loudest) / BYTES_PER_MIB).toFixed(0)} MiB/s` }];
  });
}
