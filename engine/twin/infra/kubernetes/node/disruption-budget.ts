/**
 * PodDisruptionBudgets as their controller counts them and the eviction API enforces them. Percentages round
 * up, of minAvailable and of maxUnavailable alike. A pod that was evicted but is still there counts as gone
 * for two minutes. Budgets bind evictions only: not preemption, not node loss, not rollouts, not deletes.
 */
import { scaledValue, type IntOrPercent } from './rolling-update';

export const DISRUPTED_POD_SECONDS = 120;

export type BudgetSpec = { readonly minAvailable?: IntOrPercent; readonly maxUnavailable?: IntOrPercent; readonly unhealthyPodEvictionPolicy?: 'IfHealthyBudget' | 'AlwaysAllow' };
export type BudgetCounts = {
  /** What the controllers of the pods want; the pods themselves when minAvailable is a number. */
  readonly expectedPods: number;
  readonly currentHealthy: number;
};
export type BudgetStatus = { readonly desiredHealthy: number; readonly disruptionsAllowed: number };

export function budgetStatus({ minAvailable, maxUnavailable }: BudgetSpec, { expectedPods, currentHealthy }: BudgetCounts): BudgetStatus {
  const desiredHealthy = desiredOf(minAvailable, maxUnavailable, expectedPods);
  return { desiredHealthy, disruptionsAllowed: expectedPods > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0 };
}

function desiredOf(minAvailable: IntOrPercent | undefined, maxUnavailable: IntOrPercent | undefined, expectedPods: number): number {
  if (maxUnavailable !== undefined) return Math.max(0, expectedPods - (scaledValue(maxUnavailable, expectedPods, true) ?? 0));
  return minAvailable === undefined ? 0 : (scaledValue(minAvailable, expectedPods, true) ?? expectedPods);
}

export type EvictionRefusal = 'budget-spent' | 'several-budgets';

/**
 * Whether the eviction API lets a pod go. A pod that is not ready may always go under AlwaysAllow, and under
 * IfHealthyBudget when enough others are healthy. A pod that two budgets select is never evicted.
 */
export function evictionRefusal(podReady: boolean, budgets: readonly { readonly spec: BudgetSpec; readonly status: BudgetStatus; readonly currentHealthy: number }[]): EvictionRefusal | null {
  if (budgets.length === 0) return null;
  if (budgets.length > 1) return 'several-budgets';
  const { spec, status, currentHealthy } = budgets[0]!;
  if (!podReady && spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return null;
  if (!podReady && currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0) return null;
  return status.disruptionsAllowed > 0 ? null : 'budget-spent';
}
