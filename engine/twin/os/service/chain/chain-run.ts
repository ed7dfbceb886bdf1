/** A chain of services while it plays. */
import type { Random } from '@/engine/kernel';
import type { LoopThread, Threads } from '../loop-thread';
import type { ChainEvent, ChainScenario, ChainTarget } from './chain-scenario';

export const ChainPiece = { send: 0, receive: 1, read: 2, burn: 3, answered: 4, query: 5, queried: 6, respond: 7, scrape: 8, boot: 9 } as const;
export const ChainCall = { due: 0, timeout: 1, clientTimeout: 2, poolTimeout: 3, faultBegins: 4, faultEnds: 5, restart: 6, daemon: 7, scrape: 8, mark: 9, latency: 10, outOfMemory: 11 } as const;
/** Query steps of a request in the database. */
export const QueryStep = { look: 0, sleep: 1, work: 2, put: 3 } as const;

export type ChainRequest = {
  readonly dueUs: number;
  readonly worksUs: readonly number[];
  endUs: number;
  code: number;
  /** The call holds a connection to the backend. */
  called: boolean;
  /** Answered to the frontend already (or given up there). */
  upstreamDone: boolean;
  /** Lives of the frontend and the backend that it was given to; it is lost when they are over. */
  frontendLife: number;
  backendLife: number;
  connection: number;
  step: number;
  waitsForPool: boolean;
};

export type ChainService = { readonly name: ChainTarget; readonly group: number; thread: LoopThread; life: number; up: boolean };

export interface ChainRun extends Threads<ChainRun> {
  readonly scenario: ChainScenario;
  readonly random: Random;
  readonly workScale: number;
  readonly requests: ChainRequest[];
  client: LoopThread;
  frontend: ChainService;
  backend: ChainService;
  /** One thread per connection of the pool. */
  readonly connections: LoopThread[];
  readonly idle: number[];
  readonly waiting: number[];
  readonly busyWith: number[];
  /** Calls that wait for a connection to the backend, and calls that have one. */
  readonly calls: number[];
  callsOpen: number;
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
  served: number;
  open: number;
}
