/**
 * Small changes of a pod or a cluster that can move a scheduling decision, as a person would make them, and
 * how each is carried out on the twin. An explanation only names a change after it has been tried.
 */
import type { Taint } from '../../api/node';
import type { Container, Pod, TopologySpreadConstraint } from '../../api/pod';
import type { Snapshot } from '../snapshot';
import { withNode, withPodsOn } from '../snapshot';

export type Change =
  | { readonly kind: 'uncordon'; readonly node: string }
  | { readonly kind: 'cordon'; readonly nodes: readonly string[] }
  | { readonly kind: 'tolerate'; readonly taint: Taint }
  | { readonly kind: 'label-node'; readonly node: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: 'drop-node-affinity' }
  | { readonly kind: 'unpin-node'; readonly from: string }
  | { readonly kind: 'drop-host-ports' }
  | { readonly kind: 'lower-request'; readonly resource: string; readonly by: number }
  | { readonly kind: 'add-pod-slots'; readonly node: string; readonly by: number }
  | { readonly kind: 'raise-max-skew'; readonly topologyKey: string; readonly by: number }
  | { readonly kind: 'drop-pod-affinity'; readonly which: 'affinity' | 'anti-affinity' }
  | { readonly kind: 'remove-pods'; readonly names: readonly string[] }
  | { readonly kind: 'prefer-node'; readonly node: string; readonly weight: number };

export type World = { readonly pod: Pod; readonly snapshot: Snapshot };

export function applyChange(world: World, change: Change): World {
  switch (change.kind) {
    case 'uncordon':
      return changeNode(world, change.node, { unschedulable: false });
    case 'cordon':
      return change.nodes.reduce((now, node) => changeNode(now, node, { unschedulable: true }), world);
    case 'label-node': {
      const labels = world.snapshot.byName.get(change.node)?.node.labels ?? {};
      return changeNode(world, change.node, { labels: { ...labels, ...change.labels } });
    }
    case 'add-pod-slots': {
      const allocatable = world.snapshot.byName.get(change.node)?.node.allocatable ?? {};
      return changeNode(world, change.node, { allocatable: { ...allocatable, pods: (allocatable['pods'] ?? 0) + change.by } });
    }
    case 'remove-pods':
      return { ...world, snapshot: withoutPods(world.snapshot, change.names) };
    default:
      return { ...world, pod: changePod(world.pod, change) };
  }
}

type PodChange = Exclude<Change, { readonly kind: 'uncordon' | 'cordon' | 'label-node' | 'add-pod-slots' | 'remove-pods' }>;

function changePod(pod: Pod, change: PodChange): Pod {
  const { affinity } = pod;
  switch (change.kind) {
    case 'tolerate':
      return { ...pod, tolerations: [...(pod.tolerations ?? []), { key: change.taint.key, operator: 'Equal', value: change.taint.value ?? '', effect: change.taint.effect }] };
    case 'drop-node-affinity':
      return { ...pod, nodeSelector: {}, affinity: { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: null } } };
    case 'unpin-node': {
      const { nodeName: _, ...free } = pod;
      return free;
    }
    case 'drop-host-ports':
      return { ...pod, containers: pod.containers.map((container) => ({ ...container, ports: [] })), initContainers: (pod.initContainers ?? []).map((container) => ({ ...container, ports: [] })) };
    case 'lower-request':
      return lowerRequest(pod, change.resource, change.by);
    case 'raise-max-skew':
      return { ...pod, topologySpreadConstraints: (pod.topologySpreadConstraints ?? []).map((constraint) => raised(constraint, change.topologyKey, change.by)) };
    case 'drop-pod-affinity': {
      const key = change.which === 'affinity' ? 'podAffinity' : 'podAntiAffinity';
      return { ...pod, affinity: { ...affinity, [key]: { ...affinity?.[key], requiredDuringSchedulingIgnoredDuringExecution: null } } };
    }
    case 'prefer-node': {
      const preferred = affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
      const preference = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [change.node] }] };
      return { ...pod, affinity: { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, preferredDuringSchedulingIgnoredDuringExecution: [...preferred, { weight: change.weight, preference }] } } };
    }
  }
}

const raised = (constraint: TopologySpreadConstraint, key: string, by: number): TopologySpreadConstraint =>
  constraint.topologyKey === key && constraint.whenUnsatisfiable === 'DoNotSchedule' ? { ...constraint, maxSkew: constraint.maxSkew + by } : constraint;

/** Takes the amount from the containers in order, and caps init containers likewise. */
function lowerRequest(pod: Pod, resource: string, by: number): Pod {
  let left = by;
  const lower = (container: Container, amount: number): Container => ({ ...container, requests: { ...container.requests, [resource]: (container.requests?.[resource] ?? 0) - amount } });
  const containers = pod.containers.map((container) => {
    const taken = Math.min(left, container.requests?.[resource] ?? 0);
    left -= taken;
    return taken === 0 ? container : lower(container, taken);
  });
  const initContainers = (pod.initContainers ?? []).map((container) => {
    const taken = Math.min(by, container.requests?.[resource] ?? 0);
    return taken === 0 ? container : lower(container, taken);
  });
  return { ...pod, containers, initContainers };
}

function changeNode(world: World, name: string, change: Partial<World['snapshot']['nodes'][number]['node']>): World {
  const info = world.snapshot.byName.get(name);
  return info === undefined ? world : { ...world, snapshot: withNode(world.snapshot, info, { ...info.node, ...change }) };
}

function withoutPods(snapshot: Snapshot, names: readonly string[]): Snapshot {
  return snapshot.nodes.reduce((now, { node, pods }) => {
    const kept = pods.filter(({ name, namespace }) => !names.includes(`${namespace}/${name}`));
    const info = now.byName.get(node.name);
    return kept.length === pods.length || info === undefined ? now : withNodePods(now, info, kept);
  }, snapshot);
}

const withNodePods = (snapshot: Snapshot, info: Snapshot['nodes'][number], pods: readonly Pod[]) => withPodsOn(snapshot, info, pods).snapshot;
