/**
 * The smallest set of less important pods whose removal lets a pod fit on a node: take all of them away, and
 * if it fits then, give back one after the other, those protected by a budget first, important ones first,
 * keeping each that still leaves a fit. Source: plugin `defaultpreemption`.
 */
import { priorityOf, type Pod } from '../../api/pod';
import { judgementWithNominated } from '../judge';
import type { SchedulerProfile } from '../profile';
import { withPodsOn, type NodeInfo, type Snapshot } from '../snapshot';
import { splitByBudgets, type DisruptionBudget } from './disruption-budget';

export type PreemptionCandidate = {
  readonly nodeName: string;
  /** Most important first. */
  readonly victims: readonly Pod[];
  readonly budgetViolations: number;
};

/** Higher priority first; among equals, the one that has run longer. Not started counts as started now. */
export const byImportance = (x: Pod, y: Pod) => priorityOf(y) - priorityOf(x) || compareStart(x, y);

function compareStart(x: Pod, y: Pod): number {
  const a = x.startTime ?? Infinity;
  const b = y.startTime ?? Infinity;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Null when the node has nobody to preempt, or preempting everybody would not help. */
export function selectVictims(pod: Pod, info: NodeInfo, snapshot: Snapshot, budgets: readonly DisruptionBudget[], profile: SchedulerProfile): PreemptionCandidate | null {
  const lower = info.pods.filter((other) => priorityOf(other) < priorityOf(pod));
  if (lower.length === 0) return null;
  let kept = info.pods.filter((other) => !lower.includes(other));
  const fitsWith = (pods: readonly Pod[]) => {
    const changed = withPodsOn(snapshot, info, pods);
    return judgementWithNominated(pod, changed.snapshot, profile).first(changed.info) === null;
  };
  if (!fitsWith(kept)) return null;
  const { violating, harmless } = splitByBudgets([...lower].sort(byImportance), budgets);
  const victims: Pod[] = [];
  const giveBack = (other: Pod): boolean => {
    const fits = fitsWith([...kept, other]);
    if (fits) kept = [...kept, other];
    else victims.push(other);
    return fits;
  };
  const budgetViolations = violating.filter((other) => !giveBack(other)).length;
  harmless.forEach(giveBack);
  return { nodeName: info.node.name, victims: victims.sort(byImportance), budgetViolations };
}
