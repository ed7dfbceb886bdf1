/** A running cluster as columns: copies, so that the picture stays while the run goes on. A pod uses what the last scrape saw of its workload. */
import { US_PER_SECOND } from '@/engine/kernel';
import { PictureNodeState, PicturePodState, type ClusterMoment, type ClusterShape } from './cluster-picture';
import { NodePhase, PodPhase, type ClusterRun } from './cluster-run';

const MIB = 1_048_576;
const ZONE = 'topology.kubernetes.io/zone';

const STATE_OF_PHASE: Readonly<Record<number, number>> = {
  [NodePhase.absent]: PictureNodeState.absent,
  [NodePhase.booting]: PictureNodeState.booting,
  [NodePhase.ready]: PictureNodeState.ready,
  [NodePhase.draining]: PictureNodeState.draining,
  [NodePhase.lost]: PictureNodeState.notReady,
};

export function shapeOfCluster(run: ClusterRun, name: string): ClusterShape {
  const { nodes } = run.scheduler.columns;
  const zones = [...new Set(run.pools.flatMap((pool) => pool.zones))];
  return {
    name,
    zones,
    pools: run.pools.map((pool) => pool.name),
    workloads: run.workloads.map(({ spec }) => spec.name),
    nodes: {
      name: nodes.map((node) => node.name),
      labels: null,
      zone: Uint16Array.from(nodes, (node) => zones.indexOf(node.labels?.[ZONE] ?? '')),
      pool: Uint16Array.from(run.nodes.pool),
      cpuMillicores: Float64Array.from(nodes, ({ allocatable }) => allocatable['cpu'] ?? 0),
      memoryMib: Float64Array.from(nodes, ({ allocatable }) => (allocatable['memory'] ?? 0) / MIB),
      podsMax: Uint16Array.from(nodes, ({ allocatable }) => allocatable['pods'] ?? 0),
    },
  };
}

export function momentOfCluster(run: ClusterRun): ClusterMoment {
  const { pods, nodes, scheduler, workloads, queue } = run;
  const count = pods.used;
  const column = (name: string) => scheduler.columns.resources.find((each) => each.name === name)?.requested ?? new Float64Array(nodes.phase.length);
  return {
    atSeconds: queue.now / US_PER_SECOND,
    nodes: {
      state: nodes.phase.map((phase) => STATE_OF_PHASE[phase] ?? PictureNodeState.absent),
      cpuRequestedMillicores: column('cpu').slice(),
      memoryRequestedMib: column('memory').map((bytes) => bytes / MIB),
      cpuUsedMillicores: usedByNode(run),
    },
    pods: {
      count,
      name: null,
      life: pods.life.slice(0, count),
      workload: new Uint32Array(pods.workload.subarray(0, count)),
      node: pods.node.map((node, slot) => (pods.phase[slot] === PodPhase.free ? -1 : node)).slice(0, count),
      state: pods.phase.subarray(0, count).map(podState),
      cpuMillicores: new Float32Array(pods.workload.subarray(0, count)).map((workload) => workloads[workload]!.spec.cpuMillicores),
      memoryMib: new Float32Array(pods.workload.subarray(0, count)).map((workload) => workloads[workload]!.spec.memoryMib),
    },
  };
}

function podState(phase: number): number {
  switch (phase) {
    case PodPhase.pending:
      return PicturePodState.pending;
    case PodPhase.starting:
      return PicturePodState.starting;
    case PodPhase.ready:
      return PicturePodState.ready;
    case PodPhase.stopping:
      return PicturePodState.stopping;
    default:
      return PicturePodState.free;
  }
}

function usedByNode({ pods, nodes, workloads }: ClusterRun): Float64Array {
  const used = new Float64Array(nodes.phase.length);
  for (let slot = 0; slot < pods.used; slot += 1) {
    if (pods.phase[slot] !== PodPhase.ready) continue;
    const node = pods.node[slot]!;
    used[node] = used[node]! + workloads[pods.workload[slot]!]!.scrapedMillicores;
  }
  return used;
}
