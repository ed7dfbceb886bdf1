/** What the control plane keeps of a node: its labels and taints, whether it believes it ready, and what it plans with it. */
import type { PowerSpec } from '../../../pricing';
import type { NodeSpec } from '../../../system-spec';
import type { Taint } from '../../kubernetes';
import { PODS_MAX_DEFAULT, type NodeGroupSpec } from '../spec';

export type NodeState = {
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly podsMax: number;
  readonly allocatableMillicores: number;
  readonly allocatableBytes: number;
  readonly resources: Readonly<Record<string, number>>;
  readonly spot: boolean;
  /** Left out where it is linear and never asleep. */
  readonly power?: PowerSpec;
  /** Index of its node group, −1. */
  readonly group: number;
  /** What the control plane believes: false from the end of the lease until it is heard of again. */
  ready: boolean;
  /** Bumped whenever it comes or goes: events of an earlier life are void. */
  life: number;
  /** Its pods are being evicted, and afterwards it stays or goes. */
  drain: 'no' | 'stay' | 'remove';
  /** When memory was last short, −1. */
  memoryShortUs: number;
  images: string[];
  /** Since when the autoscaler finds it unneeded, −1; and when a pod last came or went. */
  unneededSinceUs: number;
  changedUs: number;
  /** Since when it has the NoExecute taint; left out where it has none. */
  evictsSinceUs?: number;
};

export function nodeState(spec: NodeSpec, group: number): NodeState {
  const { name, zone, instanceType, architecture = 'amd64' } = spec;
  return {
    labels: {
      'kubernetes.io/hostname': name,
      'kubernetes.io/arch': architecture,
      'kubernetes.io/os': 'linux',
      ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone }),
      ...(instanceType === undefined ? {} : { 'node.kubernetes.io/instance-type': instanceType }),
      ...spec.labels,
    },
    taints: spec.taints ?? [],
    podsMax: spec.podsMax ?? PODS_MAX_DEFAULT,
    allocatableMillicores: Math.round(spec.allocatable?.cpuMillicores ?? spec.cpuMillicores),
    allocatableBytes: Math.round((spec.allocatable?.memoryMib ?? spec.memoryMib) * 1_048_576),
    resources: spec.resources ?? {},
    spot: spec.spot ?? false,
    ...(spec.power === undefined ? {} : { power: spec.power }),
    group,
    ready: spec.notReady !== true,
    life: 0,
    drain: 'no',
    memoryShortUs: -1,
    images: [],
    unneededSinceUs: -1,
    changedUs: 0,
  };
}

/** Places in the world for the nodes a group may grow by, named after it. */
export function groupNodes(groups: readonly NodeGroupSpec[], nodes: readonly NodeSpec[]): NodeSpec[] {
  const taken = new Set(nodes.map(({ name }) => name));
  return groups.flatMap(({ min: _min, max, bootSeconds: _boot, name: group, ...machine }) => {
    const missing = max - nodes.filter((node) => node.group === group).length;
    const added: NodeSpec[] = [];
    for (let ordinal = 1; added.length < missing; ordinal += 1) {
      const name = `${group}-${ordinal}`;
      if (!taken.has(name)) added.push({ ...machine, name, group });
    }
    return added;
  });
}
