/**
 * One second of one system, wherever it came from. Simulation, recordings and live scrapes all end in
 * frames, and calibration, the loop, the charts and the SQL tables all begin with them: there is one
 * waist, so replay and live cannot drift apart.
 *
 * A quantity that was not measured is null, never 0: gaps stay gaps.
 */
import type { TimeUs } from '@/engine/kernel';
import type { HostSample } from './host-sample';

export type FrameSource = 'simulated' | 'recorded' | 'live';

export type Frame = {
  /** End of the window. Simulated: since the start of the run. Recorded and live: since the Unix epoch. */
  readonly atUs: TimeUs;
  readonly windowUs: TimeUs;
  readonly source: FrameSource;
  readonly services: readonly ServiceSample[];
  readonly nodes: readonly NodeSample[];
  readonly mesh: MeshSample | null;
  /** Left out where nobody could know: recordings of systems without workload identity, or without edge stores. */
  readonly identity?: IdentitySample | null;
  readonly edge?: readonly EdgeSample[] | null;
  /** Message queues, and calls with a cache, a pool or a breaker; left out where there are none. */
  readonly queues?: readonly QueueSample[];
  readonly calls?: readonly CallSample[];
  /** Pods one by one, in the seconds in which the metrics server reads them; left out in all others, and where pods are not told apart. */
  readonly pods?: readonly PodReading[];
  /** Linux hosts that are watched from inside; left out where there are none. */
  readonly hosts?: readonly HostSample[];
  /** Price of what was running, and its power; null when no price or power model is known. */
  readonly usdPerHour: number | null;
  readonly watts: number | null;
};

export type ServiceSample = {
  readonly service: string;
  readonly offeredRps: number | null;
  readonly servedRps: number | null;
  readonly errorRps: number | null;
  /** Latency of the requests that ended in the window; null when none did. */
  readonly latencyMeanUs: number | null;
  readonly latencyP50Us: number | null;
  readonly latencyP95Us: number | null;
  readonly latencyP99Us: number | null;
  /** CPU used by all replicas together, in cores. */
  readonly cpuCores: number | null;
  /** Share of CFS periods in which the service was throttled, 0..1. */
  readonly throttledShare: number | null;
  readonly replicas: number | null;
  readonly replicasReady: number | null;
  /** CPU limit of one replica; null when unlimited or unknown. */
  readonly quotaMillicores: number | null;
  readonly inFlight: number | null;
  readonly memoryBytes: number | null;
};

export type QueueSample = {
  readonly queue: string;
  /** Messages that wait, and that a consumer has. */
  readonly depth: number;
  readonly inFlight: number;
  readonly oldestSeconds: number;
  readonly publishedRps: number;
  readonly doneRps: number;
  readonly redeliveredRps: number;
  /** Since the start. */
  readonly deadLetters: number;
};

export type CallSample = {
  readonly from: string;
  readonly to: string;
  /** Share of look-ups in the window that found something. */
  readonly cacheHitShare: number | null;
  readonly poolInUse: number | null;
  readonly poolWaiting: number | null;
  readonly breakerOpen: boolean | null;
};

export type NodeSample = {
  readonly node: string;
  readonly up: boolean;
  readonly cpuCapacityCores: number;
  readonly cpuCores: number | null;
  /** Share of the window in which some runnable thread waited for a CPU, 0..1 (PSI "some"). */
  readonly cpuPressure: number | null;
  readonly memoryBytes: number | null;
  readonly replicas: readonly string[];
  /** False once it has left the bill; left out while it is paid, as far as anybody knows. */
  readonly paid?: boolean;
  /** Its power; left out without a power model. */
  readonly watts?: number;
};

/** A pod, read as often as the metrics server reads it. */
export type PodReading = {
  readonly pod: string;
  readonly service: string;
  /** Null while it waits for room. */
  readonly node: string | null;
  /** CPU time since it was made: what it used is the difference of two readings. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  readonly restarts: number;
};

export type MeshSample = {
  /** Best next hop of every router towards its gateway; nextHop null when it has no route. */
  readonly routes: readonly { readonly router: string; readonly gateway: string | null; readonly nextHop: string | null; readonly tq: number }[];
  /** Directed links as their receivers see them, TQ 0..255. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly up: boolean; readonly tq: number }[];
  readonly ogmBytesPerSecond: number;
  /** Every router: whether it runs, its hop penalty, and the time since anybody heard of it (null: never, or it is forgotten). */
  readonly routers?: readonly { readonly router: string; readonly up: boolean; readonly hopPenalty: number; readonly lastSeenSeconds: number | null }[];
  /** What came by command and stands in no description of the mesh; left out where there is none. */
  readonly added?: { readonly routers: readonly { readonly name: string; readonly x?: number; readonly y?: number }[]; readonly links: readonly { readonly a: string; readonly b: string; readonly lossPercent?: number; readonly lossPercentBack?: number }[] };
};

export type IdentitySample = {
  readonly workloads: number;
  /** Registered workloads that hold no valid SVID. */
  readonly withoutSvid: number;
  /** SVIDs that should have been renewed already; the worst ones by name (left below 0: expired). */
  readonly overdueCount: number;
  readonly overdue: readonly { readonly workload: string; readonly service: string; readonly leftSeconds: number; readonly failedTries: number }[];
  readonly servers: number;
  readonly serversUp: number;
  /** SVIDs issued since the start; authorities in the trust bundle. */
  readonly issued: number;
  readonly authorities: number;
  readonly signingQueueSeconds: number;
  readonly handshakesPerSecond: number;
  readonly handshakeBytesPerSecond: number;
  readonly refusedPerSecond: readonly { readonly reason: string; readonly rps: number }[];
};

/** A site's copy of records that the centre has too; counts are since the start. */
export type EdgeSample = {
  readonly store: string;
  readonly pendingWrites: number;
  readonly pendingRecords: number;
  /** For how long exchanges have failed, and since when nothing was exchanged. */
  readonly cutSeconds: number;
  readonly staleSeconds: number;
  readonly written: number;
  readonly refused: number;
  readonly conflicts: number;
  readonly lostWrites: number;
};
