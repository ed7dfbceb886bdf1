/** The table of requests in flight: typed arrays with a free list, doubled when full. */
import { invariant } from '@/engine/kernel';
import type { Spans } from './infra';

/** More requests in flight than any modelled system holds; a world that needs more is overloaded beyond use. */
export const SPANS_MAX = 1_000_000;
const FIRST_SIZE = 256;

const INTEGERS = [
  'generation', 'service', 'replica', 'parent', 'parentGeneration', 'callIndex', 'callsLeft', 'attempts', 'role', 'join', 'openBranches', 'neededAnswers', 'item', 'load', 'ticket', 'instance', 'writes',
] as const;
const FLOATS = ['startUs', 'remainingUs', 'originUs', 'returnUs'] as const;

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
    role: ints(),
    join: ints(),
    openBranches: ints(),
    neededAnswers: ints(),
    item: ints(),
    load: ints(),
    ticket: ints(),
    instance: ints(),
    writes: ints(),
    startUs: floats(),
    remainingUs: floats(),
    originUs: floats(),
    returnUs: floats(),
  };
}

/** A free slot; its fields are the caller's to fill, except that it is an open load’s plain request. */
export function allocateSpan(spans: Spans): number {
  if (spans.freeCount === 0) grow(spans);
  const span = spans.free[--spans.freeCount]!;
  spans.role[span] = spans.writes[span] = 0;
  spans.item[span] = spans.load[span] = spans.ticket[span] = spans.instance[span] = -1;
  return span;
}

export function freeSpan(spans: Spans, span: number): void {
  spans.generation[span] = spans.generation[span]! + 1;
  spans.free[spans.freeCount++] = span;
}

function grow(spans: Spans): void {
  const size = spans.size * 2;
  invariant(size <= SPANS_MAX * 2 && spans.size < SPANS_MAX, `more than ${SPANS_MAX} requests in flight`);
  for (const key of INTEGERS) {
    const grown = new Int32Array(size);
    grown.set(spans[key]);
    spans[key] = grown;
  }
  for (const key of FLOATS) {
    const grown = new Float64Array(size);
    grown.set(spans[key]);
    spans[key] = grown;
  }
  spans.free = new Int32Array(size);
  for (let i = 0; i < size - spans.size; i += 1) spans.free[i] = size - 1 - i;
  spans.freeCount = size - spans.size;
  spans.size = size;
}
