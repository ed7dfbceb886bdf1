/**
 * Disruption budgets of a node pool: how many nodes may go now. A percentage rounds up; a budget with a
 * schedule only binds for its duration after a start; several bind together through the smallest. Nodes that
 * are not ready or already going count against it. An invalid budget allows nothing.
 */
import { cronMatches, parseCron } from './cron';

export type PoolBudget = {
  readonly nodes: string;
  /** Reasons it speaks of; all when absent. */
  readonly reasons?: readonly string[];
  /** Five-field cron in UTC, with a duration. */
  readonly schedule?: string;
  readonly durationSeconds?: number;
};

export const DEFAULT_POOL_BUDGET: PoolBudget = { nodes: '10%' };

export type PoolState = { readonly nodeCount: number; readonly notReadyOrGoing: number };

const COUNT = /^\d{1,9}$/;
const PERCENT = /^(\d{1,3})%$/;
const MINUTE_SECONDS = 60;

/** How many more nodes may be disrupted for a reason; `now` is seconds since the epoch. */
export function allowedDisruptions(budgets: readonly PoolBudget[], { nodeCount, notReadyOrGoing }: PoolState, reason: string, now: number): number {
  const binding = budgets.filter((budget) => (budget.reasons === undefined || budget.reasons.includes(reason)) && isActive(budget, now));
  const limit = binding.reduce((least, { nodes }) => Math.min(least, limitOf(nodes, nodeCount)), nodeCount);
  return Math.max(0, limit - notReadyOrGoing);
}

function limitOf(nodes: string, nodeCount: number): number {
  if (COUNT.test(nodes)) return Number(nodes);
  const percent = PERCENT.exec(nodes);
  return percent === null ? 0 : Math.ceil((Number(percent[1]) * nodeCount) / 100);
}

/** An unreadable schedule binds always, so that a typing error protects the nodes instead of exposing them. */
function isActive({ schedule, durationSeconds }: PoolBudget, now: number): boolean {
  if (schedule === undefined) return true;
  const cron = parseCron(schedule);
  if (cron === null || durationSeconds === undefined) return true;
  const minute = Math.floor(now / MINUTE_SECONDS);
  const minutes = Math.ceil(durationSeconds / MINUTE_SECONDS);
  for (let back = 0; back < minutes; back += 1) if (cronMatches(cron, minute - back)) return now < (minute - back) * MINUTE_SECONDS + durationSeconds;
  return false;
}
