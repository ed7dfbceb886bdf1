/** Laws of durations on their grids, worked out once: demands and waits of services do not change. */
import type { Variate } from '@/engine/kernel';
import { fromVariate, type Distribution } from './distribution';

export type Laws = Map<string, Distribution>;

export function lawOf(laws: Laws, variate: Variate): Distribution {
  const key = `${variate.law} ${variate.mean} ${variate.cv}`;
  const known = laws.get(key) ?? fromVariate(variate);
  laws.set(key, known);
  return known;
}
