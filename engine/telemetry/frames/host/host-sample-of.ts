/** The window of a host as a sample: everything its sources said, and null for everything else. */
import type { DeviceSample, DiskUsage, FileSystemSample, HostSample } from '../../host-sample';
import { groupSamples } from './group-samples';
import type { HostWindow } from './host-window';
import { pressureOf } from './pressure-of';
import { programSamples } from './program-samples';

/** null when nothing was measured on it in the window. */
export function hostSampleOf(window: HostWindow, atUs: number, windowUs: number): HostSample | null {
  if (!window.seen) return null;
  const of = (part: 'cpu' | 'memory-free' | 'memory-available') => window.sums.get(part) ?? null;
  const filesystems = fileSystemsOf(window);
  const groups = groupSamples(window);
  const device = deviceOf(window);
  return {
    host: window.host,
    state: 'up',
    atUs,
    windowUs,
    size: { cpus: window.cpus.size === 0 ? null : window.cpus.size, memoryBytes: window.memoryBytes },
    cpuCores: of('cpu') ?? rootCores(window),
    waitingTasks: null,
    freeBytes: of('memory-free'),
    availableBytes: of('memory-available'),
    disk: diskOf(filesystems),
    ...(filesystems.length === 0 ? {} : { filesystems }),
    ...(device === null ? {} : { device }),
    groups: groups.map(({ sample }) => sample),
    programs: programSamples(window, groups),
    outside: null,
    cleanUps: [],
    reboots: window.reboots,
    upkeep: null,
    pressure: pressureOf(window.pressure),
    watts: null,
    suspendedShare: null,
    resumes: null,
  };
}

/** All disks together, busy as the busiest is; null unless everything about one was measured. */
function deviceOf({ devices, sums }: HostWindow): DeviceSample | null {
  const dirtyBytes = sums.get('dirty');
  const whole = [...devices.values()].flatMap((parts) => {
    const [read, written, reads, writes, busy] = (['read', 'written', 'reads', 'writes', 'busy'] as const).map((part) => parts.get(part));
    return read === undefined || written === undefined || reads === undefined || writes === undefined || busy === undefined ? [] : [{ read, written, reads, writes, busy }];
  });
  if (dirtyBytes === undefined || whole.length === 0) return null;
  const sum = (of: (disk: (typeof whole)[number]) => number) => whole.reduce((total, disk) => total + of(disk), 0);
  return { readBytesPerSecond: sum(({ read }) => read), writeBytesPerSecond: sum(({ written }) => written), readIops: sum(({ reads }) => reads), writeIops: sum(({ writes }) => writes), busyShare: Math.min(1, whole.reduce((most, { busy }) => Math.max(most, busy), 0)), dirtyBytes };
}

/** The root group is the host. */
function rootCores({ groups }: HostWindow): number | null {
  const sums = groups.get('/')?.sums;
  return sums?.get('cpu') ?? sums?.get('cores') ?? null;
}

/** By mount point; one whose size or fill is not known is left out. */
function fileSystemsOf({ mounts }: HostWindow): FileSystemSample[] {
  return [...mounts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).flatMap(([mount, parts]): FileSystemSample[] => {
    const [size, free] = [parts.get('size'), parts.get('free') ?? parts.get('available')];
    if (size === undefined || free === undefined || !(size > 0)) return [];
    const [inodesMax, inodesFree] = [parts.get('inodes'), parts.get('inodes-free')];
    return [{ mount, usedBytes: Math.max(0, size - free), availableBytes: parts.get('available') ?? free, ...(inodesMax === undefined || inodesFree === undefined || inodesMax === 0 ? {} : { inodesUsed: inodesMax - inodesFree, inodesMax }) }];
  });
}

const LOG_MOUNTS = ['/var/log', '/var', '/'];

/** Where logs are written: the mount point nearest to /var/log, else the only one. */
function diskOf(filesystems: readonly FileSystemSample[]): DiskUsage | null {
  const found = LOG_MOUNTS.flatMap((name) => filesystems.filter(({ mount }) => mount === name))[0] ?? (filesystems.length === 1 ? filesystems[0] : undefined);
  return found === undefined ? null : { usedBytes: found.usedBytes, availableBytes: found.availableBytes, orphanBytes: null };
}
