/**
 * The CPUs of one Linux host as the kernel keeps them: every control group has on every CPU a run queue of its
 * own and an entity that stands for it in the parent's queue; a task is an entity in its group's queue on the
 * CPU where it is. Everything is plain data, joined by index, so that a host forks, hashes and crosses a worker.
 * Times are µs since the host's start; vruntime is in weighted µs (weight 1024 runs at the speed of the clock).
 */
import type { EventQueue, Random } from '@/engine/kernel';
import type { KernelSettings } from './kernel-settings';

export const NONE = -1;

/** A group of one CPU, or a task, in the competition of one queue. */
export type Entity = {
  readonly id: number;
  /** The queue it competes in; a task's changes when it moves to another CPU. */
  queue: number;
  /** The queue it stands for (a group on one CPU), or NONE. */
  readonly own: number;
  /** The task it is, or NONE. */
  readonly task: number;
  weight: number;
  vruntime: number;
  deadline: number;
  /** How far it was behind (+) or ahead (−) of the queue's average when it left. */
  vlag: number;
  deadlineIsRelative: boolean;
  /** Not pre-empted by equals before its vruntime gets here. */
  protectedUntil: number;
  queued: boolean;
  /** Asleep, but still competing until its lag is not negative any more (DELAY_DEQUEUE). */
  delayed: boolean;
  ranSinceUs: number;
  /** Part of the time spent queued, averaged as PELT does, at `activityUs`. */
  activity: number;
  activityUs: number;
};

export type RunQueue = {
  readonly id: number;
  readonly group: number;
  readonly cpu: number;
  /** What stands for this queue in the parent's, NONE for the root. */
  readonly entity: number;
  /** Levels above it. */
  readonly depth: number;
  /** Entities that compete here, the running one included. */
  queued: number[];
  running: number;
  /** Sum of the weights of `queued`. */
  weight: number;
  loadAverage: number;
  loadUs: number;
  /** CPU bandwidth in hand on this CPU; negative is a debt. */
  runtimeUs: number;
  throttled: boolean;
  /** Throttled queues from here to the root. */
  throttleDepth: number;
  throttledSinceUs: number;
  /** Tasks taken off the CPU until bandwidth comes. */
  limbo: number[];
};

export type Bandwidth = {
  quotaUs: number; // Infinity: none
  periodUs: number;
  burstUs: number;
  poolUs: number;
  poolAfterRefillUs: number;
  timerActive: boolean;
  idle: boolean;
  slackArmed: boolean;
  /** When the period timer's grid passes zero; drawn when the group is made, as the kernel does. */
  phaseUs: number;
  nextPeriodUs: number;
  timerVersion: number;
  throttledQueues: number[];
  periods: number;
  throttledPeriods: number;
  /** Sum over the CPUs, as `throttled_time` of cgroup v1. */
  throttledUs: number;
  burstPeriods: number;
  burstUsedUs: number;
};

export type CpuGroup = {
  readonly id: number;
  readonly name: string;
  readonly parent: number;
  readonly children: number[];
  /** Load weight (1024 = default). */
  weight: number;
  idle: boolean;
  /** Allowed CPUs as wanted; what counts is the intersection up to the root. */
  cpus: Uint8Array;
  queues: number[];
  bandwidth: Bandwidth;
  cpuUs: number;
  cpuUsByCpu: Float64Array;
};

export type CpuTask = {
  readonly id: number;
  readonly name: string;
  group: number;
  nice: number;
  readonly entity: number;
  /** The CPU it is on or was on last. */
  cpu: number;
  state: 'asleep' | 'runnable' | 'running' | 'ended';
  /** Taken off its queue until bandwidth comes. */
  inLimbo: boolean;
  /** CPU work still to do; Infinity for a task that never sleeps. */
  workUs: number;
  /** Switch cost to pay before work goes on. */
  overheadUs: number;
  cpuUs: number;
  waitUs: number;
  waitSinceUs: number;
  /** Part of the waiting that was for bandwidth: time spent in limbo. */
  throttledUs: number;
  throttledSinceUs: number;
  /** Times it was put on a CPU. */
  slices: number;
  migrations: number;
  /** Order of being enqueued or put on a CPU; balancing moves the least recent. */
  recentSequence: number;
};

export type Cpu = {
  readonly id: number;
  task: number;
  reschedule: boolean;
  runVersion: number;
  tickPending: boolean;
  /** Runnable tasks, the running one included, sleepers that still compete not. */
  runnable: number;
  /** Tasks in its queues, sleepers that still compete included (`nr_running`). */
  queued: number;
  /** PELT averages of `runnable` and of being busy. */
  runnableAverage: number;
  busyAverage: number;
  averageUs: number;
  nextBalanceUs: number;
  balanceIntervalMs: number;
  balanceFailed: number;
  /** Chance in 1024 that it looks for a waiting task when it is about to idle, and what the looks since have found. */
  lookChance: number;
  looks: number;
  looksFound: number;
  busyUs: number;
  switches: number;
  /** Taken by the hypervisor until then. */
  stolenUntilUs: number;
};

export type CpuHost = {
  readonly settings: KernelSettings;
  nowUs: number;
  readonly tickPhaseUs: number;
  groups: CpuGroup[];
  queues: RunQueue[];
  entities: Entity[];
  tasks: CpuTask[];
  cpus: Cpu[];
  events: EventQueue;
  random: Random;
  /** Some CPU had tasks waiting when that was last looked at. */
  overloaded: boolean;
  kickPending: boolean;
  nextSequence: number;
};

export const rootQueue = (host: CpuHost, cpu: number) => host.queues[host.groups[0]!.queues[cpu]!]!;
