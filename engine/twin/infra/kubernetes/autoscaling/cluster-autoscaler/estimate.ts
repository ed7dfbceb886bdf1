/**
 * How many nodes of a group pending pods would need: pods in order of decreasing size, first fit on template
 * nodes, a new node only when none of the new ones takes the pod. Source: cluster-autoscaler
 * `estimator/binpacking_estimator`.
 */
import { labelOf } from '../../api/labels';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { podRequests } from '../../scheduling/resources';
import type { SchedulerProfile } from '../../scheduling/profile';
import { snapshotOf, type Snapshot } from '../../scheduling/snapshot';
import { firstFit } from './first-fit';

const HOSTNAME = 'kubernetes.io/hostname';

export type NodeGroup = {
  readonly name: string;
  /** What a new node of the group looks like, with the pods every node gets (daemon sets). */
  readonly template: Node;
  readonly daemonPods: readonly Pod[];
  readonly size: number;
  readonly maxSize: number;
  readonly usdPerHour: number;
};

export type ScaleUpOption = { readonly group: NodeGroup; readonly nodeCount: number; readonly pods: readonly Pod[] };

/** The share of the template a pod takes, cpu and memory together. */
function sizeOn({ allocatable }: Node, pod: Pod): number {
  const requests = podRequests(pod);
  const share = (name: string) => ((allocatable[name] ?? 0) === 0 ? 0 : (requests[name] ?? 0) / allocatable[name]!);
  return share('cpu') + share('memory');
}

const newNode = ({ name, template }: NodeGroup, index: number): Node => {
  const node = `template-${name}-${index}`;
  return { ...template, name: node, labels: labelOf(template.labels, HOSTNAME) === undefined ? template.labels : { ...template.labels, [HOSTNAME]: node } };
};

/** The pods this group could take, and with how many new nodes; null when it can take none. */
export function estimateScaleUp(group: NodeGroup, pending: readonly Pod[], snapshot: Snapshot, profile: SchedulerProfile): ScaleUpOption | null {
  const bySize = pending.map((pod) => ({ pod, size: sizeOn(group.template, pod) })).sort((x, y) => y.size - x.size || compareNames(x.pod, y.pod));
  const isNew = new Set<string>();
  let now = snapshot;
  const taken: Pod[] = [];
  for (const { pod } of bySize) {
    const onNew = firstFit([pod], now, profile, ({ node }) => isNew.has(node.name));
    if (onNew.placed.length > 0) {
      now = onNew.snapshot;
      taken.push(pod);
    } else if (group.size + isNew.size < group.maxSize) {
      const node = newNode(group, isNew.size);
      const grown = withNewNode(now, node, group.daemonPods);
      const fitted = firstFit([pod], grown, profile, (info) => info.node.name === node.name);
      if (fitted.placed.length === 0) continue;
      isNew.add(node.name);
      now = fitted.snapshot;
      taken.push(pod);
    }
  }
  return taken.length === 0 ? null : { group, nodeCount: isNew.size, pods: taken };
}

const compareNames = (x: Pod, y: Pod) => {
  const [a, b] = [`${x.namespace}/${x.name}`, `${y.namespace}/${y.name}`];
  return a < b ? -1 : a > b ? 1 : 0;
};

function withNewNode(snapshot: Snapshot, node: Node, daemonPods: readonly Pod[]): Snapshot {
  const pods = snapshot.nodes.flatMap((info) => info.pods);
  return snapshotOf({
    nodes: [...snapshot.nodes.map((info) => info.node), node],
    pods: [...pods, ...daemonPods.map((pod) => ({ ...pod, name: `${pod.name}-${node.name}`, nodeName: node.name })), ...snapshot.nominated],
    namespaces: snapshot.namespaces,
    selectors: snapshot.selectors,
    volumes: snapshot.volumes,
  });
}
