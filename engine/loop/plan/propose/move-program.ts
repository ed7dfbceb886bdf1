/** Where a program could move to: another host that is up and has room for it, into a group that does not hold it back more. */
import type { GroupSample, HostSample, ProgramSample } from '@/engine/telemetry';
import type { os } from '@/engine/twin';
import type { HostObservation } from '../../observe/observe-hosts';

/** Room over what it uses now: a load that is held back here will use more there. */
const ROOM_FACTOR = 1.5;
const BYTES_PER_MIB = 1_048_576;
const MEMORY_SPARE_BYTES = 32 * BYTES_PER_MIB;

type Step = os.HostCommand;

/** The roomiest of the other hosts; none where none has room, or where how much it needs or has is not known. */
export function moveTo(program: ProgramSample, from: string, others: readonly HostObservation[]): Step[] {
  const places = others.flatMap(({ host, samples }) => {
    const now = samples.at(-1)!;
    const free = host === from || now.state !== 'up' || now.programs.some((each) => each.program === program.program) ? null : freeCores(now);
    const group = free === null ? undefined : groupFor(program, now);
    return free === null || group === undefined || free < (program.cpuCores ?? Infinity) * ROOM_FACTOR ? [] : [{ host, group: group.group, free }];
  });
  const best = places.reduce<(typeof places)[number] | null>((first, each) => (first === null || each.free > first.free ? each : first), null);
  return best === null ? [] : [{ kind: 'migrate-program', program: program.program, toHost: best.host, toGroup: best.group }];
}

const freeCores = ({ size, cpuCores }: HostSample) => (size.cpus === null || cpuCores === null ? null : size.cpus - cpuCores);

/** The one of its own name if it fits, else the first that fits. */
function groupFor({ group, memoryBytes, cpuCores }: ProgramSample, { groups, availableBytes }: HostSample): GroupSample | undefined {
  if (memoryBytes === null || cpuCores === null || availableBytes === null || availableBytes < memoryBytes * ROOM_FACTOR + MEMORY_SPARE_BYTES) return undefined;
  const fits = (each: GroupSample) =>
    (each.memoryLimitBytes === null || (each.memoryBytes !== null && each.memoryLimitBytes - each.memoryBytes >= memoryBytes * ROOM_FACTOR)) &&
    (each.quotaMs === null || (each.periodMs !== null && each.cpuCores !== null && each.quotaMs / each.periodMs - each.cpuCores >= cpuCores * ROOM_FACTOR));
  const fitting = groups.filter(fits);
  return fitting.find((each) => each.group === group) ?? fitting[0];
}
