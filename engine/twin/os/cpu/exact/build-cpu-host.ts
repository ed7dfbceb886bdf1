/** Makes hosts, and adds and ends groups and tasks while they run. */
import { eventQueue, invariant, nextUnit, randomStream } from '@/engine/kernel';
import { NICE_0_WEIGHT, IDLE_WEIGHT, weightOfNice } from '../weights';
import { NONE, type CpuGroup, type CpuHost, type CpuTask, type Entity, type RunQueue } from './cpu-host';
import { placeNewTask } from './balance/place-task';
import { leaveCpu } from './leave-cpu';
import { setQuota } from './bandwidth/set-quota';
import { DEFAULT_PERIOD_US, kernelSettings, tickUs, type KernelSettings } from './kernel-settings';

export type CpuHostSpec = { readonly cpus: number; readonly seed: number; readonly kernel?: Partial<KernelSettings> };

/** `weight` is the load weight (1024 = cpu.shares 1024 = cpu.weight 100); `cpus` the allowed CPUs, default all. */
export type CpuGroupSpec = {
  readonly name: string;
  readonly parent?: number;
  readonly weight?: number;
  readonly idle?: boolean;
  readonly cpus?: readonly number[];
  readonly quotaUs?: number;
  readonly periodUs?: number;
  readonly burstUs?: number;
};

export type CpuTaskSpec = { readonly name: string; readonly group?: number; readonly nice?: number };

export const ROOT_GROUP = 0;
const CPUS_MAX = 512;
/** How a CPU begins to count its looks for waiting tasks (`newidle_call` and the like). */
const LOOK_CHANCE = 150;
const LOOKS = 512;
const LOOKS_FOUND = 75;

/** A host with only its root group (0). The moments of the ticks and of the period timers are drawn from `seed`. */
export function createCpuHost(spec: CpuHostSpec): CpuHost {
  invariant(Number.isInteger(spec.cpus) && spec.cpus >= 1 && spec.cpus <= CPUS_MAX, `a host has 1..${CPUS_MAX} CPUs, not ${spec.cpus}`);
  const settings = kernelSettings(spec.cpus, spec.kernel);
  const random = randomStream(spec.seed, 'cpu-host');
  const host: CpuHost = {
    settings,
    nowUs: 0,
    tickPhaseUs: Math.floor(nextUnit(random) * tickUs(settings)),
    groups: [],
    queues: [],
    entities: [],
    tasks: [],
    cpus: Array.from({ length: spec.cpus }, (_, id) => ({
      id, task: NONE, reschedule: false, runVersion: 0, tickPending: false, runnable: 0, queued: 0, runnableAverage: 0, busyAverage: 0, averageUs: 0,
      nextBalanceUs: 0, balanceIntervalMs: spec.cpus, balanceFailed: 0, lookChance: LOOK_CHANCE, looks: LOOKS, looksFound: LOOKS_FOUND, busyUs: 0, switches: 0, stolenUntilUs: 0,
    })),
    events: eventQueue(),
    random,
    overloaded: false,
    kickPending: false,
    nextSequence: 0,
  };
  addCpuGroup(host, { name: '' });
  return host;
}

/** Adds a group below `parent` (default the root) and returns its id. */
export function addCpuGroup(host: CpuHost, spec: CpuGroupSpec): number {
  const id = host.groups.length;
  const parent = id === ROOT_GROUP ? NONE : (spec.parent ?? ROOT_GROUP);
  const periodUs = spec.periodUs ?? DEFAULT_PERIOD_US;
  const group: CpuGroup = {
    id, name: spec.name, parent, children: [], weight: spec.idle === true ? IDLE_WEIGHT : (spec.weight ?? NICE_0_WEIGHT), idle: spec.idle ?? false,
    cpus: cpuMask(host, spec.cpus), queues: [],
    bandwidth: {
      quotaUs: Infinity, periodUs, burstUs: 0, poolUs: 0, poolAfterRefillUs: 0, timerActive: false, idle: false, slackArmed: false, phaseUs: Math.floor(nextUnit(host.random) * DEFAULT_PERIOD_US),
      nextPeriodUs: 0, timerVersion: 0, throttledQueues: [], periods: 0, throttledPeriods: 0, throttledUs: 0, burstPeriods: 0, burstUsedUs: 0,
    },
    cpuUs: 0, cpuUsByCpu: new Float64Array(host.cpus.length),
  };
  host.groups.push(group);
  if (parent !== NONE) host.groups[parent]!.children.push(id);
  for (let cpu = 0; cpu < host.cpus.length; cpu += 1) group.queues.push(addQueue(host, group, cpu));
  if (spec.quotaUs !== undefined && spec.quotaUs < Infinity) setQuota(host, id, { quotaUs: spec.quotaUs, periodUs, burstUs: spec.burstUs ?? 0 });
  return id;
}

export function cpuMask(host: CpuHost, cpus: readonly number[] | undefined): Uint8Array {
  const mask = new Uint8Array(host.cpus.length).fill(cpus === undefined ? 1 : 0);
  for (const cpu of cpus ?? []) {
    invariant(Number.isInteger(cpu) && cpu >= 0 && cpu < mask.length, `there is no CPU ${cpu}`);
    mask[cpu] = 1;
  }
  invariant(mask.includes(1), 'a group needs at least one CPU');
  return mask;
}

function addQueue(host: CpuHost, group: CpuGroup, cpu: number): number {
  const id = host.queues.length;
  const parent = group.parent === NONE ? NONE : host.groups[group.parent]!.queues[cpu]!;
  const entity = parent === NONE ? NONE : addEntity(host, { queue: parent, own: id, task: NONE, weight: group.weight });
  const throttleDepth = parent === NONE ? 0 : host.queues[parent]!.throttleDepth;
  const queue: RunQueue = {
    id, group: group.id, cpu, entity, depth: parent === NONE ? 0 : host.queues[parent]!.depth + 1, queued: [], running: NONE, weight: 0, loadAverage: 0, loadUs: host.nowUs, runtimeUs: 0, throttled: false, throttleDepth, throttledSinceUs: NONE, limbo: [],
  };
  host.queues.push(queue);
  return id;
}

function addEntity(host: CpuHost, of: Pick<Entity, 'queue' | 'own' | 'task' | 'weight'>): number {
  const id = host.entities.length;
  host.entities.push({
    id, queue: of.queue, own: of.own, task: of.task, weight: of.weight, vruntime: 0, deadline: 0, vlag: 0, deadlineIsRelative: false, protectedUntil: 0, queued: false, delayed: false, ranSinceUs: 0, activity: 0, activityUs: host.nowUs,
  });
  return id;
}

/** Adds a sleeping task and returns its id; `giveWork` wakes it. */
export function addCpuTask(host: CpuHost, spec: CpuTaskSpec): number {
  const id = host.tasks.length;
  const group = spec.group ?? ROOT_GROUP;
  const nice = spec.nice ?? 0;
  const cpu = placeNewTask(host, group);
  const entity = addEntity(host, { queue: host.groups[group]!.queues[cpu]!, own: NONE, task: id, weight: weightOfNice(nice) });
  host.entities[entity]!.activity = 1; // a new task counts as fully runnable until it shows otherwise
  const task: CpuTask = {
    id, name: spec.name, group, nice, entity, cpu, state: 'asleep', inLimbo: false, workUs: 0, overheadUs: 0, cpuUs: 0, waitUs: 0, waitSinceUs: NONE, throttledUs: 0, throttledSinceUs: NONE, slices: 0, migrations: 0, recentSequence: 0,
  };
  host.tasks.push(task);
  return id;
}

/** Ends a task where it stands; work it had left is dropped and returned (µs). */
export function endCpuTask(host: CpuHost, id: number): number {
  const task = host.tasks[id]!;
  const left = task.workUs;
  task.workUs = 0;
  leaveCpu(host, task);
  task.state = 'ended';
  return left;
}
