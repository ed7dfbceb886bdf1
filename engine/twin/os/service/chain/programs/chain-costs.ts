/**
 * CPU beside the nominal work, at the reference speed of the machine. Calibrated on the records of experiment F together
 * (F01, F02, F03, November 2026: PostgreSQL 15, node-postgres, prom-client, Node 20) from requests that met nobody else,
 * whose latency is measured at three places, and from the groups' CPU. A piece costs more while its code is young
 * (interpreted, then compiled while it runs), and when the machine was idle since its process last ran (caches of a
 * shared core cool).
 */
import { exp } from '@/engine/kernel';
import type { ChainRun } from '../chain-run';

/** µs: warm, at first beyond that, and after a long idle time of the machine beyond that. */
export type PieceCost = { readonly warmUs: number; readonly youngUs: number; readonly coldUs: number };

export const CHAIN_COST = {
  send: { warmUs: 20, youngUs: 320, coldUs: 400 },
  receive: { warmUs: 15, youngUs: 140, coldUs: 50 },
  /** The frontend reads a request, calls the backend, takes its answer and answers. */
  read: { warmUs: 30, youngUs: 140, coldUs: 450 },
  call: { warmUs: 30, youngUs: 115, coldUs: 0 },
  answer: { warmUs: 55, youngUs: 185, coldUs: 120 },
  /** The backend reads a call, sends a statement and takes its result, answers. */
  take: { warmUs: 30, youngUs: 90, coldUs: 440 },
  query: { warmUs: 20, youngUs: 55, coldUs: 50 },
  reply: { warmUs: 25, youngUs: 70, coldUs: 0 },
  /** A statement at the database, an update more. */
  statement: { warmUs: 25, youngUs: 0, coldUs: 140 },
  update: { warmUs: 120, youngUs: 0, coldUs: 0 },
} as const satisfies Record<string, PieceCost>;

export const CHAIN = {
  /** The reference speed: steps of work per ms; and of a deviation of the calibrated speed from it, what is left when a run begins, and how soon half of that is gone: other tenants of the machine come and go. */
  itersPerMs: 960_000,
  speedPersistence: 0.6,
  speedHalfLifeS: 60,
  /** Code is compiled after so many requests; until then the cost falls evenly. */
  compiledAfter: 3_000,
  coolingUs: 60_000,
  /** An event loop looks for what is ready before it goes on with the next job; who was woken by the last one may come first. */
  pollUs: 15,
  /** What a runtime loses when it was throttled, as a part of what the server of experiment D does. */
  stallPart: 0.3,
  /** An update waits for the disk. */
  syncUs: 1_500,
  /** Work is calibrated as the best of short tries, rows with the instrumented plan. */
  workScale: 1,
  rowsScale: 0.9,
  /** A new connection: process, authentication, catalogue; at the backend: driver and sockets. */
  connectUs: 5_000,
  dialUs: 900,
  /** A connection that is refused while the database recovers. */
  refuseUs: 1_200,
  /** A scrape of a service writes all metrics as text; the backend has timers too. The exporters, and their statements at the database. */
  scrapeUs: [6_800, 6_800, 2_000],
  watchUs: 6_000,
  watchStatementUs: 2_000,
  /** Runtime and modules of a service until it listens. */
  bootUs: 105_000,
  /** After a crash the database reads its log and writes a checkpoint: CPU, then waiting for the disk. */
  recoverUs: 80_000,
  recoverWaitUs: 300_000,
} as const;

export function pieceUs({ warmUs, youngUs, coldUs }: PieceCost, handled: number, idleUs: number): number {
  const sleeps = idleUs / CHAIN.coolingUs;
  const cooled = idleUs <= 0 ? 0 : sleeps > 20 ? 1 : 1 - exp(-sleeps);
  return warmUs + youngUs * Math.max(0, 1 - handled / CHAIN.compiledAfter) + coldUs * cooled;
}

/** How slow the machine is now; 1 at the reference speed. */
export function slownessNow(run: ChainRun): number {
  const { speeds } = run;
  let i = 0;
  while (i < speeds.length - 1 && speeds[i + 1]!.fromUs <= run.host.nowUs - run.startUs) i += 1;
  return speeds[i]!.slowness;
}
