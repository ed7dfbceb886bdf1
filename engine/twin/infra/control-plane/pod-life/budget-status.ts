/** The disruption budget of a service as its controller counts it: pods that are stopping are no longer healthy. */
import { budgetStatus, evictionRefusal, type BudgetStatus, type EvictionRefusal } from '../../kubernetes';
import type { World } from '../../../world';

export const isHealthy = ({ phase, unready }: { readonly phase: string; readonly unready: boolean }) => phase === 'ready' && !unready;

const healthyPods = ({ infra }: World, service: number) => infra.services[service]!.replicas.filter((index) => isHealthy(infra.replicas[index]!)).length;

export function budgetStatusOf(world: World, service: number): BudgetStatus {
  const { rules, wantedReplicas } = world.infra.services[service]!;
  return budgetStatus(rules.budget ?? {}, { expectedPods: wantedReplicas, currentHealthy: healthyPods(world, service) });
}

/** Whether the eviction API would let this pod go now. */
export function refusesEviction(world: World, index: number): EvictionRefusal | null {
  const replica = world.infra.replicas[index]!;
  const { budget } = world.infra.services[replica.service]!.rules;
  if (budget === null) return null;
  return evictionRefusal(isHealthy(replica), [{ spec: budget, status: budgetStatusOf(world, replica.service), currentHealthy: healthyPods(world, replica.service) }]);
}
