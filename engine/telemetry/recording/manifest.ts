/**
 * `recording.json`: what a recording is, how it was made and what the recorder knew about the system. The
 * samples lie beside it in `telemetry.parquet` (columns.ts). Written for version 1; a reader refuses a
 * version it does not know. Documented in docs/reference/recording-format.md.
 */
import type { SignalKind } from '../catalogue/signal';

export const RECORDING_FORMAT_VERSION = 1;
export const MANIFEST_FILE = 'recording.json';
export const TELEMETRY_FILE = 'telemetry.parquet';

export type RecordingManifest = {
  readonly formatVersion: typeof RECORDING_FORMAT_VERSION;
  /** kebab-case, the name of the folder. */
  readonly id: string;
  readonly title: string;
  /** `date` as in 2026-01-31; `command` makes another one like it. Both '' when unknown. */
  readonly made: { readonly date: string; readonly how: string; readonly command: string };
  readonly sources: readonly RecordingSource[];
  /** ISO-8601 in UTC; the origin of `atSeconds` below. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly scrapeSeconds: number;
  /** Rows of telemetry.parquet: fewer in the file means that it was cut. */
  readonly rows: number;
  readonly signals: readonly RecordedSignal[];
  /** Label names that occur. */
  readonly labels: readonly string[];
  readonly faults: readonly RecordedFault[];
  readonly system: SystemHints;
};

export type RecordingSource = { readonly name: string; readonly url: string };

/** One metric family: a histogram is listed once, its samples are `_bucket`, `_sum` and `_count`. */
export type RecordedSignal = { readonly name: string; readonly kind: SignalKind; readonly unit: string };

/** What really went wrong while recording: the answer that diagnosis is scored against. */
export type RecordedFault = {
  readonly kind: string;
  /** Name of the service, node or link that was hit. */
  readonly subject: string;
  readonly atSeconds: number;
  /** null: it happened at an instant (a kill) or stayed to the end. */
  readonly lastsSeconds: number | null;
};

/** What the samples cannot say about the system. null: not known. */
export type SystemHints = {
  /** The service that takes the load from outside. */
  readonly entry: string | null;
  readonly services: readonly ServiceHint[];
  readonly nodes: readonly NodeHint[];
};

export type ServiceHint = {
  readonly name: string;
  /** CPU lanes of one replica: 1 for an event loop, n for a pool of n threads. */
  readonly lanes: number | null;
  /** From the order to start a replica until it takes requests. */
  readonly startUpSeconds: number | null;
  /** The node its replicas run on. */
  readonly node: string | null;
  readonly calls: readonly { readonly service: string; readonly perRequest: number | null }[];
};

export type NodeHint = { readonly name: string; readonly cpuCores: number; readonly memoryBytes: number | null; readonly usdPerHour: number | null };

export const NO_SYSTEM_HINTS: SystemHints = { entry: null, services: [], nodes: [] };
