/**
 * What is wrong on a host now, from its samples alone: the findings of the OS twin, and who steals CPU. A host that is
 * lived, one in a world and a real one that is only watched are judged by the same rules.
 */
import type { GroupSample, HostSample, ProgramSample } from '@/engine/telemetry';
import { findDisk, findIneffectiveCleanUps, findMemory, type HostFinding } from '../../findings';
import type { HostWorld } from '../host-world';
import { findUpkeep } from './find-upkeep';

/** What is looked back on: for CPU, and for what grows. */
const CPU_SECONDS = 30;
const GROWTH_SAMPLES = 600;
const SAMPLES_MIN = 30;
const THROTTLED_SHARE = 0.1;
const WAITING_TASKS = 0.5;
const LOOP_EXITS = 3;
const LOOP_SECONDS = 600;
const GOAL_PERCENT = 80;

/** `cause` names who it comes from, where that is somebody else; of a drift, what is wanted. */
export type FoundOnHost = Omit<HostFinding, 'kind'> & { readonly kind: HostFinding['kind'] | 'throttled' | 'noisy-neighbour' | 'configuration-drift' | 'reboot-needed'; readonly cause?: string };

export const findOnHost = ({ spec, samples }: Pick<HostWorld, 'spec' | 'samples'>): readonly FoundOnHost[] => findInSamples(spec.name, samples);

/** `samples` of one host, oldest first. */
export function findInSamples(host: string, samples: readonly HostSample[]): readonly FoundOnHost[] {
  const last = samples.at(-1);
  if (last === undefined) return [];
  const grown = samples.slice(-GROWTH_SAMPLES);
  const recent = grown.filter(({ atUs }, i) => atUs > last.atUs - CPU_SECONDS * 1e6 || i >= grown.length - SAMPLES_MIN);
  const disk = grown.flatMap((sample) => (sample.disk === null ? [] : [{ atSeconds: sample.atUs / 1e6, ...sample.disk }]));
  return [
    ...last.groups.flatMap(({ group }, i) => [...findMemory(group, memoryOf(grown, i)), ...throttled(group, recent, i)]),
    ...noisyNeighbours(recent),
    ...findDisk(host, disk),
    ...findIneffectiveCleanUps(host, samples.flatMap(({ cleanUps }) => cleanUps.map((effect) => ({ atSeconds: effect.atUs / 1e6, effect }))), GOAL_PERCENT),
    ...last.programs.flatMap((program, i) => [...restartLoop(samples, i), ...down(program)]),
    ...findUpkeep(host, last.upkeep),
  ];
}

const memoryOf = (samples: readonly HostSample[], group: number) =>
  samples.map(({ atUs, groups }) => {
    const { memoryBytes, fileBytes, memoryLimitBytes, reclaimedBytes } = groups[group]!;
    return { atSeconds: atUs / 1e6, usedBytes: memoryBytes, fileBytes, limitBytes: memoryLimitBytes, reclaimedBytes };
  });

function throttled(subject: string, samples: readonly HostSample[], group: number): FoundOnHost[] {
  const sum = (of: (sample: GroupSample) => number) => samples.reduce((total, sample) => total + of(sample.groups[group]!), 0);
  const periods = sum((sample) => sample.periods);
  const share = periods === 0 ? 0 : sum((sample) => sample.throttledPeriods) / periods;
  if (share < THROTTLED_SHARE) return [];
  return [{ kind: 'throttled', subject, severity: share > 0.5 ? 'page' : 'ticket', value: share, limit: THROTTLED_SHARE, unit: 'share of periods', detail: `out of quota in ${(share * 100).toFixed(0)} % of its periods; ${(sum((sample) => sample.throttledTasks) / samples.length).toFixed(1)} tasks stopped on average` }];
}

/** A group that waits for the CPU while another uses more than it does. */
function noisyNeighbours(samples: readonly HostSample[]): FoundOnHost[] {
  const groups = samples[0]?.groups ?? [];
  const mean = (group: number, of: (sample: GroupSample) => number) => samples.reduce((sum, sample) => sum + of(sample.groups[group]!), 0) / samples.length;
  const use = groups.map((_, group) => mean(group, ({ cpuCores }) => cpuCores));
  return groups.flatMap(({ group: subject }, i): FoundOnHost[] => {
    const waiting = mean(i, ({ waitingTasks }) => waitingTasks);
    const loudest = use.reduce((best, cores, k) => (k !== i && cores > (use[best] ?? -1) ? k : best), -1);
    if (waiting < WAITING_TASKS || loudest < 0 || use[loudest]! <= use[i]!) return [];
    const cause = groups[loudest]!.group;
    return [{ kind: 'noisy-neighbour', subject, severity: 'ticket', value: waiting, limit: WAITING_TASKS, unit: 'waiting tasks', cause, detail: `${waiting.toFixed(1)} of its tasks wait for a CPU on average while ${cause} uses ${use[loudest]!.toFixed(2)} cores` }];
  });
}

/** Exits are counted by the host; the samples say when. */
function restartLoop(samples: readonly HostSample[], program: number): FoundOnHost[] {
  const last = samples.at(-1)!;
  const { program: subject, exits, lastExit } = last.programs[program]!;
  const before = samples.find(({ atUs }) => atUs > last.atUs - LOOP_SECONDS * 1e6)!;
  const first = before === samples[0] && before.atUs <= LOOP_SECONDS * 1e6 ? 0 : before.programs[program]!.exits;
  const count = exits - first;
  if (count < LOOP_EXITS) return [];
  return [{ kind: 'restart-loop', subject, severity: 'page', value: count, limit: LOOP_EXITS, unit: 'exits in 10 min', detail: `${count} exits in 10 min; last: ${lastExit ?? 'unknown'}` }];
}

/** One that was stopped on purpose has no last exit. */
const down = ({ program, phase, lastExit }: ProgramSample): FoundOnHost[] =>
  phase !== 'down' || lastExit === null ? [] : [{ kind: 'service-down', subject: program, severity: 'page', value: null, limit: 0, unit: 's', detail: `nobody starts it again: ${lastExit}` }];
