/**
 * The state of nodes, services, replicas and requests: plain data owned by one world. Requests ("spans",
 * one per service visited) lie in typed arrays with a free list, because there are a million of them;
 * nodes, services and replicas are few and are objects.
 */
import type { Bytes, MicroUsd, Millicores, QuantileSketch, Random, TimeUs, Variate } from '@/engine/kernel';
import type { LoadSpec } from '../system-spec';
import type { CrashLoop } from './availability/crash-loop';
import type { NodeAvailability } from './availability/node-state';
import type { Outage } from './availability/outage';
import type { Partition } from './availability/partition';
import type { KernelNode } from './kernel-node/kernel-node';
import type { Recovery } from './availability/recovery';
import type { Replication } from './availability/replication/replication-spec';
import type { Backup } from './availability/restore/backup';
import type { CallCache } from './traffic/cache/call-cache';
import type { ClusterState } from './control-plane/state/cluster-state';
import type { NodeState } from './control-plane/state/node-state';
import type { PodState } from './control-plane/state/pod-state';
import type { ServiceRules } from './control-plane/state/service-rules';
import type { CallPolicy, CallState } from './traffic/call-policy';
import type { Users } from './traffic/closed/users';
import type { CallGroup } from './traffic/fan-out/call-group';
import type { Job } from './traffic/job/job';
import type { External } from './traffic/off-node/external';
import type { FunctionPool, Instance } from './traffic/off-node/function-pool';
import type { CallPool } from './traffic/pool/connection-pool';
import type { Messages } from './traffic/queue/messages';
import type { MessageQueue, Publish } from './traffic/queue/queue-spec';
import type { WarmUp } from './traffic/warm-up/warm-up';

/** Booting: ordered, and paid for. Absent: a place of a node group that nobody has ordered. */
export type NodePhase = 'up' | 'down' | 'removed' | 'booting' | 'absent';

export type Node = NodeAvailability & NodeState & {
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
  /** Only where the kernel's own scheduler is played. */
  readonly kernel?: KernelNode;
};

export type ReplicaPhase = 'pending' | 'starting' | 'ready' | 'draining' | 'lost' | 'gone';

export type Replica = PodState & {
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

export type Call = {
  readonly service: number;
  readonly whole: number;
  readonly fraction: number;
  readonly policy: CallPolicy | null;
  readonly state: CallState;
  readonly group: CallGroup | null;
  readonly hedgeUs: number | null;
  readonly pool: CallPool | null;
  readonly cache: CallCache | null;
};

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
  /** Held by each request in flight; left out where requests hold none worth counting. */
  readonly memoryPerRequestBytes?: number;
  readonly memoryLimitBytes: number | null;
  readonly timeoutUs: number;
  readonly replicasMin: number;
  readonly replicasMax: number;
  readonly nodes: readonly number[] | null;
  readonly rules: ServiceRules;
  readonly warmUp: WarmUp | null;
  readonly publishes: readonly Publish[];
  /** Runs on no node of this system: as a function, or at somebody else's. */
  readonly function: FunctionPool | null;
  readonly external: External | null;
  readonly job: Job | null;
  readonly replication: Replication | null;
  readonly backup: Backup | null;
  readonly outages: Outage[]; // injected
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
  /** A closed load's; null for an open one. */
  readonly users: Users | null;
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
  role: Int32Array; // Role: a request, a branch of one, a leg of a hedged call, a task
  join: Int32Array; // which group of calls made at once the span is at
  openBranches: Int32Array; // of that group
  neededAnswers: Int32Array;
  item: Int32Array; // being fetched for a cache, −1 for none
  load: Int32Array; // roots: the closed load that waits for it, −1 for none; tasks: the queue, −1 for a job's
  ticket: Int32Array; // branches: the join of the parent they belong to; tasks: the slot of the message
  instance: Int32Array; // of a function, −1 for none
  writes: Int32Array; // 1: changes data, so only the leader of a replicated service takes it
  startUs: Float64Array;
  remainingUs: Float64Array; // CPU time still to be done
  originUs: Float64Array; // roots: when the client sent it; tasks: the life of the message
  returnUs: Float64Array; // roots: time of the way back to the client
};

export type Infra = {
  readonly nodes: Node[];
  readonly services: Service[];
  readonly replicas: Replica[];
  readonly loads: Load[];
  readonly spans: Spans;
  readonly queues: MessageQueue[];
  readonly messages: Messages;
  /** Instances of functions, and which of them are free to be used again. */
  readonly instances: Instance[];
  readonly freeInstances: number[];
  partitions: Partition[]; // injected
  /** Leaders and data that were lost and came back. */
  readonly recoveries: Recovery[];
  /** By replica that crashes again and again. */
  readonly crashLoops: Map<number, CrashLoop>; // injected
  readonly cluster: ClusterState;
  readonly endpointUs: TimeUs;
  readonly rescheduleUs: TimeUs;
  /** What clients saw end to end, mesh included. */
  readonly client: { window: ServiceWindow; total: ServiceWindow };
  /** Nodes whose CPU shares must be worked out again before the next event. */
  dirtyNodes: number[];
  microUsdTimesUs: number; // ∫ price dt, µ$/h·µs
  milliwattsTimesUs: number; // ∫ power dt
};
