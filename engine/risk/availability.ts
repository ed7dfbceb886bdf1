/**
 * Availability arithmetic. Products assume independence, which real failures do not keep: the beta factor
 * gives the part of the outages that hits all replicas at once, and it is usually what decides.
 */
import { invariant } from '@/engine/kernel';

/** Up time between failures (MTTF) over up plus repair time. */
export const availabilityOf = (meanUpSeconds: number, meanRepairSeconds: number) => (meanUpSeconds + meanRepairSeconds === 0 ? NaN : meanUpSeconds / (meanUpSeconds + meanRepairSeconds));

/** All are needed. An upper bound for a chain of hard dependencies. */
export const inSeries = (parts: readonly number[]) => parts.reduce((product, part) => product * part, 1);

/** One is enough, failures independent. */
export const inParallel = (parts: readonly number[]) => 1 - parts.reduce((product, part) => product * (1 - part), 1);

/** At least k of n equal, independent parts are up. */
export function kOfN(k: number, n: number, each: number): number {
  invariant(Number.isInteger(k) && Number.isInteger(n) && k >= 0 && n >= k && n <= 10_000, '0 ≤ k ≤ n');
  let up = [1]; // up[j]: probability that j of the parts so far are up
  for (let part = 0; part < n; part += 1) {
    const next = new Array<number>(up.length + 1).fill(0);
    up.forEach((probability, j) => {
      next[j] = next[j]! + probability * (1 - each);
      next[j + 1] = next[j + 1]! + probability * each;
    });
    up = next;
  }
  return up.slice(k).reduce((sum, probability) => sum + probability, 0);
}

/** n parallel replicas of which the share β of the outages is common to all: 1 − (β·q + ((1−β)·q)^n). */
export function withCommonCause(each: number, n: number, beta: number): number {
  const down = 1 - each;
  return 1 - (beta * down + inSeries(new Array<number>(n).fill((1 - beta) * down)));
}

/** Mean attempts per request with `retries` retries of independent failures: what retries do to the load. */
export function attemptsPerRequest(failureShare: number, retries: number): number {
  let attempts = 0;
  let reached = 1;
  for (let i = 0; i <= retries; i += 1) {
    attempts += reached;
    reached *= failureShare;
  }
  return attempts;
}

export const downtimeSecondsPer = (availability: number, periodSeconds: number) => (1 - availability) * periodSeconds;
