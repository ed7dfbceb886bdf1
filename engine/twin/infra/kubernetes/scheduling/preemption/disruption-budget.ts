/**
 * Disruption budgets as preemption sees them: a wish, not a lock. A victim violates when a budget that
 * selects it has nothing left; pods the budget has counted already cost nothing. A pod without labels and an
 * empty selector match no budget.
 */
import type { LabelSelector } from '../../api/labels';
import type { Pod } from '../../api/pod';
import { labelSelectorOf, selects } from '../selector';

export type DisruptionBudget = {
  readonly name: string;
  readonly namespace: string;
  readonly selector: LabelSelector | null;
  readonly disruptionsAllowed: number;
  /** Pods evicted already that the budget still counts. */
  readonly disruptedPods: readonly string[];
};

/** The pods, in order, split into those whose loss violates a budget and those whose loss does not. */
export function splitByBudgets(pods: readonly Pod[], budgets: readonly DisruptionBudget[]): { readonly violating: readonly Pod[]; readonly harmless: readonly Pod[] } {
  const compiled = budgets.map((budget) => ({ budget, selector: labelSelectorOf(budget.selector), left: budget.disruptionsAllowed }));
  const violating: Pod[] = [];
  const harmless: Pod[] = [];
  for (const pod of pods) {
    let violates = false;
    for (const entry of compiled) {
      const { budget, selector } = entry;
      if (selector === null || selector.requirements.length === 0 || Object.keys(pod.labels).length === 0) continue;
      if (budget.namespace !== pod.namespace || !selects(selector, pod.labels) || budget.disruptedPods.includes(pod.name)) continue;
      entry.left -= 1;
      if (entry.left < 0) violates = true;
    }
    (violates ? violating : harmless).push(pod);
  }
  return { violating, harmless };
}
