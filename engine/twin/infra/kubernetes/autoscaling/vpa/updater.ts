/**
 * When the updater evicts a pod to give it new requests: a request is outside the recommended range, or it
 * is off by more than 10 % and the pod has lived 12 hours. Source: VPA updater `priority_calculator`.
 */
import type { Amounts, ContainerRecommendation } from './recommend';

const MIN_CHANGE = 0.1;
const MIN_LIFETIME_SECONDS = 12 * 3_600;

export type UpdateReason = 'outside-range' | 'far-from-target';

const AMOUNTS = ['cpuMillicores', 'memoryBytes'] as const;

/** Null: the pod stays. `requests` and `recommendations` have one entry per container. */
export function updateReason(requests: ReadonlyMap<string, Amounts>, recommendations: ReadonlyMap<string, ContainerRecommendation>, ageSeconds: number): UpdateReason | null {
  let change = 0;
  for (const amount of AMOUNTS) {
    let asked = 0;
    let wanted = 0;
    for (const [name, { target, lower, upper }] of recommendations) {
      const request = requests.get(name)?.[amount] ?? 0;
      if (request < lower[amount] || request > upper[amount]) return 'outside-range';
      asked += request;
      wanted += target[amount];
    }
    change += Math.abs(asked - wanted) / Math.max(asked, 1);
  }
  return change >= MIN_CHANGE && ageSeconds >= MIN_LIFETIME_SECONDS ? 'far-from-target' : null;
}
