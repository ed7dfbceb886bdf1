/**
 * The state of nodes, services, replicas and requests: plain data owned by one world. Requests ("spans",
 * one per service visited) lie in typed arrays with a free list, because there are a million of them;
 * nodes, services and replicas are few and are objects.
 */
import type { Bytes, MicroUsd, Millicores, QuantileSketch, Random, TimeUs, Variate } from '@/engine/kernel';
import type { LoadSpec } from '../system-spec';
import type { CallPolicy, CallState } from './traffic/call-policy';

export type NodePhase = 'up' | 'down' | 'removed';

export type Node = {
  readonly name: string;
  readonly zone: string;
  readonly capacityMillicores: Millicores;
  readonly memoryBytes: Bytes;
  readonly microUsdPerHour: MicroUsd;
  readonly idleMilliwatts: number;
  readonly maxMilliwatts: number;
  readonly router: string | null;
  phase: NodePhase;
  cordoned: boolean;
  hogThreads: number;
  /** Replicas placed here, by index. */
  replicas: number[];
  /** CPU state up to `progressedUs`; a step event with another version is void. */
  progressedUs: number;
  stepVersion: number;
  usedCoreUs: number;
  pressureUs: number;
  downAtUs: number;
};

export type ReplicaPhase = 'pending' | 'starting' | 'ready' | 'draining' | 'lost' | 'gone';

export type Replica = {
  readonly name: string;
  readonly service: number;
  node: number; // −1 while pending
  phase: ReplicaPhase;
  /** Bumped at every start and kill: a ready event of an earlier life is void. */
  life: number;
  running: number[]; // spans on a CPU lane
  waiting: number[]; // spans in the queue, oldest first
  heldLanes: number; // lanes kept by spans that wait for others
  inFlight: number;
  /** CFS bandwidth: CPU time left in the period that ends at `periodEndsUs`. */
  budgetUs: number;
  periodEndsUs: number;
  throttled: boolean;
  periods: number;
  throttledPeriods: number;
  ratePerLane: number; // cores each running span gets now
  usedCoreUs: number;
  memoryBytes: number;
};

export type Call = { readonly service: number; readonly whole: number; readonly fraction: number; readonly policy: CallPolicy | null; readonly state: CallState };

export type Service = {
  readonly name: string;
  readonly lanes: number;
  readonly queueLimit: number;
  readonly demand: Variate;
  readonly wait: Variate;
  readonly calls: readonly Call[];
  readonly holdsLane: boolean;
  readonly balancing: 'round-robin' | 'random' | 'least-in-flight';
  readonly startUp: Variate;
  readonly cpuRequest: Millicores;
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number | null;
  readonly timeoutUs: number;
  readonly replicasMin: number;
  readonly replicasMax: number;
  readonly nodes: readonly number[] | null;
  quotaMillicores: number | null;
  replicas: number[]; // all that are not gone
  wantedReplicas: number;
  nextOrdinal: number;
  turn: number; // round-robin
  extraWaitUs: number; // injected
  leakBytesPerSecond: number; // injected
  demandStream: Random;
  choiceStream: Random;
  startStream: Random;
  retryStream: Random;
  window: ServiceWindow;
  total: ServiceTotal;
};

/** Counted since the last frame. */
export type ServiceWindow = { offered: number; served: number; failed: number; latency: QuantileSketch };
/** Counted since the end of the warm-up. */
export type ServiceTotal = ServiceWindow & { cpuCoreUs: number };

export type Load = {
  readonly spec: LoadSpec;
  readonly service: number;
  readonly highestRps: number;
  readonly stream: Random;
  factor: number;
  version: number;
};

export type Spans = {
  size: number;
  free: Int32Array; // stack of free slots
  freeCount: number;
  generation: Int32Array; // bumped when a slot is freed: late events about its old life are void
  service: Int32Array;
  replica: Int32Array; // −1 before one was chosen
  parent: Int32Array; // −1 for a root
  parentGeneration: Int32Array;
  callIndex: Int32Array;
  callsLeft: Int32Array;
  attempts: Int32Array; // of the call the span stands at
  startUs: Float64Array;
  remainingUs: Float64Array; // CPU time still to be done
  originUs: Float64Array; // roots: when the client sent it
  returnUs: Float64Array; // roots: time of the way back to the client
};

export type Infra = {
  readonly nodes: Node[];
  readonly services: Service[];
  readonly replicas: Replica[];
  readonly loads: Load[];
  readonly spans: Spans;
  readonly endpointUs: TimeUs;
  readonly rescheduleUs: TimeUs;
  /** What clients saw end to end, mesh included. */
  readonly client: { window: ServiceWindow; total: ServiceWindow };
  /** Nodes whose CPU shares must be worked out again before the next event. */
  dirtyNodes: number[];
  microUsdTimesUs: number; // ∫ price dt, µ$/h·µs
  milliwattsTimesUs: number; // ∫ power dt
};
