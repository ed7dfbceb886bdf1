/** What a stretch of a cluster's life came to, and a hash that is equal for equal states. */
import { hashState, quantile, US_PER_HOUR, US_PER_SECOND } from '@/engine/kernel';
import { NodePhase, PodPhase, type ClusterRun } from './cluster-run';

export type ClusterReport = {
  readonly simulatedHours: number;
  readonly nodes: number;
  readonly pods: number;
  readonly pendingPods: number;
  readonly requests: number;
  readonly failedShare: number;
  readonly latencyP50Ms: number;
  readonly latencyP95Ms: number;
  readonly usdPerHour: number;
  readonly cpuUtilization: number;
  readonly scaleUps: number;
  readonly scaleDowns: number;
  readonly nodesAdded: number;
  readonly nodesRemoved: number;
  readonly nodesFailed: number;
  readonly placements: number;
  readonly evictions: number;
};

export function reportCluster({ queue, nodes, pods, pending, totals, pools }: ClusterRun): ClusterReport {
  const hours = queue.now / US_PER_HOUR;
  const meanMillicores = pools.reduce((sum, { count, cpuMillicores }) => sum + count * cpuMillicores, 0) / Math.max(1, pools.reduce((sum, { count }) => sum + count, 0));
  const count = (values: Uint8Array, wanted: (phase: number) => boolean) => values.reduce((sum, phase) => sum + (wanted(phase) ? 1 : 0), 0);
  return {
    simulatedHours: hours,
    nodes: count(nodes.phase, (phase) => phase === NodePhase.ready || phase === NodePhase.draining),
    pods: count(pods.phase.subarray(0, pods.used), (phase) => phase === PodPhase.starting || phase === PodPhase.ready),
    pendingPods: pending.length,
    requests: Math.round(totals.requests),
    failedShare: totals.requests + totals.failed === 0 ? 0 : totals.failed / (totals.requests + totals.failed),
    latencyP50Ms: quantile(totals.latency, 0.5) / 1_000,
    latencyP95Ms: quantile(totals.latency, 0.95) / 1_000,
    usdPerHour: hours === 0 ? 0 : totals.usd / hours,
    cpuUtilization: totals.nodeSeconds === 0 ? 0 : (totals.cpuCoreSeconds * 1_000) / (totals.nodeSeconds * meanMillicores),
    scaleUps: totals.scaleUps,
    scaleDowns: totals.scaleDowns,
    nodesAdded: totals.nodesAdded,
    nodesRemoved: totals.nodesRemoved,
    nodesFailed: totals.nodesFailed,
    placements: totals.placed,
    evictions: totals.evicted,
  };
}

/** Everything that decides the future, and what was counted. */
export function clusterHash({ queue, nodes, pods, pending, workloads, totals, random }: ClusterRun): string {
  return hashState({
    now: queue.now / US_PER_SECOND,
    nodes,
    pods: { workload: pods.workload.subarray(0, pods.used), node: pods.node.subarray(0, pods.used), phase: pods.phase.subarray(0, pods.used), since: pods.sinceUs.subarray(0, pods.used) },
    pending,
    workloads: workloads.map(({ wanted, ready, pods: owned, backlog, scrapedMillicores }) => [wanted, ready, owned.length, backlog, scrapedMillicores]),
    totals,
    random,
  });
}
