/** Experiment E of the host laboratory: replicas behind a load balancer; further ones are started at planned moments. */
import type { LabHostFacts, WorkDistribution } from '../../cpu/lab';
import type { RateProfile } from '../draw-requests';
import type { LoadGeneratorSpec, OfferedRequest } from '../service-scenario';

/** HAProxy's; nginx takes all but `leastconn` in turn. */
export const BALANCE_RULES = ['roundrobin', 'static-rr', 'leastconn', 'first', 'random'] as const;

export type ReplicaSpec = { readonly cpus?: string; readonly quotaUs?: number; readonly shares?: number };
export type BalancerSpec = { readonly kind: 'haproxy' | 'nginx'; readonly cpus?: string; readonly maxconn?: number; readonly balance?: (typeof BALANCE_RULES)[number]; readonly slowStartS?: number };

export type ScaleOutScenario = {
  readonly durationS: number;
  readonly scaleAtS: readonly number[];
  readonly loadgen: LoadGeneratorSpec;
  readonly lb: BalancerSpec;
  readonly replicas: readonly ReplicaSpec[];
  readonly warmupMs: number;
  readonly work: WorkDistribution;
  readonly profile: RateProfile;
  readonly seed: number;
};

/** `capacityRps`: of one replica, from the closed-loop probe before the run. */
export type ScaleOutRepeat = { readonly rep: number; readonly itersPerMs?: number; readonly capacityRps?: number; readonly offered?: readonly OfferedRequest[] };
export type ScaleOutRecord = { readonly id: string; readonly scenario: ScaleOutScenario; readonly host: LabHostFacts; readonly repeats: readonly ScaleOutRepeat[] };

/** Seconds since the load began. */
export type ReplicaMarks = { readonly decidedS: number; readonly spawnedS: number; readonly listeningS: number; readonly healthyS: number; readonly enabledS: number; readonly inRotationS: number; readonly firstAnswerS: number | null };
export type PhaseSummary = { readonly fromS: number; readonly toS: number; readonly n: number; readonly throughputRps: number; readonly meanMs: number; readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number };
export type ScaleOutRun = {
  readonly rep: number;
  readonly oneReplicaCapacityRps: number;
  readonly marks: Readonly<Record<string, ReplicaMarks>>;
  readonly drainedS: number | null;
  readonly maxInFlight: number;
  readonly before: PhaseSummary;
  readonly during: PhaseSummary;
  readonly after: PhaseSummary;
  readonly notOk: number;
};
