/**
 * What is wrong on a host now, from its samples alone: the findings of the OS twin, and who steals CPU. A host that is
 * lived, one in a world and a real one that is only watched are judged by the same rules; what was not measured is not judged.
 */
import type { GroupSample, HostSample } from '@/engine/telemetry';
import { findDisk, findIneffectiveCleanUps, findMemory, type HostFinding, type MemorySample } from '../../findings';
import type { HostWorld } from '../host-world';
import { groupHistory, type GroupAt } from './group-history';
import { findDiskContention } from './find-disk-contention';
import { findNoisyNeighbours } from './find-noisy-neighbours';
import { findDown } from './find-down';
import { findRestartLoop } from './find-restart-loop';
import { findUpkeep } from './find-upkeep';

/** What is looked back on: for CPU, and for what grows. */
const CPU_SECONDS = 30;
const GROWTH_SAMPLES = 600;
const SAMPLES_MIN = 30;
const THROTTLED_SHARE = 0.1;
const GOAL_PERCENT = 80;

/** `cause` names who it comes from, where that is somebody else; of a drift, what is wanted. */
export type FoundOnHost = Omit<HostFinding, 'kind'> & { readonly kind: HostFinding['kind'] | 'throttled' | 'noisy-neighbour' | 'disk-contention' | 'configuration-drift' | 'reboot-needed' | 'host-down' | 'clock-skew'; readonly cause?: string };

export const findOnHost = ({ spec, samples }: Pick<HostWorld, 'spec' | 'samples'>): readonly FoundOnHost[] => findInSamples(spec.name, samples);

/** `samples` of one host, oldest first. */
export function findInSamples(host: string, samples: readonly HostSample[]): readonly FoundOnHost[] {
  const last = samples.at(-1);
  if (last === undefined) return [];
  if (last.state === 'off') return [{ kind: 'host-down', subject: host, severity: 'page', value: null, limit: 0, unit: '', detail: 'has no power' }];
  const grown = samples.slice(-GROWTH_SAMPLES);
  const [all, recent] = [groupHistory(grown), grown.filter(({ atUs }, i) => atUs > last.atUs - CPU_SECONDS * 1e6 || i >= grown.length - SAMPLES_MIN)];
  const lately = groupHistory(recent);
  return [
    ...last.groups.flatMap(({ group }) => [...findMemory(group, memoryOf(all.get(group) ?? [])), ...throttled(group, lately.get(group) ?? [])]),
    ...findHostMemory(host, last),
    ...findNoisyNeighbours(recent, lately),
    ...findDiskContention(recent, lately),
    ...findFileSystems(host, grown),
    ...findIneffectiveCleanUps(host, samples.flatMap(({ cleanUps }) => cleanUps.map((effect) => ({ atSeconds: effect.atUs / 1e6, effect }))), GOAL_PERCENT),
    ...last.programs.flatMap((program) => [...findRestartLoop(samples, program), ...findDown(samples, program)]),
    ...(last.upkeep === null ? [] : findUpkeep(host, last.upkeep)),
  ];
}

/** Without its page cache nobody knows what a group must keep: then all of it is taken for that. */
function memoryOf(history: readonly GroupAt[]): MemorySample[] {
  return history.flatMap(({ atUs, sample: group }): MemorySample[] => {
    if (group.memoryBytes === null) return [];
    const pressurePercent = group.pressure?.memorySome ?? undefined;
    return [{ atSeconds: atUs / 1e6, usedBytes: group.memoryBytes, fileBytes: group.fileBytes ?? 0, limitBytes: group.memoryLimitBytes, ...(pressurePercent === undefined ? {} : { pressurePercent }) }];
  });
}

/** The host as a whole: what cannot be had without swapping, or who waits for memory. Growth is told of its groups. */
function findHostMemory(host: string, { atUs, size, availableBytes, pressure }: HostSample): readonly HostFinding[] {
  if (size.memoryBytes === null || availableBytes === null) return [];
  const pressurePercent = pressure?.memorySome ?? undefined;
  const now: MemorySample = { atSeconds: atUs / 1e6, usedBytes: size.memoryBytes - availableBytes, fileBytes: 0, limitBytes: size.memoryBytes, ...(pressurePercent === undefined ? {} : { pressurePercent }) };
  return findMemory(host, [now]).filter(({ kind }) => kind === 'memory-pressure');
}

/** Fewer would be told as 0.0. */
const LEAST_TOLD_TASKS = 0.05;

function throttled(subject: string, history: readonly GroupAt[]): FoundOnHost[] {
  const own = history.map(({ sample }) => sample);
  const sum = (of: (sample: GroupSample) => number | null) => own.reduce((total, sample) => total + (of(sample) ?? 0), 0);
  const periods = sum((sample) => sample.periods);
  const share = periods === 0 ? 0 : sum((sample) => sample.throttledPeriods) / periods;
  if (share < THROTTLED_SHARE) return [];
  const stopped = own.flatMap(({ throttledTasks }) => throttledTasks ?? []);
  const mean = stopped.length === 0 ? 0 : stopped.reduce((total, each) => total + each, 0) / stopped.length;
  const tasks = mean < LEAST_TOLD_TASKS ? '' : `; ${mean.toFixed(1)} tasks stopped on average`;
  return [{ kind: 'throttled', subject, severity: share > 0.5 ? 'page' : 'ticket', value: share, limit: THROTTLED_SHARE, unit: 'share of periods', detail: `out of quota in ${(share * 100).toFixed(0)} % of its periods${tasks}` }];
}

/** Each file system that is told apart, else the one for logs; the root's fill is the host's. */
function findFileSystems(host: string, samples: readonly HostSample[]): readonly HostFinding[] {
  const mounts = [...new Set(samples.flatMap(({ filesystems = [] }) => filesystems.map(({ mount }) => mount)))];
  if (mounts.length === 0) return findDisk(host, samples.flatMap((sample) => (sample.disk === null ? [] : [{ atSeconds: sample.atUs / 1e6, usedBytes: sample.disk.usedBytes, availableBytes: sample.disk.availableBytes }])));
  return mounts.flatMap((mount) => findDisk(mount === '/' ? host : mount, samples.flatMap(({ atUs, filesystems = [] }) => filesystems.filter((each) => each.mount === mount).map((each) => ({ ...each, atSeconds: atUs / 1e6 })))));
}
