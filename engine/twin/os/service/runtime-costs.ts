/**
 * What a request costs beside its own work: sockets, parser, callbacks of the two runtimes (load generator and server,
 * both Node 20). Calibrated on all records of experiment D together (2026-11, two CPUs of an AMD EPYC guest, kernel
 * 6.18): medians over requests that met an idle server, by the number of requests before them and by the idle time
 * before them. Code is compiled while it runs, so the cost falls with the count; caches and the CPU's power state cool
 * while it sleeps, so it rises with the gap.
 */
import { exp } from '@/engine/kernel';

export const RUNTIME = {
  /** Latency beyond the work on a warm CPU, after so many requests of a run. */
  warmPathUs: [[0, 490], [12, 470], [37, 360], [75, 335], [150, 320], [300, 293], [600, 258], [1_200, 205], [2_400, 158]] as const,
  /** What cooling adds at most, and how fast. */
  coldPathUs: 500,
  coolingUs: 16_000,
  /** CPU that is lost when a thread was stopped in the middle of its work for long (throttled): its caches are cold. */
  stalledUs: 1_500,
  stallUsMin: 5_000,
  /** Less of it once the code is compiled. */
  coldOfCompiled: 0.6,
  compiledAfter: 1_600,
  /** CPU of a server that never sleeps, by count: sockets are read in one go with others. */
  busyServerUs: [[0, 300], [100, 185], [400, 100], [800, 52], [1_600, 15], [3_000, 8]] as const,
  /** Of the path: CPU of the server when warm, and its part of all that is above. */
  serverUs: 30,
  serverPart: 0.6,
  /** Least path: a request among others, when both ends never sleep. */
  leastPathUs: 155,
  /** The work itself takes longer while its code is young, and on caches and clocks that cooled. */
  youngWorkUs: [[0, 40], [800, 15], [1_600, 0]] as const,
  coldWorkUs: 170,
  /** The first request of a load generator loads its modules. */
  firstUs: 3_200,
  /** Garbage collections: young objects are cleared after so many requests, for so long. */
  collectEvery: 330,
  collectUs: 1_300,
  /** Leaving the kernel after a wake-up, and then the lock that was held across it; from a wake-up to looking for that lock. */
  unlockUs: 4,
  noticeUs: 8,
  /** A message to a worker thread and back. */
  threadMessageUs: 20,
  /** Its part of a request's cold path, for a thread that slept before it took one. */
  threadColdPart: 0.2,
  /** A connection per request through the first process of a cluster: its part and the worker's, as multiples of the server's. */
  clusterFirst: 0.6,
  clusterWorker: 1,
  /** Connecting, at the load generator. */
  connectPart: 1.2,
  /** Without spinning: Node's timers count whole milliseconds and come late. */
  timerLateUs: [50, 1_550] as const,
  /** How long before a request a spinning load generator stops sleeping, and how often it looks at the clock. */
  spinUs: 1_300,
  spinStepUs: 60,
  /** Deviations of one probe's speed from the mean of a record's repeats that last. */
  speedPersistence: 0.5,
} as const;

export type PathCost = { readonly serverUs: number; readonly clientUs: number };

/** Costs of the `count`-th request of a run that comes after `idleUs` of sleep; 0 for a busy server. */
export function pathCost(count: number, idleUs: number): PathCost {
  const warm = interpolate(RUNTIME.warmPathUs, count) - RUNTIME.leastPathUs;
  if (idleUs === 0) return { serverUs: interpolate(RUNTIME.busyServerUs, count), clientUs: RUNTIME.leastPathUs - RUNTIME.serverUs + (1 - RUNTIME.serverPart) * warm };
  const cold = RUNTIME.coldPathUs * coolness(idleUs) * (count > RUNTIME.compiledAfter ? RUNTIME.coldOfCompiled : 1);
  const above = warm + cold;
  const serverUs = RUNTIME.serverUs + RUNTIME.serverPart * above;
  return { serverUs, clientUs: RUNTIME.leastPathUs + above - serverUs };
}

/** CPU of taking a message from another thread after `idleUs` of sleep. */
export const messageUs = (idleUs: number) => RUNTIME.threadMessageUs + RUNTIME.threadColdPart * RUNTIME.coldPathUs * coolness(idleUs);

/** CPU beside the nominal work while a request is worked on. */
export const slowWorkUs = (count: number, idleUs: number) => interpolate(RUNTIME.youngWorkUs, count) + RUNTIME.coldWorkUs * coolness(idleUs);

/** CPU that a stop of `stoppedUs` costs afterwards. */
export const recoveryUs = (stoppedUs: number) => (stoppedUs < RUNTIME.stallUsMin ? 0 : RUNTIME.stalledUs * coolness(stoppedUs));

/** 0 for none, 1 for long: how far a sleep of `idleUs` cooled what it interrupts. */
function coolness(idleUs: number): number {
  const sleeps = idleUs / RUNTIME.coolingUs;
  return sleeps > 20 ? 1 : 1 - exp(-sleeps);
}

function interpolate(corners: readonly (readonly [number, number])[], at: number): number {
  let i = 0;
  while (i < corners.length - 2 && corners[i + 1]![0] < at) i += 1;
  const [x, from] = corners[i]!;
  const [y, to] = corners[i + 1]!;
  return from + (to - from) * Math.min(1, Math.max(0, (at - x) / (y - x)));
}
