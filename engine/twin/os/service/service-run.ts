/** One offered load while it plays: the host, the threads on it, the requests. */
import type { Random } from '@/engine/kernel';
import type { CpuIdle } from './cpu-idle';
import type { LoopThread, ThreadProgram, Threads } from './loop-thread';
import type { ServerSpec } from './service-scenario';

export const PieceKind = { send: 0, receive: 1, spin: 2, accept: 3, read: 4, burn: 5, respond: 6, dispatch: 7, finished: 8, handOff: 9, taken: 10, forward: 11, back: 12, warmUp: 13, start: 14, noticed: 15, sent: 16 } as const;
export const ServiceCall = { due: 0, spinStart: 1, daemon: 2, sample: 3, windowOpens: 4, windowCloses: 5 } as const;

/** Times on the host's clock in µs; NaN until they happen. */
export type ServedRequest = {
  readonly dueUs: number;
  readonly workUs: number;
  sentUs: number;
  /** CPU of its answer, known when it is read. */
  respondUs: number;
  /** CPU beside its nominal work, on young code and cold caches. */
  slowUs: number;
  readUs: number;
  burnUs: number;
  burntUs: number;
  endUs: number;
};

export type Server = {
  readonly spec: ServerSpec;
  /** Real CPU time per nominal time of work. */
  readonly workScale: number;
  readonly threads: readonly LoopThread[];
  /** By a quota. */
  readonly limited: boolean;
  /** Connections nobody took yet. */
  backlog: number[];
  /** Pool: threads without work, last come first. Cluster: workers that have taken what they were handed. */
  idle: number[];
  queue: number[];
  /** Pool: workers in the middle of sending a message, and the one whose lock the main thread waits for. */
  readonly sending: Set<number>;
  lockedBy: number | undefined;
};

/** A replica as its balancer sees it. `weight` in sixteenths, `credit` of who is served in turn, `changed` counts what began or ended there, `sinceUs`: in rotation. */
export type BackendReplica = { up: boolean; open: number; weight: number; credit: number; changed: number; sinceUs: number };

/** A load balancer in front of replicas, with at most `maxconn` requests at each; the others wait in one queue. */
export type Balancer = {
  readonly thread: LoopThread;
  readonly rule: 'in-turn' | 'least' | 'first' | 'random';
  readonly maxconn: number;
  /** A replica that comes into rotation gets its share over so many seconds; 0: at once. */
  readonly slowStartS: number;
  readonly clockUs: number;
  readonly replicas: readonly BackendReplica[];
  readonly queue: number[];
  readonly serverOf: number[];
  changes: number;
};

export interface ServiceRun extends Threads<ServiceRun> {
  readonly random: Random;
  readonly idle: CpuIdle;
  readonly requests: ServedRequest[];
  client: LoopThread;
  readonly clientSpins: boolean;
  /** It sleeps until a timer instead, which comes late. */
  readonly clientSleeps: boolean;
  readonly keepAlive: boolean;
  servers: Server[];
  balancer: Balancer | undefined;
  /** Kept connections that wait for a request, last used last, by the thread that holds them. */
  freeConnections: number[];
  startUs: number;
  /** A closed loop sends the next request on an answer until then. */
  closedUntilUs: number;
  /** Works of a closed loop, one after the other. */
  worksUs: readonly number[];
  /** Requests without an answer, and requests read by a server so far. */
  open: number;
  served: number;
  /** What a pool's main thread has read before this load; the costs of the others hold for the count of the load. */
  readonly servedBefore: number;
  /** The thread of a pool that a request was given to. */
  readonly workerOf: number[];
  /** The thread that answered a request and holds its connection. */
  readonly holderOf: number[];
}

export type ServiceProgram = ThreadProgram<ServiceRun>;
