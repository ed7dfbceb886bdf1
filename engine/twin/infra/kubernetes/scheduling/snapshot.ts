/**
 * The cluster as one scheduling cycle sees it: nodes with the pods on them and the sums the plugins ask
 * for. A snapshot is never changed; a what-if (preemption, drain) is another snapshot.
 */
import type { LabelSelector, Labels } from '../api/labels';
import type { Node } from '../api/node';
import type { Pod, ResourceList } from '../api/pod';
import type { PersistentVolume } from '../api/volume';
import { isCounted, podRequests, podRequestsWithDefaults } from './resources';

export type NodeInfo = {
  readonly node: Node;
  readonly pods: readonly Pod[];
  readonly requested: ResourceList;
  /** cpu and memory requested, with defaults for containers that say nothing. */
  readonly requestedWithDefaults: { readonly cpu: number; readonly memory: number };
  /** Size of each image on the node, by every name it has. */
  readonly imageBytes: ReadonlyMap<string, number>;
};

/** An object that selects pods: its selector gives a pod its default spread constraints. */
export type PodSelector = { readonly kind: string; readonly name: string; readonly namespace: string; readonly selector: LabelSelector };

export type Snapshot = {
  readonly nodes: readonly NodeInfo[];
  readonly byName: ReadonlyMap<string, NodeInfo>;
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly selectors: readonly PodSelector[];
  /** Bound volumes by `namespace/claim`. */
  readonly volumes: ReadonlyMap<string, PersistentVolume>;
  /** Pods that wait for a node freed by preemption. */
  readonly nominated: readonly Pod[];
  /** On how many nodes an image (by name) is. */
  readonly imageNodes: ReadonlyMap<string, number>;
};

export type SnapshotSpec = {
  readonly nodes: readonly Node[];
  /** Pods with a `nodeName` in `nodes` run there; pods with only a nominated node wait. */
  readonly pods: readonly Pod[];
  readonly namespaces?: ReadonlyMap<string, Labels>;
  readonly selectors?: readonly PodSelector[];
  readonly volumes?: ReadonlyMap<string, PersistentVolume>;
};

export function snapshotOf(spec: SnapshotSpec): Snapshot {
  const pods = new Map<string, Pod[]>(spec.nodes.map(({ name }) => [name, []]));
  for (const pod of spec.pods) if (pod.nodeName !== undefined) pods.get(pod.nodeName)?.push(pod);
  const nodes = spec.nodes.map((node) => nodeInfoOf(node, pods.get(node.name) ?? [], imageBytesOf(node)));
  return {
    nodes,
    byName: new Map(nodes.map((info) => [info.node.name, info])),
    namespaces: spec.namespaces ?? new Map(),
    selectors: spec.selectors ?? [],
    volumes: spec.volumes ?? new Map(),
    nominated: spec.pods.filter((pod) => pod.nodeName === undefined && pod.nominatedNodeName !== undefined),
    imageNodes: countImages(spec.nodes),
  };
}

function nodeInfoOf(node: Node, pods: readonly Pod[], imageBytes: NodeInfo['imageBytes']): NodeInfo {
  const requested = Object.create(null) as Record<string, number>;
  let cpu = 0;
  let memory = 0;
  for (const pod of pods) {
    const requests = podRequests(pod);
    for (const name of Object.keys(requests)) if (isCounted(name)) requested[name] = (requested[name] ?? 0) + requests[name]!;
    const assumed = podRequestsWithDefaults(pod);
    cpu += assumed['cpu'] ?? 0;
    memory += assumed['memory'] ?? 0;
  }
  return { node, pods, requested, requestedWithDefaults: { cpu, memory }, imageBytes };
}

/** The same cluster with other pods on one node. */
export function withPodsOn(snapshot: Snapshot, info: NodeInfo, pods: readonly Pod[]): { readonly snapshot: Snapshot; readonly info: NodeInfo } {
  const changed = nodeInfoOf(info.node, pods, info.imageBytes);
  const nodes = snapshot.nodes.map((other) => (other === info ? changed : other));
  const byName = new Map(snapshot.byName);
  byName.set(info.node.name, changed);
  return { snapshot: { ...snapshot, nodes, byName }, info: changed };
}

/** The same cluster with one node described differently; its pods stay. */
export function withNode(snapshot: Snapshot, info: NodeInfo, node: Node): Snapshot {
  const changed = nodeInfoOf(node, info.pods, imageBytesOf(node));
  const nodes = snapshot.nodes.map((other) => (other === info ? changed : other));
  return { ...snapshot, nodes, byName: new Map(nodes.map((other) => [other.node.name, other])), imageNodes: countImages(nodes.map((other) => other.node)) };
}

const imageBytesOf = ({ images = [] }: Node) => new Map(images.flatMap(({ names, sizeBytes }) => names.map((name) => [name, sizeBytes] as const)));

function countImages(nodes: readonly Node[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const names = new Set((node.images ?? []).flatMap((image) => image.names));
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
