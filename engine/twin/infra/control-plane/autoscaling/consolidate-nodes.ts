/** Karpenter's consolidation in the running world: one command at a time, within the disruption budgets of the pool; a replacement is up before anything is drained. */
import { US_PER_SECOND } from '@/engine/kernel';
import { raiseAlarm, type World } from '../../../world';
import { karpenter, type Pod } from '../../kubernetes';
import { movingReplicas } from '../node-life/daemons';
import { drainNode } from '../node-life/drain-node';
import { refusesEviction } from '../pod-life/budget-status';
import { podOf, profileOf, worldSnapshot } from '../scheduling/world-scheduler';
import type { KarpenterSpec } from '../spec';
import { groupOf } from './grow-nodes';
import { orderNodes } from './order-nodes';

export function consolidateNodes(world: World, spec: KarpenterSpec): void {
  const { infra, nowUs } = world;
  const isGoing = infra.nodes.some(({ drain, phase }) => drain === 'remove' || phase === 'booting');
  if (isGoing || infra.cluster.pending.length > 0) return;
  const pool = infra.nodes.flatMap((node, index) => (node.group >= 0 && node.phase === 'up' ? [index] : []));
  const allowed = karpenter.allowedDisruptions(spec.budgets ?? [karpenter.DEFAULT_POOL_BUDGET], { nodeCount: pool.length, notReadyOrGoing: pool.filter((index) => !infra.nodes[index]!.ready).length }, 'Underutilized', nowUs / US_PER_SECOND);
  const settleUs = (spec.consolidateAfterSeconds ?? 0) * US_PER_SECOND;
  const candidates = pool.filter((index) => nowUs - infra.nodes[index]!.changedUs >= settleUs && isDisruptable(world, index));
  const command = karpenter.consolidate(
    candidates.map((index) => candidateOf(world, index)),
    allowed,
    { snapshot: worldSnapshot(world), profile: profileOf(infra), instanceTypes: instanceTypes(world), policy: spec.policy ?? 'WhenEmptyOrUnderutilized', pool: totalsOf(world, pool), spotToSpot: false },
  );
  if (command !== null) carryOut(world, command);
}

const podsOn = (world: World, index: number): readonly Pod[] => movingReplicas(world.infra, world.infra.nodes[index]!).filter((r) => world.infra.replicas[r]!.phase !== 'draining').map((r) => podOf(world, r));

const isDisruptable = (world: World, index: number) => {
  const node = world.infra.nodes[index]!;
  return !node.cordoned && node.ready && movingReplicas(world.infra, node).every((r) => refusesEviction(world, r) === null);
};

const candidateOf = (world: World, index: number): karpenter.Candidate => {
  const { name, microUsdPerHour, spot } = world.infra.nodes[index]!;
  return { name, usdPerHour: microUsdPerHour / 1e6, capacityType: spot ? 'spot' : 'on-demand', pods: podsOn(world, index) };
};

/** What can be bought now: groups that have nodes left. */
function instanceTypes(world: World): readonly karpenter.InstanceType[] {
  return world.infra.cluster.groups.flatMap((_, index): karpenter.InstanceType[] => {
    const group = groupOf(world, index);
    const spot = world.infra.nodes.some((node) => node.group === index && node.spot);
    return group === null ? [] : [{ name: group.name, node: group.template, usdPerHour: group.usdPerHour, capacityType: spot ? 'spot' : 'on-demand' }];
  });
}

const totalsOf = (world: World, pool: readonly number[]): karpenter.PoolTotals => ({
  usdPerHour: pool.reduce((sum, index) => sum + world.infra.nodes[index]!.microUsdPerHour / 1e6, 0),
  disruptionCost: pool.reduce((sum, index) => sum + karpenter.disruptionCost(podsOn(world, index)), 0),
});

function carryOut(world: World, { kind, candidates, replacements, savedUsdPerHour }: karpenter.Command): void {
  const { cluster, nodes } = world.infra;
  const goes = candidates.map((name) => nodes.findIndex((node) => node.name === name));
  const [type] = replacements ?? [];
  raiseAlarm(world, 'consolidation', candidates.join(', '), `${kind}: saves ${savedUsdPerHour.toFixed(3)} USD an hour${type === undefined ? '' : `, replaced by one ${type.name}`}`);
  if (type === undefined) return goes.forEach((index) => drainNode(world, index, 'remove'));
  const [ordered] = orderNodes(world, cluster.groups.findIndex(({ name }) => name === type.name), 1);
  if (ordered === undefined) return;
  cluster.replacement = ordered;
  cluster.replaced = goes;
}
