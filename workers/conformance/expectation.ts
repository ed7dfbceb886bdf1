/**
 * What a fact expects. Most say it in `expect`; a series of steps says it at the steps that ask, and a merge
 * says it by its name: the two sides make the whole.
 */
import type { Fact } from './fact';

const ASKING = ['percentile', 'empty'];

/** Undefined: the fact expects nothing, it only asks. */
export function expectationOf(fact: Fact): unknown {
  if (fact.expect !== undefined) return fact.expect;
  if (fact.op === 'merge') return { equal: true };
  if (fact.op !== 'steps' || !Array.isArray(fact['steps'])) return undefined;
  const asking = fact['steps'].filter(isAsking);
  return asking.every((step) => Object.hasOwn(step, 'expect')) ? asking.map((step) => step['expect']) : undefined;
}

const isAsking = (step: unknown): step is Readonly<Record<string, unknown>> => typeof step === 'object' && step !== null && 'do' in step && typeof step.do === 'string' && ASKING.includes(step.do);
