/** A chain of services while it plays. */
import type { Random } from '@/engine/kernel';
import type { LoopThread, Threads } from '../loop-thread';
import type { ChainEvent, ChainScenario, ChainTarget, SpeedStep } from './chain-scenario';

/** Pieces of the client and the frontend name a request, those of the backend and the database a call. */
export const ChainPiece = { send: 0, receive: 1, read: 2, burn: 3, answered: 4, query: 5, queried: 6, scrape: 7, boot: 8, recover: 9, watch: 10, poll: 11 } as const;
export const ChainCall = { due: 0, timeout: 1, clientTimeout: 2, poolTimeout: 3, faultBegins: 4, faultEnds: 5, restart: 6, daemon: 7, scrape: 8, mark: 9, latency: 10, outOfMemory: 11, recovery: 12 } as const;
/** What a connection does for a call, in this order. */
export const QueryStep = { connect: 0, look: 1, sleep: 2, work: 3, put: 4 } as const;
export const NO_CONNECTION = -1;

export type ChainRequest = {
  readonly dueUs: number;
  readonly worksUs: readonly number[];
  endUs: number;
  code: number;
  /** Life of the frontend that it was given to; it is lost when that is over. */
  frontendLife: number;
};

/** One call of the frontend to the backend; a retry is another one for the same request. */
export type BackendCall = {
  readonly request: number;
  readonly frontendLife: number;
  retriesLeft: number;
  /** It holds one of the frontend's connections to the backend. */
  holdsSocket: boolean;
  /** Answered to the frontend, or given up there; the backend may still work on it. */
  over: boolean;
  backendLife: number;
  connection: number;
  step: number;
  writes: boolean;
  waitsForPool: boolean;
};

/** `handled`: requests since the process started. */
export type ChainService = { readonly name: ChainTarget; readonly group: number; thread: LoopThread; life: number; up: boolean; handled: number };

/** The backend's pool: a database process per connection; `idle` are open, `closed` must be opened first. */
export type ConnectionPool = { readonly threads: LoopThread[]; readonly idle: number[]; readonly closed: number[]; readonly waiting: number[]; readonly busyWith: number[] };

export interface ChainRun extends Threads<ChainRun> {
  readonly scenario: ChainScenario;
  readonly random: Random;
  /** CPU time of a nominal unit of work at the reference speed. */
  readonly workScale: number;
  /** How slow the machine is, from when on. */
  readonly speeds: readonly SpeedStep[];
  readonly requests: ChainRequest[];
  readonly calls: BackendCall[];
  client: LoopThread;
  clientHandled: number;
  /** What watches: its own process, and its connection to the database. */
  watchers: readonly LoopThread[];
  frontend: ChainService;
  backend: ChainService;
  readonly pool: ConnectionPool;
  /** Calls that wait for a connection to the backend, and how many have one. */
  readonly callQueue: number[];
  callsOpen: number;
  sendsCalls: boolean;
  /** Calls whose statement waits for a lock on the table. */
  readonly blocked: number[];
  locked: boolean;
  databaseUp: boolean;
  databaseLife: number;
  readonly hogGroup: number;
  readonly hogs: number[][];
  readonly dbGroup: number;
  readonly faultEnds: (number | null)[];
  readonly events: ChainEvent[];
  readonly marks: { readonly atUs: number; readonly cpuUs: readonly number[] }[];
  startUs: number;
  dbSleepMs: number;
  dbMult: number;
  cpuMult: number;
  open: number;
  /** How long no CPU of the host had anything to do: in all, since when (or not now), and in all when a thread last stopped. */
  readonly idle: { totalUs: number; sinceUs: number; readonly seenUs: number[] };
  /** Of every thread, how long it had been throttled when it last began with something. */
  readonly throttledUs: number[];
}

export const idleTotalUs = ({ idle, host }: ChainRun) => idle.totalUs + Math.max(0, host.nowUs - idle.sinceUs);

/** The CPU that a thread is on or was on last. */
export const cpuOf = (run: ChainRun, { task }: LoopThread) => run.host.tasks[task]!.cpu;
