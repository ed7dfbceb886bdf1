/**
 * The cluster autoscaler takes nodes of its groups away when little is requested of them for long enough, their pods may
 * be evicted and find room elsewhere: empty ones up to ten at once, others one at a time. They are drained first.
 */
import { toSeconds, US_PER_SECOND, type TimeUs } from '@/engine/kernel';
import { raiseAlarm, type World } from '../../../world';
import { clusterAutoscaler, type Pod } from '../../kubernetes';
import { isDaemon, movingReplicas } from '../node-life/daemons';
import { drainNode } from '../node-life/drain-node';
import { refusesEviction } from '../pod-life/budget-status';
import { profileOf, worldSnapshot } from '../scheduling/world-scheduler';
import type { ClusterAutoscalerSpec } from '../spec';
import { groupSize } from './order-nodes';

const { SCALE_DOWN_DEFAULTS } = clusterAutoscaler;

export const scaleDownSettings = (spec: ClusterAutoscalerSpec): clusterAutoscaler.ScaleDownSettings => ({
  ...SCALE_DOWN_DEFAULTS,
  utilizationThreshold: spec.utilizationThreshold ?? SCALE_DOWN_DEFAULTS.utilizationThreshold,
  unneededSeconds: spec.unneededSeconds ?? SCALE_DOWN_DEFAULTS.unneededSeconds,
  delayAfterAddSeconds: spec.delayAfterAddSeconds ?? SCALE_DOWN_DEFAULTS.delayAfterAddSeconds,
  delayAfterDeleteSeconds: spec.delayAfterDeleteSeconds ?? SCALE_DOWN_DEFAULTS.delayAfterDeleteSeconds,
});

export function shrinkNodes(world: World, spec: ClusterAutoscalerSpec): void {
  const { infra, nowUs } = world;
  const settings = scaleDownSettings(spec);
  const context: clusterAutoscaler.ScaleDownContext = { snapshot: worldSnapshot(world), profile: profileOf(infra), movabilityOf: movabilityIn(world), gpuResource: null, settings };
  const ready: number[] = [];
  infra.nodes.forEach((node, index) => {
    const info = node.group < 0 || node.phase !== 'up' || node.drain !== 'no' ? undefined : context.snapshot.byName.get(node.name);
    if (info === undefined) return;
    const { reason, unneeded } = clusterAutoscaler.keepReason(info, { now: nowUs / US_PER_SECOND, unneededSince: node.unneededSinceUs < 0 ? null : node.unneededSinceUs / US_PER_SECOND, ready: node.ready }, context);
    if (!unneeded) node.unneededSinceUs = -1;
    else if (node.unneededSinceUs < 0) node.unneededSinceUs = nowUs;
    if (reason === null) ready.push(index);
  });
  if (ready.length > 0 && clusterAutoscaler.restReason(recentActions(world), settings) === null) removeSome(world, ready, settings.maxParallel);
}

/** Everything here has a controller and nothing keeps local data: budgets alone pin pods. */
const movabilityIn = (world: World) => {
  const indexOf = new Map(world.infra.replicas.flatMap(({ name, phase }, index) => (phase === 'gone' ? [] : [[name, index] as const])));
  return (pod: Pod): clusterAutoscaler.Movability => {
    const index = indexOf.get(pod.name);
    const hasBudget = index !== undefined && world.infra.services[world.infra.replicas[index]!.service]!.rules.budget !== null;
    return { daemon: index !== undefined && isDaemon(world.infra, index), mirror: false, localStorage: false, safeToEvict: null, hasBudget, budgetAllows: index === undefined || pod.terminating === true || refusesEviction(world, index) === null };
  };
};

function recentActions({ infra, nowUs }: World): clusterAutoscaler.RecentActions {
  const { cluster, nodes } = infra;
  const since = (us: number) => (us < 0 ? null : toSeconds(us as TimeUs));
  const present = nodes.filter(({ phase }) => phase === 'up' || phase === 'down');
  return { now: nowUs / US_PER_SECOND, lastScaleUp: since(cluster.lastAddUs), lastFailure: null, lastDelete: since(cluster.lastRemoveUs), nodeCount: present.length, unreadyCount: present.filter((node) => !node.ready).length };
}

function removeSome(world: World, ready: readonly number[], maxParallel: number): void {
  const { infra, nowUs } = world;
  const mayGo = (index: number) => {
    const { group } = infra.nodes[index]!;
    const left = groupSize(world, group) - infra.nodes.filter((node) => node.group === group && node.drain === 'remove').length;
    return left > infra.cluster.groups[group]!.min;
  };
  const empty = ready.filter((index) => movingReplicas(infra, infra.nodes[index]!).length === 0);
  const chosen = empty.length > 0 ? empty.slice(0, maxParallel) : ready.slice(0, 1);
  for (const index of chosen) {
    if (!mayGo(index)) continue;
    infra.cluster.lastRemoveUs = nowUs;
    raiseAlarm(world, 'node-unneeded', infra.nodes[index]!.name, 'little is requested of it, and its pods fit elsewhere');
    drainNode(world, index, 'remove');
  }
}
