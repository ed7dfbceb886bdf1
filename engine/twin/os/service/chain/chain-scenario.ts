/** Experiment F of the host laboratory: frontend → backend → database under a profile of load, with labelled faults. */
import type { LabHostFacts, WorkDistribution } from '../../cpu/lab';
import type { DrawnRequest, RateProfile } from '../draw-requests';

export type ChainGroup = { readonly cpus?: string; readonly shares?: number; readonly quotaUs?: number; readonly memLimitMb?: number };
export type ChainTarget = 'frontend' | 'backend' | 'db';
export type ChainFault = { readonly kind: 'hog' | 'quota' | 'dbSleep' | 'dbCpu' | 'appCpu' | 'leak' | 'kill' | 'freeze' | 'lock'; readonly label?: string; readonly atS: number; readonly durS?: number; readonly target?: ChainTarget; readonly procs?: number; readonly shares?: number; readonly cpus?: string; readonly quotaUs?: number; readonly ms?: number; readonly mult?: number; readonly mbPerS?: number };

export type ChainScenario = {
  readonly durationS: number;
  readonly groups: Readonly<Record<ChainTarget, ChainGroup>>;
  readonly clientCpus: string;
  /** Work in the frontend, the backend and the database. */
  readonly works: readonly WorkDistribution[];
  readonly poolMax: number;
  readonly poolTimeoutMs: number;
  /** Work of the backend before it listens. */
  readonly warmUpMs: number;
  readonly writeFrac: number;
  readonly timeoutMs: number;
  /** Calls of the frontend that failed are made again so often. */
  readonly retries: number;
  /** Connections of the frontend to the backend; further calls wait for one, and no timeout counts meanwhile. */
  readonly maxSockets: number;
  readonly clientTimeoutMs: number;
  readonly restartDelayS: number;
  readonly profile: RateProfile;
  readonly faults: readonly ChainFault[];
  readonly windowS: number;
  readonly seed: number;
};

/** From `fromUs` on the machine is `slowness` times slower than the reference. */
export type SpeedStep = { readonly fromUs: number; readonly slowness: number };
export type ChainRepeat = { readonly rep: number; readonly itersPerMs?: number; readonly offered?: readonly DrawnRequest[] };
export type ChainRecord = { readonly id: string; readonly scenario: ChainScenario; readonly host: LabHostFacts; readonly repeats: readonly ChainRepeat[] };

export type ChainWindow = { readonly t: number; readonly offered: number; readonly ok: number; readonly err: number; readonly p50: number | null; readonly p95: number | null; readonly p99: number | null; readonly mean: number | null; readonly cpu_frontend: number; readonly cpu_backend: number; readonly cpu_db: number; readonly cpu_hog: number; readonly fault: string };
export type ChainEvent = { readonly tS: number; readonly ev: 'exit' | 'start' | 'ready'; readonly service: string; readonly signal?: string };
export type ChainFaultReport = ChainFault & { readonly n: number; readonly startS: number; readonly endS: number | null };
export type ChainRunReport = { readonly rep: number; readonly loadgen: { readonly planned: number; readonly sent: number; readonly done: number; readonly unanswered: number; readonly codes: Readonly<Record<string, number>> }; readonly faults: readonly ChainFaultReport[]; readonly events: readonly ChainEvent[]; readonly windows: readonly ChainWindow[] };
