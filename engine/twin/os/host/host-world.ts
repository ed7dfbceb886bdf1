/**
 * A running host: its CPUs and memory, the programs and their requests. Plain data, so a fork is a deep copy and
 * both futures of a change can be lived. Times are µs since the host's start.
 */
import { forkState, hashState, randomStream, type QuantileSketch, type Random, type Variate } from '@/engine/kernel';
import type { HostSample } from '@/engine/telemetry';
import type { CpuHost } from '../cpu';
import type { FileSystem, ImageStore } from '../filesystem';
import type { CleanUpRecord } from '../findings';
import type { HostMemory } from '../memory';
import type { SupervisorState } from '../process';
import type { FrozenLane } from './fault/freeze-program';
import type { HostTrouble } from './fault/host-trouble';
import type { HostIo } from './disk/host-io';
import type { HostIdle } from './power/host-idle';
import type { HostSleep } from './power/suspend-host';
import type { HostPressure } from './sample/watch-pressure';
import type { HostUpkeep } from './upkeep/host-upkeep';
import type { ProbeAsked, Probing } from './program/life/probe-program';
import type { Stopping } from './program/life/ask-to-stop';
import type { HostSpec, ProgramSpec } from './spec/host-spec';

export type HostGroup = { readonly name: string; readonly parent: number; readonly cpuGroup: number; readonly memoryGroup: number; seen: GroupCounters };
/** Accounts at the last sample; rates are differences. */
export type GroupCounters = { cpuUs: number; periods: number; throttledPeriods: number; waitUs: number; taskThrottledUs: number; reclaimedPages: number };

/** `starting` uses CPU or waits; `ready` works; `stopping` was asked to end; `waiting` is between an exit and the next start; `down` stays down; `moved` is another host's now. */
export type ProgramPhase = 'starting' | 'ready' | 'stopping' | 'waiting' | 'down' | 'moved';

export type Request = {
  readonly arrivedUs: number;
  readonly cpuUs: number;
  begunUs: number;
  /** The lane's accounts when it was begun. */
  laneCpuUs: number;
  laneWaitUs: number;
  laneThrottledUs: number;
  /** Of its time in the queue, until the host had resumed. */
  wakingUs: number;
  /** A supervisor's question, no client's. */
  readonly probe?: ProbeAsked;
};

export type Lane = { readonly task: number; request: Request | null };

export type Program = {
  readonly id: number;
  readonly spec: ProgramSpec;
  /** Names its streams of chance. */
  readonly seed: number;
  /** As its clients know it; null: by host and program. */
  readonly service: string | null;
  group: number;
  nice: number;
  phase: ProgramPhase;
  /** Counts starts: what was meant for an earlier life is void. */
  life: number;
  startedUs: number;
  readyUs: number;
  starts: number;
  restarts: number;
  lastDelaySeconds: number;
  /** While it waits for its next start. */
  startsAtUs: number;
  /** How many of its tasks wait for a disk. */
  readsDisk: number;
  /** Until then it reclaims memory before it gets some. */
  stalledUntilUs: number;
  /** It sleeps in the kernel until then, and has not got so many pages of what it asked for. */
  isStalled: boolean;
  owedPages: number | null;
  /** MiB per second that it leaks now, and when the next step is due; an earlier one is void. */
  leakMibPerSecond: number;
  leakAtUs: number;
  /** Whether its clients have begun to come. */
  hasClients: boolean;
  /** When its timer is due next. */
  timerAtUs: number;
  /** Arrivals, as a multiple of the specified ones. */
  loadFactor: number;
  /** How often it was stopped without being let go on, and its lanes meanwhile. */
  freezes: number;
  frozen: FrozenLane[];
  /** A backup that it is at. */
  backup: { leftMib: number; readonly beganUs: number } | null;
  /** What its supervisor remembers, where that has rules of its own. */
  supervision?: SupervisorState;
  /** While it ends: since when it was asked to, and what comes then. */
  stopping?: Stopping;
  /** What its probes have said in this life. */
  probing?: Probing;
  /** It listens, and works before it serves. */
  isWarming?: true;
  /** How often its image could not be pulled, one time after the other. */
  pullTries?: number;
  /** Packages that it is downloading or unpacking. */
  installing: string[];
  lanes: Lane[];
  queue: Request[];
  /** Where its anonymous pages are charged: a program that moves leaves the old ones behind, as in cgroup v2. */
  charges: { readonly memoryGroup: number; pages: number }[];
  leftoverPages: number; // of the leak: less than a page
  /** CPU and waits of tasks that ended: accounts of a program never go back. */
  endedCpuUs: number;
  endedWaitUs: number;
  endedThrottledUs: number;
  /** CPU at the last sample. */
  seenCpuUs: number;
  /** Ends that nobody asked for, and why the last one was. */
  exits: number;
  lastExit: string | null;
  readonly demand: Variate | null;
  readonly wait: Variate | null;
  readonly arrivals: Random;
  readonly demands: Random;
  window: ProgramWindow;
  /** As `window`, since the totals were last restarted. */
  total: ProgramWindow;
  restartsBefore: number;
};

/** Since the last sample. Sums of the answered requests' time by where it went. */
export type ProgramWindow = { arrived: number; served: number; failed: number; latency: QuantileSketch; wakingUs: number; queuedUs: number; runQueueUs: number; throttledUs: number; onCpuUs: number; otherUs: number };

export type HostEventKind = 'ready' | 'stopped' | 'pulled' | 'pull-failed' | 'exit' | 'oom-kill' | 'restart' | 'gave-up' | 'refused' | 'changed' | 'cleaned' | 'disk-full' | 'reboot' | 'updated' | 'renewed' | 'expired' | 'by-hand' | 'power' | 'read-only' | 'fault' | 'mended' | 'suspended' | 'resumed' | 'moved' | 'backed-up' | 'rotated' | 'snapshot' | 'evicted';
export type HostEvent = { readonly atUs: number; readonly kind: HostEventKind; readonly subject: string; readonly detail: string };

export type HostWorld = {
  readonly spec: HostSpec;
  readonly cpu: CpuHost;
  readonly memory: HostMemory;
  readonly disk: FileSystem | null;
  /** The device below it, where it is timed. */
  readonly io: HostIo | null;
  /** Of a host whose programs come as images. */
  images?: ImageStore;
  readonly cleanUps: CleanUpRecord[];
  readonly upkeep: HostUpkeep;
  readonly pressure: HostPressure;
  readonly idle: HostIdle;
  readonly sleep: HostSleep;
  readonly trouble: HostTrouble;
  readonly groups: HostGroup[];
  readonly programs: Program[];
  /** Program of each task, −1 for none. */
  taskOwner: number[];
  /** Requests whose CPU work is done and that wait for others; they hold no lane. */
  readonly waiting: Map<number, { readonly program: number; readonly life: number; readonly request: Request; readonly sinceUs: number }>;
  nextWaiting: number;
  readonly sampleUs: number;
  /** Busy time of all CPUs at the last sample. */
  busySeenUs: number;
  /** When the last sample was taken. */
  sampledUs: number;
  reboots: number;
  samples: HostSample[];
  events: HostEvent[];
};

/** Kept at most; then the oldest go. */
export const SAMPLES_MAX = 100_000;
const EVENTS_MAX = 5_000;

export function noteEvent(world: HostWorld, kind: HostEventKind, subject: string, detail: string): void {
  if (world.events.length < EVENTS_MAX) world.events.push({ atUs: world.cpu.nowUs, kind, subject, detail });
}

/** An independent copy that lives the same future until somebody changes it. */
export const forkHost = (world: HostWorld): HostWorld => forkState(world);

/** Another future of the same present. */
export function reseedHost(world: HostWorld, seed: number): void {
  world.cpu.random.set(randomStream(seed, 'cpu-host'));
  for (const program of world.programs) {
    program.arrivals.set(randomStream(seed, `arrivals/${program.spec.name}`));
    program.demands.set(randomStream(seed, `demands/${program.spec.name}`));
  }
}

/** Equal for equal states; samples and events are output and do not count. */
export function hostHash({ samples: _samples, events: _events, ...state }: HostWorld): string {
  return hashState(state);
}

export const anonPages = ({ charges }: Program) => charges.reduce((sum, { pages }) => sum + pages, 0);

export const groupNamed = (world: HostWorld, name: string) => world.groups.findIndex((group) => group.name === name);
export const programNamed = (world: HostWorld, name: string) => world.programs.find(({ spec, phase }) => spec.name === name && phase !== 'moved') ?? null;
