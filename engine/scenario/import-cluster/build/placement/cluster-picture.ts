/** The imported cluster for the cluster page: its nodes with their pods, in a stable order by name, as columns. */
import { cluster, kubernetes } from '@/engine/twin';
import type { ClusterImport } from '../../cluster-import';
import { compareText } from '../../settle/compare-text';
import { rootOwner, workloadKindOf } from '../../settle/root-owner';
import { schedulerState } from './scheduler-state';

const MIB = 1_048_576;
const { PictureNodeState, PicturePodState } = cluster;

export function clusterPictureOf(imported: ClusterImport): cluster.ClusterPicture {
  const { spec } = schedulerState(imported);
  const nodes = imported.nodes;
  const pods = [...spec.pods].sort((x, y) => compareText(x.namespace, y.namespace) || compareText(x.name, y.name));
  const [zones, pools] = [indexed(nodes.map(({ zone }) => zone)), indexed(nodes.map(({ pool }) => pool))];
  const workloadOf = workloadNames(imported);
  const workloads = indexed(pods.map(workloadOf));
  const nodeIndex = new Map(nodes.map(({ node }, i) => [node.name, i]));
  const requests = pods.map((pod) => kubernetes.podRequests(pod));
  const sums = { cpu: new Float64Array(nodes.length), memory: new Float64Array(nodes.length) };
  const at = pods.map(({ nodeName }) => nodeIndex.get(nodeName ?? '') ?? -1);
  at.forEach((node, i) => {
    if (node < 0) return;
    sums.cpu[node] = sums.cpu[node]! + (requests[i]!['cpu'] ?? 0);
    sums.memory[node] = sums.memory[node]! + (requests[i]!['memory'] ?? 0) / MIB;
  });
  return {
    shape: {
      name: imported.title,
      zones: zones.names,
      pools: pools.names,
      workloads: workloads.names,
      nodes: {
        name: nodes.map(({ node }) => node.name),
        labels: nodes.map(({ node }) => Object.keys(node.labels).map((key) => `${key}=${node.labels[key]}`).join(' ')),
        zone: Uint16Array.from(nodes, ({ zone }) => zones.indexOf(zone)),
        pool: Uint16Array.from(nodes, ({ pool }) => pools.indexOf(pool)),
        cpuMillicores: Float64Array.from(nodes, ({ node }) => node.allocatable['cpu'] ?? 0),
        memoryMib: Float64Array.from(nodes, ({ node }) => (node.allocatable['memory'] ?? 0) / MIB),
        podsMax: Uint16Array.from(nodes, ({ node }) => Math.min(65_535, node.allocatable['pods'] ?? 0)),
      },
    },
    moment: {
      atSeconds: 0,
      nodes: {
        state: Uint8Array.from(nodes, ({ node, ready }) => (!ready ? PictureNodeState.notReady : node.unschedulable === true ? PictureNodeState.cordoned : PictureNodeState.ready)),
        cpuRequestedMillicores: sums.cpu,
        memoryRequestedMib: sums.memory,
        cpuUsedMillicores: new Float64Array(nodes.length).fill(NaN),
      },
      pods: {
        count: pods.length,
        name: pods.map(({ namespace, name }) => `${namespace}/${name}`),
        life: new Int32Array(pods.length),
        workload: Uint32Array.from(pods, (pod) => workloads.indexOf(workloadOf(pod))),
        node: Int32Array.from(at),
        state: Uint8Array.from(pods, (pod, i) => (at[i]! < 0 ? PicturePodState.pending : pod.terminating === true ? PicturePodState.stopping : PicturePodState.ready)),
        cpuMillicores: Float32Array.from(requests, (list) => list['cpu'] ?? 0),
        memoryMib: Float32Array.from(requests, (list) => (list['memory'] ?? 0) / MIB),
      },
    },
  };
}

/** A pod's workload by its controller: for a ReplicaSet the Deployment above it. */
function workloadNames({ workloads }: ClusterImport): (pod: kubernetes.Pod) => string {
  const byOwner = new Map(workloads.map((workload) => [`${workload.namespace}/${workload.template.owner?.kind}/${workload.template.owner?.name}`, `${workload.namespace}/${workload.name}`]));
  return (pod) => {
    const known = byOwner.get(`${pod.namespace}/${pod.owner?.kind}/${pod.owner?.name}`);
    if (known !== undefined) return known;
    const root = rootOwner({ pod }, { workloads: new Map() });
    return `${pod.namespace}/${workloadKindOf(root.kind) === 'Pod' ? pod.name : root.name}`;
  };
}

/** Distinct texts in order, with their places. */
function indexed(texts: readonly string[]): { readonly names: readonly string[]; readonly indexOf: (text: string) => number } {
  const names = [...new Set(texts)].sort(compareText);
  const places = new Map(names.map((name, i) => [name, i]));
  return { names, indexOf: (text) => places.get(text) ?? 0 };
}
