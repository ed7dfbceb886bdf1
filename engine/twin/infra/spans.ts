/** The table of requests in flight: allocate, free, grow up to a named limit. */
import { invariant } from '@/engine/kernel';
import type { Spans } from './infra';

/** More requests in flight than any modelled system holds; a world that needs more is overloaded beyond use. */
export const SPANS_MAX = 1_000_000;
const FIRST_SIZE = 256;

export function spanTable(): Spans {
  const ints = () => new Int32Array(FIRST_SIZE);
  const floats = () => new Float64Array(FIRST_SIZE);
  return {
    size: FIRST_SIZE,
    free: Int32Array.from({ length: FIRST_SIZE }, (_, i) => FIRST_SIZE - 1 - i),
    freeCount: FIRST_SIZE,
    generation: ints(),
    service: ints(),
    replica: ints(),
    parent: ints(),
    parentGeneration: ints(),
    callIndex: ints(),
    callsLeft: ints(),
    attempts: ints(),
    startUs: floats(),
    remainingUs: floats(),
    originUs: floats(),
    returnUs: floats(),
  };
}

/** A free slot; its fields are the caller's to fill. */
export function allocateSpan(spans: Spans): number {
  if (spans.freeCount === 0) grow(spans);
  return spans.free[--spans.freeCount]!;
}

export function freeSpan(spans: Spans, span: number): void {
  spans.generation[span] = spans.generation[span]! + 1;
  spans.free[spans.freeCount++] = span;
}

function grow(spans: Spans): void {
  const size = spans.size * 2;
  invariant(size <= SPANS_MAX * 2 && spans.size < SPANS_MAX, `more than ${SPANS_MAX} requests in flight`);
  const ints = (old: Int32Array) => {
    const grown = new Int32Array(size);
    grown.set(old);
    return grown;
  };
  const floats = (old: Float64Array) => {
    const grown = new Float64Array(size);
    grown.set(old);
    return grown;
  };
  for (const key of ['generation', 'service', 'replica', 'parent', 'parentGeneration', 'callIndex', 'callsLeft', 'attempts'] as const) spans[key] = ints(spans[key]);
  for (const key of ['startUs', 'remainingUs', 'originUs', 'returnUs'] as const) spans[key] = floats(spans[key]);
  spans.free = new Int32Array(size);
  for (let i = 0; i < size - spans.size; i += 1) spans.free[i] = size - 1 - i;
  spans.freeCount = size - spans.size;
  spans.size = size;
}
