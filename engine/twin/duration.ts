/** A random duration as a person writes it, and as the twin draws it. */
import type { Law, Variate } from '@/engine/kernel';
import { member, onlyKeys, optional, readChoice, readNumber, type SpecReader } from './spec-reader';

export type DurationSpec = { readonly meanMs: number; readonly cv?: number; readonly law?: Law };

export function readDuration(at: SpecReader): DurationSpec {
  onlyKeys(at, ['meanMs', 'cv', 'law']);
  return {
    meanMs: readNumber(member(at, 'meanMs'), { min: 0, max: 3_600_000 }),
    cv: optional(at, 'cv', (m) => readNumber(m, { min: 0, max: 20 })),
    law: optional(at, 'law', (m) => readChoice(m, ['constant', 'exponential', 'lognormal'])),
  };
}

/** In microseconds; without a law, a spread means lognormal and none means constant. */
export function variateUs(spec: DurationSpec): Variate {
  const cv = spec.cv ?? (spec.law === 'exponential' ? 1 : 0);
  return { law: spec.law ?? (cv === 0 ? 'constant' : 'lognormal'), mean: spec.meanMs * 1_000, cv };
}
