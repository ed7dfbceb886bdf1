/** What is wrong on a host now, from its own samples and events: the findings of the OS twin, and who steals CPU. */
import type { GroupSample, HostSample } from '@/engine/telemetry';
import { findDisk, findIneffectiveCleanUps, findMemory, type HostFinding } from '../../findings';
import type { HostEvent, HostWorld } from '../host-world';

/** What is looked back on. */
const WINDOW_SECONDS = 30;
const THROTTLED_SHARE = 0.1;
const WAITING_TASKS = 0.5;
const LOOP_EXITS = 3;
const GOAL_PERCENT = 80;

export type CpuFinding = { readonly kind: 'throttled' | 'noisy-neighbour'; readonly subject: string; readonly severity: 'page' | 'ticket' | 'info'; readonly detail: string };
export type FoundOnHost = Pick<HostFinding, 'subject' | 'severity' | 'detail'> & { readonly kind: HostFinding['kind'] | CpuFinding['kind'] };

export function findOnHost({ spec, samples, events, cleanUps, cpu }: Pick<HostWorld, 'spec' | 'samples' | 'events' | 'cleanUps' | 'cpu'>): readonly FoundOnHost[] {
  const now = cpu.nowUs / 1e6;
  const recent = samples.filter(({ atUs }) => atUs > cpu.nowUs - WINDOW_SECONDS * 1e6);
  const disk = recent.flatMap((sample) => (sample.disk === null ? [] : [{ atSeconds: sample.atUs / 1e6, ...sample.disk }]));
  return [
    ...spec.groups.flatMap(({ name }, i) => [...findMemory(name, memoryOf(recent, i)), ...throttled(name, recent, i)]),
    ...noisyNeighbours(recent),
    ...findDisk(spec.name, disk),
    ...findIneffectiveCleanUps(spec.name, cleanUps, GOAL_PERCENT),
    ...restartLoops(events, now),
  ];
}

const memoryOf = (samples: readonly HostSample[], group: number) =>
  samples.map(({ atUs, groups }) => {
    const { memoryBytes, fileBytes, memoryLimitBytes, reclaimedBytes } = groups[group]!;
    return { atSeconds: atUs / 1e6, usedBytes: memoryBytes, fileBytes, limitBytes: memoryLimitBytes, reclaimedBytes };
  });

function throttled(subject: string, samples: readonly HostSample[], group: number): CpuFinding[] {
  const sum = (of: (sample: GroupSample) => number) => samples.reduce((total, sample) => total + of(sample.groups[group]!), 0);
  const periods = sum((sample) => sample.periods);
  const share = periods === 0 ? 0 : sum((sample) => sample.throttledPeriods) / periods;
  if (share < THROTTLED_SHARE) return [];
  return [{ kind: 'throttled', subject, severity: share > 0.5 ? 'page' : 'ticket', detail: `out of quota in ${(share * 100).toFixed(0)} % of its periods; ${(sum((sample) => sample.throttledTasks) / samples.length).toFixed(1)} tasks stopped on average` }];
}

/** A group that waits for the CPU while another uses more than it does. */
function noisyNeighbours(samples: readonly HostSample[]): CpuFinding[] {
  const first = samples[0];
  if (first === undefined) return [];
  const mean = (group: number, of: (sample: GroupSample) => number) => samples.reduce((sum, sample) => sum + of(sample.groups[group]!), 0) / samples.length;
  const use = first.groups.map((_, group) => mean(group, ({ cpuCores }) => cpuCores));
  return first.groups.flatMap(({ group: subject }, i) => {
    const waiting = mean(i, ({ waitingTasks }) => waitingTasks);
    const loudest = use.reduce((best, cores, k) => (k !== i && cores > (use[best] ?? -1) ? k : best), -1);
    if (waiting < WAITING_TASKS || loudest < 0 || use[loudest]! <= use[i]!) return [];
    return [{ kind: 'noisy-neighbour' as const, subject, severity: 'ticket' as const, detail: `${waiting.toFixed(1)} of its tasks wait for a CPU on average while ${first.groups[loudest]!.group} uses ${use[loudest]!.toFixed(2)} cores` }];
  });
}

function restartLoops(events: readonly HostEvent[], now: number): FoundOnHost[] {
  const exits = events.filter(({ kind, atUs }) => (kind === 'oom-kill' || kind === 'exit') && now - atUs / 1e6 <= 600);
  return [...new Set(exits.map(({ subject }) => subject))].flatMap((subject) => {
    const own = exits.filter((event) => event.subject === subject);
    return own.length < LOOP_EXITS ? [] : [{ kind: 'restart-loop' as const, subject, severity: 'page' as const, detail: `${own.length} exits in 10 min; last: ${own.at(-1)!.detail}` }];
  });
}
