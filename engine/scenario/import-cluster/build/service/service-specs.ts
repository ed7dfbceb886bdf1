/** Workloads as services of the running world: replicas, requests and limits as they are, demand by the load plan. */
import { kubernetes, type LoadSpec, type ServiceSpec } from '@/engine/twin';
import type { ClusterImport, ImportedAutoscaler, ImportedWorkload } from '../../cluster-import';
import type { CallGraph } from './call-graph';
import { cpuLimitOf, DEMAND_MS, memoryLimitOf, type ServiceLoad } from './load-plan';
import { podRules } from './pod-rules';
import { autoscalerOf, autoscalerSpec, budgetSpec, rolloutSpec } from './scaling-rules';
import { foundPlaces } from '../placement/found-places';
import { volumesOfWorkload, type VolumePlaces } from '../volume-places';

const MIB = 1_048_576;
const REPLICAS_MAX = 10_000;
const QUOTA_MIN_MILLICORES = 10;
const MILLICORES_MAX = 1_000_000;
const MEMORY_MIB_MAX = 10_000_000;
/** From the order to ready, where no pod shows it: an image that is there, a program that opens its port. */
export const START_SECONDS = 5;
/** Of a memory target, for an autoscaler that does not say what is used. */
const TARGET_SHARE = 0.9;
/** A lane is kept below this, so that a reading above the request finds lanes enough. */
const LANE_SHARE = 0.7;

export type Parts = { readonly cluster: ClusterImport; readonly names: readonly string[]; readonly replicas: readonly number[]; readonly graph: CallGraph; readonly loads: readonly (ServiceLoad | null)[]; readonly places: VolumePlaces; readonly nodeNames: ReadonlySet<string>; /** Sizes of images that lie on nodes, by every name they have. */ readonly imageMib: ReadonlyMap<string, number> };

export const replicasOf = ({ podsFound, replicasWanted, planned }: ImportedWorkload): number => Math.min(REPLICAS_MAX, podsFound === null || (podsFound === 0 && planned) ? replicasWanted : podsFound);

const capped = (value: number, max: number) => Math.min(max, Math.max(0, value));

export function serviceSpec(parts: Parts, i: number): ServiceSpec {
  const { cluster, names, replicas, graph, loads } = parts;
  const workload = cluster.workloads[i]!;
  const { template } = workload;
  const requests = kubernetes.podRequests(template);
  const cpuRequest = capped(requests['cpu'] ?? 0, MILLICORES_MAX);
  const [cpuLimit, memoryLimit] = [cpuLimitOf(template), memoryLimitOf(template)];
  const scaler = autoscalerOf(workload, cluster);
  const autoscaler = scaler === undefined ? undefined : autoscalerSpec(scaler, { cpu: cpuRequest, memory: requests['memory'] ?? 0 });
  const load = loads[i] ?? null;
  const places = foundPlaces(workload, parts.nodeNames, replicas[i]!);
  return {
    name: names[i]!,
    replicas: replicas[i]!,
    ...(scaler === undefined ? {} : { replicasMin: Math.min(scaler.min, replicas[i]!), replicasMax: Math.max(1, scaler.max, replicas[i]!) }),
    lanes: lanesOf(cpuLimit, cpuRequest, load, replicas[i]!),
    demand: { meanMs: load?.demandMs ?? DEMAND_MS, cv: 1 },
    ...(graph.calls[i]!.length === 0 ? {} : { calls: graph.calls[i]!.map((to) => ({ service: names[to]!, perRequest: 1 })) }),
    startUp: { meanMs: startMs(workload), cv: 0.3 },
    cpuRequestMillicores: cpuRequest,
    quotaMillicores: cpuLimit === null ? null : Math.min(MILLICORES_MAX, Math.max(QUOTA_MIN_MILLICORES, cpuLimit)),
    memoryMib: memoryMibOf(workload, requests['memory'] ?? 0, memoryLimit, scaler),
    memoryLimitMib: memoryLimit === null ? null : Math.max(1, capped(Math.ceil(memoryLimit / MIB), MEMORY_MIB_MAX)),
    pod: podRules(workload, volumesOfWorkload(workload, cluster, parts.places).names, parts.imageMib),
    ...(workload.kind === 'DaemonSet' ? { daemon: true } : {}),
    rollout: rolloutSpec(workload),
    disruptionBudget: budgetSpec(workload, cluster),
    autoscaler,
    ...(places.startsOn.length === 0 ? {} : { startsOn: places.startsOn }),
  };
}

/**
 * Until the process answers; a readiness probe looks only once a period, so half of one is taken from what was
 * measured from start to Ready.
 */
function startMs({ startSeconds, readinessDelaySeconds, life }: ImportedWorkload): number {
  if (startSeconds === null) return (readinessDelaySeconds + START_SECONDS) * 1_000;
  return Math.max(1_000, (startSeconds.median - (life?.readiness?.periodSeconds ?? 0) / 2) * 1_000);
}

/** As many as it may use CPUs, or as its use needs. */
function lanesOf(limit: number | null, request: number, load: ServiceLoad | null, replicas: number): number {
  if (limit !== null) return Math.min(REPLICAS_MAX, Math.max(1, Math.ceil(limit / 1_000)));
  const perReplica = (load?.millicores ?? 0) / Math.max(1, replicas) / LANE_SHARE;
  return Math.min(REPLICAS_MAX, Math.max(1, Math.ceil(Math.max(request, perReplica) / 1_000)));
}

/**
 * What one pod uses: measured, else what its autoscaler reports, else what it asks for; below its limit, or the
 * twin would begin with kills, and below an autoscaler's target, or it would begin with a growth nobody saw.
 */
function memoryMibOf({ use }: ImportedWorkload, request: number, limit: number | null, scaler: ImportedAutoscaler | undefined): number {
  const current = scaler?.currentMemoryUtilizationPercent ?? null;
  const target = scaler?.metrics.find(({ resource }) => resource === 'memory')?.utilizationPercent ?? null;
  const share = current !== null ? current / 100 : target !== null ? Math.min(1, (target / 100) * TARGET_SHARE) : 1;
  const bytes = use === null ? request * share : use.memoryBytes / use.pods;
  return capped(Math.ceil(Math.min(bytes, limit ?? Infinity) / MIB), MEMORY_MIB_MAX);
}

export const loadSpecs = ({ names, loads }: Parts): readonly LoadSpec[] =>
  loads.flatMap((load, i): LoadSpec[] => (load === null || !load.isEntry || load.rps <= 0 ? [] : [{ service: names[i]!, arrivals: 'poisson', profile: { kind: 'constant', rps: load.rps } }]));
