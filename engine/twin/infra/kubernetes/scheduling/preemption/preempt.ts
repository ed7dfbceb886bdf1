/**
 * Preemption as a whole: may this pod preempt, on which nodes could it, and which of them hurts least. The
 * choice: fewest budget violations, then the lowest top priority among the victims, the smallest sum of
 * priorities, the fewest victims, the victims that started last, and at last the first node.
 */
import { priorityOf, type Pod } from '../../api/pod';
import { judgementWithNominated } from '../judge';
import type { SchedulerProfile } from '../profile';
import type { NodeInfo, Snapshot } from '../snapshot';
import type { DisruptionBudget } from './disruption-budget';
import { selectVictims, type PreemptionCandidate } from './select-victims';

const MIN_CANDIDATE_PERCENT = 10;
const MIN_CANDIDATES = 100;
/** Shifts int32 priorities above 0, so that a sum grows with every victim. */
const PRIORITY_OFFSET = 2 ** 31;

/**
 * A pod that has a nominated node waits while less important pods there are still terminating, unless that
 * node cannot take it at all any more (`nominatedVerdict` never).
 */
export function mayPreempt(pod: Pod, snapshot: Snapshot, nominatedVerdict: 'fit' | 'no' | 'never' | null): boolean {
  if (pod.preemptionPolicy === 'Never') return false;
  const nominated = pod.nominatedNodeName ?? '';
  if (nominated === '' || nominatedVerdict === 'never') return true;
  const pods = snapshot.byName.get(nominated)?.pods ?? [];
  return !pods.some((other) => other.terminating === true && priorityOf(other) < priorityOf(pod));
}

/** Upstream stops looking after this many candidates: 10 % of the nodes, at least 100. */
export const candidateLimit = (nodeCount: number) => Math.min(nodeCount, Math.max(MIN_CANDIDATES, Math.trunc((nodeCount * MIN_CANDIDATE_PERCENT) / 100)));

/** What preempting would cost on each node, in node order from `start`, at most `candidateLimit` entries. */
export function dryRunPreemption(pod: Pod, nodes: readonly NodeInfo[], snapshot: Snapshot, budgets: readonly DisruptionBudget[], profile: SchedulerProfile, start = 0): readonly PreemptionCandidate[] {
  const candidates: PreemptionCandidate[] = [];
  const limit = candidateLimit(nodes.length);
  for (let i = 0; i < nodes.length; i += 1) {
    const candidate = selectVictims(pod, nodes[(start + i) % nodes.length]!, snapshot, budgets, profile);
    if (candidate !== null) candidates.push(candidate);
    if (candidates.length >= limit && candidates.some(({ budgetViolations }) => budgetViolations === 0)) break;
  }
  return candidates;
}

/** All candidates that no criterion tells apart; upstream takes the first. */
export function bestCandidates(candidates: readonly PreemptionCandidate[]): readonly PreemptionCandidate[] {
  const criteria: ((candidate: PreemptionCandidate) => number)[] = [
    ({ budgetViolations }) => budgetViolations,
    ({ victims }) => victims.reduce((top, pod) => Math.max(top, priorityOf(pod)), -Infinity),
    ({ victims }) => victims.reduce((sum, pod) => sum + priorityOf(pod) + PRIORITY_OFFSET, 0),
    ({ victims }) => victims.length,
    ({ victims }) => -earliestTopStart(victims),
  ];
  return criteria.reduce((left, cost) => (left.length < 2 ? left : cheapest(left, cost)), candidates);
}

function cheapest(candidates: readonly PreemptionCandidate[], cost: (candidate: PreemptionCandidate) => number): readonly PreemptionCandidate[] {
  const costs = candidates.map(cost);
  const least = costs.reduce((x, y) => Math.min(x, y), Infinity);
  return candidates.filter((_, i) => costs[i] === least);
}

/** When the first of the most important victims started. */
function earliestTopStart(victims: readonly Pod[]): number {
  const top = victims.reduce((most, pod) => Math.max(most, priorityOf(pod)), -Infinity);
  return victims.filter((pod) => priorityOf(pod) === top).reduce((first, { startTime = Infinity }) => Math.min(first, startTime), Infinity);
}

/** Where a pod that fits nowhere preempts, and whom; null when it may not, or it would not help. */
export function preempt(pod: Pod, snapshot: Snapshot, budgets: readonly DisruptionBudget[], profile: SchedulerProfile): PreemptionCandidate | null {
  const judgement = judgementWithNominated(pod, snapshot, profile);
  const nominated = snapshot.byName.get(pod.nominatedNodeName ?? '');
  if (!mayPreempt(pod, snapshot, nominated === undefined ? null : (judgement.first(nominated)?.verdict ?? 'fit'))) return null;
  const helpable = snapshot.nodes.filter((info) => judgement.first(info)?.verdict === 'no');
  return bestCandidates(dryRunPreemption(pod, helpable, snapshot, budgets, profile))[0] ?? null;
}
