/** Experiment D of the host laboratory: one HTTP service in a control group under offered loads. Units as the laboratory writes them. */
import type { LabHostFacts, WorkDistribution } from '../cpu/lab';

/** `loop`: one job at a time, sockets polled in between; `naive`: the job inside the handler; `pool`: one queue, many threads; `cluster`: several processes. */
export type ServerMode = 'loop' | 'naive' | 'pool' | 'cluster';

export type ServerSpec = { readonly mode: ServerMode; readonly threads: number; readonly cpus?: string; readonly shares?: number; readonly quotaUs?: number; readonly periodUs?: number };
export type LoadGeneratorSpec = { readonly cpus?: string; readonly spin?: boolean; readonly keepAlive?: boolean; readonly arrival?: 'poisson' | 'const' };
/** Loops that never sleep, beside the server. */
export type NeighborSpec = { readonly name: string; readonly cpus?: string; readonly shares?: number; readonly quotaUs?: number; readonly count?: number };

export type ServiceScenario = {
  readonly server: ServerSpec;
  readonly work: WorkDistribution;
  readonly loadgen: LoadGeneratorSpec;
  readonly neighbors: readonly NeighborSpec[];
  readonly probe: { readonly concurrency: number; readonly durationS: number };
  /** Offered load as shares of the probe's throughput, and for how long each. */
  readonly loads: readonly number[];
  readonly durationsS: readonly number[];
  readonly warmS: number;
  readonly drainS: number;
};

/** The closed-loop probe of a repeat: what calibrates CPU per request and capacity. */
export type Probe = { readonly throughputRps: number; readonly cpuPerReqMs: number; readonly meanWorkMs: number };
export type OfferedRequest = { readonly atUs: number; readonly workUs: number };
export type ServiceRepeat = {
  readonly rep: number;
  readonly itersPerMs?: number;
  readonly probe?: Probe;
  /** Recorded arrivals and works by index of the load; an absent entry is drawn as the laboratory draws it. */
  readonly offered: readonly (readonly OfferedRequest[] | undefined)[];
};
export type ServiceRecord = { readonly id: string; readonly scenario: ServiceScenario; readonly host: LabHostFacts; readonly repeats: readonly ServiceRepeat[] };
