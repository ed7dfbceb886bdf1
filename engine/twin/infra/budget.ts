/** The most all nodes together may cost: above it an alarm is raised, and no group buys a node that would lead there. */
import { raiseAlarm, type World } from '../world';

const isPaid = (phase: string) => phase !== 'removed' && phase !== 'absent';
const dollars = (microUsd: number) => `$${(microUsd / 1e6).toFixed(3)}/h`;

export const spentMicroUsdPerHour = ({ infra }: World) => infra.nodes.reduce((sum, node) => sum + (isPaid(node.phase) ? node.microUsdPerHour : 0), 0);

/** One alarm each time the spend rises above the budget. */
export function watchBudget(world: World): void {
  const { cluster } = world.infra;
  const budget = cluster.settings.budgetMicroUsdPerHour;
  if (budget === undefined) return;
  const spent = spentMicroUsdPerHour(world);
  const over = spent > budget;
  if (over && cluster.overBudget !== true) raiseAlarm(world, 'budget-exceeded', 'system', `the nodes cost ${dollars(spent)}, the budget is ${dollars(budget)}`);
  cluster.overBudget = over;
}

/** How many more nodes of a group the budget pays for; without a budget any number. */
export function nodesWithinBudget(world: World, group: number): number {
  const { cluster } = world.infra;
  const budget = cluster.settings.budgetMicroUsdPerHour;
  const { microUsdPerHour } = cluster.groups[group]!;
  return budget === undefined || microUsdPerHour === 0 ? Infinity : Math.max(0, Math.floor((budget - spentMicroUsdPerHour(world)) / microUsdPerHour));
}

/** How many nodes of a group the budget still pays for, at most `count`; one alarm each time it begins to hold the group back. */
export function affordableNodes(world: World, group: number, count: number): number {
  const { cluster } = world.infra;
  const budget = cluster.settings.budgetMicroUsdPerHour;
  if (budget === undefined) return count;
  const { name, microUsdPerHour } = cluster.groups[group]!;
  const affordable = Math.min(count, nodesWithinBudget(world, group));
  const left = budget - spentMicroUsdPerHour(world);
  const held = affordable < count;
  if (held && cluster.heldByBudget !== true) raiseAlarm(world, 'budget-holds-nodes', name, `${count} nodes at ${dollars(microUsdPerHour)} were wanted, ${dollars(Math.max(0, left))} is left of the budget`);
  cluster.heldByBudget = held;
  return affordable;
}
