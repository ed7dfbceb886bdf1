/** What calibration found, and how far the twin is off on the part of the recording that it did not see. */
import type { SystemSpec } from '../system-spec';

export type FittedService = {
  readonly service: string;
  readonly demandMs: number;
  /** Coefficient of variation of CPU time and waiting time. */
  readonly cv: number;
  readonly waitMs: number;
  /** Requests per second that one replica can take with its lanes and quota. */
  readonly capacityRps: number | null;
  readonly requests: number;
  /** p95 as measured over the fitted part, mean over its seconds weighted by requests. */
  readonly measuredP95Ms: number | null;
};

export type SignalError = {
  readonly service: string;
  readonly signal: 'servedRps' | 'cpuCores' | 'latencyMeanMs' | 'latencyP95Ms';
  readonly unit: string;
  /** Median over the held-out windows of |twin − measured| / measured; null when nothing was measured there. */
  readonly medianRelativeError: number | null;
  /** Nine of ten held-out windows were off by less: what a promise about one window must allow for. */
  readonly p90RelativeError: number | null;
  readonly windows: number;
};

export type Calibration = {
  readonly system: SystemSpec;
  readonly services: readonly FittedService[];
  readonly errors: readonly SignalError[];
  /** Median over the signals: the one number of the trust strip; null when nothing could be compared. */
  readonly medianError: number | null;
  readonly fittedSeconds: number;
  readonly heldOutSeconds: number;
  /** Seconds left out because a labelled fault was active. */
  readonly excludedSeconds: number;
  readonly warnings: readonly string[];
};

export type CalibrationRefusal = { readonly code: 'too-short' | 'no-services' | 'no-traffic'; readonly message: string; readonly next: string };
