/**
 * Future events, ordered by (time, sequence): events at the same instant keep the order in which
 * they were scheduled. Without the sequence number, replay would depend on the heap's layout.
 *
 * A binary heap over typed arrays. Only (time, slot) move in the heap; sequence and payload stay in their
 * slot, and sequences are read on ties alone. Taking is bottom-up (Wegener 1993): the hole sinks to a leaf
 * with one comparison a level and no early exit, because a last leaf nearly always belongs near a leaf;
 * the child is chosen by arithmetic, not by a branch that nobody could predict.
 */
import { invariant } from './assert';
import type { TimeUs } from './units';

export type EventQueue = {
  readonly capacity: number;
  /** The clock: the time of the last event taken. Nothing can be scheduled before it. */
  now: TimeUs;
  length: number;
  nextSequence: number;
  times: Float64Array; // in heap order
  slots: Int32Array; // in heap order; beyond `length` it holds the free slots
  sequences: Float64Array; // the rest is by slot
  kinds: Int32Array;
  subjects: Int32Array;
  details: Float64Array;
};

/** The event last taken out. One object per caller, reused: the hot loop allocates nothing. */
export type TakenEvent = { at: TimeUs; kind: number; subject: number; detail: number };

export const takenEvent = (): TakenEvent => ({ at: 0 as TimeUs, kind: 0, subject: 0, detail: 0 });

const FIRST_SIZE = 256;

/** An empty queue whose clock stands at 0; it refuses (invariant) to hold more than `capacity` events. */
export function eventQueue(capacity = 4_000_000): EventQueue {
  const size = Math.min(FIRST_SIZE, capacity);
  return {
    capacity,
    now: 0 as TimeUs,
    length: 0,
    nextSequence: 0,
    times: new Float64Array(size),
    slots: Int32Array.from({ length: size }, (_, i) => i),
    sequences: new Float64Array(size),
    kinds: new Int32Array(size),
    subjects: new Int32Array(size),
    details: new Float64Array(size),
  };
}

/** Puts an event in, at the clock or later; `kind` and `subject` are int32, `detail` is any number. */
export function schedule(queue: EventQueue, at: TimeUs, kind: number, subject: number, detail = 0): void {
  if (!(at >= queue.now && at < Infinity)) invariant(false, `an event at ${at} cannot be scheduled: the clock stands at ${queue.now}`);
  if (queue.length === queue.times.length) grow(queue);
  const slot = queue.slots[queue.length]!;
  queue.sequences[slot] = queue.nextSequence++;
  queue.kinds[slot] = kind;
  queue.subjects[slot] = subject;
  queue.details[slot] = detail;
  rise(queue, queue.length++, at, slot);
}

/** Time of the earliest event; Infinity when empty. */
export const nextEventAt = (queue: EventQueue): number => (queue.length === 0 ? Infinity : queue.times[0]!);

/** Takes the earliest event out into `into` and sets the clock to it; false when the queue is empty. */
export function takeEvent(queue: EventQueue, into: TakenEvent): boolean {
  if (queue.length === 0) return false;
  const slot = queue.slots[0]!;
  queue.now = queue.times[0]! as TimeUs;
  into.at = queue.now;
  into.kind = queue.kinds[slot]!;
  into.subject = queue.subjects[slot]!;
  into.detail = queue.details[slot]!;
  const last = --queue.length;
  const moved = queue.slots[last]!;
  queue.slots[last] = slot; // free again
  if (last > 0) rise(queue, sinkHole(queue), queue.times[last]!, moved);
  return true;
}

/** Sinks a hole from the root to a leaf, along the earlier children; returns where it ended. */
function sinkHole(queue: EventQueue): number {
  const { times, slots, length } = queue;
  let hole = 0;
  let right = 2;
  while (right < length) {
    const rightAt = times[right]!;
    const leftAt = times[right - 1]!;
    const leftFirst = leftAt === rightAt ? isEarlier(queue, slots[right - 1]!, slots[right]!) : leftAt < rightAt;
    const child = right - +leftFirst;
    times[hole] = times[child]!;
    slots[hole] = slots[child]!;
    hole = child;
    right = 2 * child + 2;
  }
  if (right === length) {
    times[hole] = times[right - 1]!;
    slots[hole] = slots[right - 1]!;
    hole = right - 1;
  }
  return hole;
}

/** Lets the event in `slot` rise from `hole` to its place. */
function rise(queue: EventQueue, hole: number, at: number, slot: number): void {
  const { times, slots } = queue;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const above = times[parent]!;
    if (at > above || (at === above && isEarlier(queue, slots[parent]!, slot))) break;
    times[hole] = above;
    slots[hole] = slots[parent]!;
    hole = parent;
  }
  times[hole] = at;
  slots[hole] = slot;
}

const isEarlier = (queue: EventQueue, slot: number, other: number) => queue.sequences[slot]! < queue.sequences[other]!;

function grow(queue: EventQueue): void {
  const size = Math.min(queue.times.length * 2, queue.capacity);
  invariant(size > queue.length, `the event queue is full (${queue.capacity} events)`);
  const floats = (old: Float64Array) => {
    const grown = new Float64Array(size);
    grown.set(old);
    return grown;
  };
  const integers = (old: Int32Array) => {
    const grown = new Int32Array(size);
    grown.set(old);
    return grown;
  };
  const slots = integers(queue.slots);
  for (let i = queue.length; i < size; i += 1) slots[i] = i;
  queue.slots = slots;
  queue.times = floats(queue.times);
  queue.sequences = floats(queue.sequences);
  queue.details = floats(queue.details);
  queue.kinds = integers(queue.kinds);
  queue.subjects = integers(queue.subjects);
}
