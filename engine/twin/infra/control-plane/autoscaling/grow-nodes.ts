/**
 * Nodes for pods that found none: pods that fit by now, or will on nodes that are booting, are left out, then every group says how
 * many of its nodes the rest would need, by first fit on fresh nodes, and the expander (or, for Karpenter, the price per
 * pod) chooses.
 */
import { raiseAlarm, type World } from '../../../world';
import { nodesWithinBudget } from '../../budget';
import { clusterAutoscaler, snapshotOf, type Pod, type Snapshot } from '../../kubernetes';
import { daemonPodsOf, isDaemon } from '../node-life/daemons';
import { kubernetesNode } from '../scheduling/pod-of';
import { podOf, profileOf, worldSnapshot } from '../scheduling/world-scheduler';
import type { ExpanderName } from '../spec';
import { absentNodes, groupSize, orderNodes } from './order-nodes';

type Option = clusterAutoscaler.ScaleUpOption;

export function growNodes(world: World): void {
  const pending = pendingPods(world);
  if (pending.length === 0) return;
  const { snapshot, unplaced } = clusterAutoscaler.firstFit(pending, withBooting(world), profileOf(world.infra));
  if (unplaced.length === 0) return;
  const options = world.infra.cluster.groups.flatMap((_, group): Option[] => {
    const described = groupOf(world, group);
    const option = described === null ? null : clusterAutoscaler.estimateScaleUp(described, unplaced, snapshot, profileOf(world.infra));
    return option === null ? [] : [option];
  });
  const indexOf = (name: string) => world.infra.cluster.groups.findIndex((group) => group.name === name);
  const affordable = options.filter((option) => nodesWithinBudget(world, indexOf(option.group.name)) > 0);
  const chosen = clusterAutoscaler.chooseOption(affordable.length > 0 ? affordable : options, [expanderOf(world)], world.infra.cluster.schedulerStream);
  if (chosen === null) return;
  const ordered = orderNodes(world, indexOf(chosen.group.name), chosen.nodeCount);
  if (ordered.length > 0) raiseAlarm(world, 'nodes-ordered', chosen.group.name, `${ordered.map((index) => world.infra.nodes[index]!.name).join(', ')} for ${chosen.pods.length} pending pods`);
}

function pendingPods(world: World): readonly Pod[] {
  const { cluster, replicas } = world.infra;
  return cluster.pending.filter((index) => replicas[index]!.nominated < 0 && !isDaemon(world.infra, index)).map((index) => podOf(world, index));
}

function withBooting(world: World): Snapshot {
  const now = worldSnapshot(world);
  const booting = world.infra.nodes.filter(({ phase }) => phase === 'booting').map((node) => ({ ...kubernetesNode(world.infra, node, world.nowUs), unschedulable: false }));
  return booting.length === 0 ? now : snapshotOf({ nodes: [...now.nodes.map(({ node }) => node), ...booting], pods: now.nodes.flatMap(({ pods }) => pods), selectors: now.selectors, volumes: now.volumes });
}

/** Null when the group has no room to grow. */
export function groupOf(world: World, group: number): clusterAutoscaler.NodeGroup | null {
  const { name, max, microUsdPerHour } = world.infra.cluster.groups[group]!;
  const [first] = absentNodes(world, group);
  if (first === undefined) return null;
  const node = world.infra.nodes[first]!;
  const template = { ...kubernetesNode(world.infra, node, world.nowUs), unschedulable: false, images: [] };
  return { name, template, daemonPods: daemonPodsOf(world, node), size: groupSize(world, group), maxSize: max, usdPerHour: microUsdPerHour / 1e6 };
}

function expanderOf({ infra }: World): clusterAutoscaler.Expander {
  const { autoscaler } = infra.cluster;
  if (autoscaler?.kind === 'karpenter') return cheapest;
  return EXPANDER[autoscaler?.expander ?? 'least-waste'](infra.nodes[0] === undefined ? [] : infra.nodes);
}

/** Waste is measured against the whole machine, not against what is allocatable. */
const EXPANDER: Readonly<Record<ExpanderName, (nodes: World['infra']['nodes']) => clusterAutoscaler.Expander>> = {
  'least-waste': (nodes) =>
    clusterAutoscaler.leastWaste(({ group }) => {
      const machine = nodes.find(({ name }) => name === group.template.name)!;
      return { cpu: machine.capacityMillicores, memory: machine.memoryBytes };
    }),
  'least-nodes': () => clusterAutoscaler.leastNodes,
  'most-pods': () => clusterAutoscaler.mostPods,
  random: () => (options) => options,
};

/** Most pods first, then the least money for them. */
const cheapest: clusterAutoscaler.Expander = (options) => {
  const most = clusterAutoscaler.mostPods(options);
  const price = ({ group, nodeCount }: Option) => group.usdPerHour * nodeCount;
  const least = most.reduce((x, option) => Math.min(x, price(option)), Infinity);
  return most.filter((option) => price(option) === least);
};
