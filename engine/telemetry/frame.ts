/**
 * One second of one system, wherever it came from. Simulation, recordings and live scrapes all end in
 * frames, and calibration, the loop, the charts and the SQL tables all begin with them: there is one
 * waist, so replay and live cannot drift apart.
 *
 * A quantity that was not measured is null, never 0: gaps stay gaps.
 */
import type { TimeUs } from '@/engine/kernel';

export type FrameSource = 'simulated' | 'recorded' | 'live';

export type Frame = {
  /** End of the window. Simulated: since the start of the run. Recorded and live: since the Unix epoch. */
  readonly atUs: TimeUs;
  readonly windowUs: TimeUs;
  readonly source: FrameSource;
  readonly services: readonly ServiceSample[];
  readonly nodes: readonly NodeSample[];
  readonly mesh: MeshSample | null;
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

export type NodeSample = {
  readonly node: string;
  readonly up: boolean;
  readonly cpuCapacityCores: number;
  readonly cpuCores: number | null;
  /** Share of the window in which some runnable thread waited for a CPU, 0..1 (PSI "some"). */
  readonly cpuPressure: number | null;
  readonly memoryBytes: number | null;
  readonly replicas: readonly string[];
};

export type MeshSample = {
  /** Best next hop of every router towards its gateway; nextHop null when it has no route. */
  readonly routes: readonly { readonly router: string; readonly gateway: string | null; readonly nextHop: string | null; readonly tq: number }[];
  /** Directed links as their receivers see them, TQ 0..255. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly up: boolean; readonly tq: number }[];
  readonly ogmBytesPerSecond: number;
};
