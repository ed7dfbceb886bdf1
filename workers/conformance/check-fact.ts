/** One fact: its answer, in the shape of what it expects, and whether that is right. */
import type { kubernetes } from '@/engine/twin';
import { differenceOf } from './compare';
import { expectationOf } from './expectation';
import { FactError, type Fact } from './fact';
import { operationOf } from './operations';

export type Verdict = { readonly id: string; readonly got: unknown; readonly problem: string | null };

export type AnswerResult = { readonly ok: true; readonly got: unknown; readonly unread: readonly string[] } | { readonly ok: false; readonly problem: string };

/** All an operation can say, cut to the keys of `expect` where there is one. */
export function answerFact(area: string, fact: Fact, version: kubernetes.KubernetesVersion): AnswerResult {
  const operation = operationOf(area, fact.op);
  if (operation === undefined) return { ok: false, problem: `no operation "${fact.op}" for ${area} facts` };
  try {
    const { answer, unread } = operation(fact, version);
    return { ok: true, got: shapedLike(expectationOf(fact), answer), unread };
  } catch (error) {
    if (error instanceof FactError) return { ok: false, problem: error.message };
    throw error;
  }
}

/** Null as `problem` means right; a fact without `expect` has nothing to be wrong about, but may say what nobody understands. */
export function checkFact(area: string, fact: Fact, version: kubernetes.KubernetesVersion): Verdict {
  const answer = answerFact(area, fact, version);
  if (!answer.ok) return { id: fact.id, got: null, problem: answer.problem };
  return { id: fact.id, got: answer.got, problem: unreadProblem(answer.unread) ?? problemOf(fact, answer.got) };
}

const unreadProblem = (unread: readonly string[]) => (unread.length === 0 ? null : `no rule looks at ${unread.join(', ')}`);

/** Upstream gives a range for an OOM score; everywhere else the answer itself is compared. */
function problemOf(fact: Fact, got: unknown): string | null {
  const expected = expectationOf(fact);
  if (expected === undefined) return null;
  if (fact.op !== 'oom-adj') return differenceOf(expected, got);
  const range = fact.expect as { readonly min?: unknown; readonly max?: unknown };
  const value = (got as { readonly value?: unknown }).value;
  const inside = typeof value === 'number' && typeof range.min === 'number' && typeof range.max === 'number' && value >= range.min && value <= range.max;
  return inside ? null : differenceOf(fact.expect, got);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function shapedLike(expect: unknown, full: unknown): unknown {
  if (!isRecord(expect) || !isRecord(full)) return full;
  return Object.fromEntries(Object.keys(expect).filter((key) => Object.hasOwn(full, key)).map((key) => [key, full[key]]));
}
