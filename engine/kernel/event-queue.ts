/**
 * Future events, ordered by (time, sequence): events at the same instant keep the order in which
 * they were scheduled. Without the sequence number, replay would depend on the heap's layout.
 *
 * A binary heap over typed arrays: times and sequences lie in heap order (the comparisons stay in
 * cache), the payload lies in slots. An event is three integers: kind, subject (an index) and detail.
 */
import { invariant } from './assert';
import type { TimeUs } from './units';

export type EventQueue = {
  readonly capacity: number;
  length: number;
  nextSequence: number;
  times: Float64Array;
  sequences: Float64Array;
  slots: Int32Array; // in heap order; beyond `length` it holds the free slots
  kinds: Int32Array;
  subjects: Int32Array;
  details: Float64Array;
};

/** The event last taken out. One object per caller, reused: the hot loop allocates nothing. */
export type TakenEvent = { at: TimeUs; kind: number; subject: number; detail: number };

export const takenEvent = (): TakenEvent => ({ at: 0 as TimeUs, kind: 0, subject: 0, detail: 0 });

const FIRST_SIZE = 256;

/** An empty queue that refuses (invariant) to hold more than `capacity` events. */
export function eventQueue(capacity = 4_000_000): EventQueue {
  const size = Math.min(FIRST_SIZE, capacity);
  return {
    capacity,
    length: 0,
    nextSequence: 0,
    times: new Float64Array(size),
    sequences: new Float64Array(size),
    slots: Int32Array.from({ length: size }, (_, i) => i),
    kinds: new Int32Array(size),
    subjects: new Int32Array(size),
    details: new Float64Array(size),
  };
}

/** Puts an event in; `subject` is an int32 index, `detail` any finite number. */
export function schedule(queue: EventQueue, at: TimeUs, kind: number, subject: number, detail = 0): void {
  if (queue.length === queue.times.length) grow(queue);
  const { times, sequences, slots } = queue;
  const slot = slots[queue.length]!;
  queue.kinds[slot] = kind;
  queue.subjects[slot] = subject;
  queue.details[slot] = detail;
  const sequence = queue.nextSequence++;
  let hole = queue.length++;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const above = times[parent]!;
    if (at > above || (at === above && sequence > sequences[parent]!)) break;
    times[hole] = above;
    sequences[hole] = sequences[parent]!;
    slots[hole] = slots[parent]!;
    hole = parent;
  }
  times[hole] = at;
  sequences[hole] = sequence;
  slots[hole] = slot;
}

/** Time of the earliest event; Infinity when empty. */
export const nextEventAt = (queue: EventQueue): number => (queue.length === 0 ? Infinity : queue.times[0]!);

/** Takes the earliest event out into `into`; false when the queue is empty. */
export function takeEvent(queue: EventQueue, into: TakenEvent): boolean {
  if (queue.length === 0) return false;
  const { times, sequences, slots } = queue;
  const top = slots[0]!;
  into.at = times[0]! as TimeUs;
  into.kind = queue.kinds[top]!;
  into.subject = queue.subjects[top]!;
  into.detail = queue.details[top]!;
  const last = --queue.length;
  const at = times[last]!;
  const sequence = sequences[last]!;
  const slot = slots[last]!;
  slots[last] = top; // free again
  if (last > 0) siftDown(queue, last, at, sequence, slot);
  return true;
}

function siftDown(queue: EventQueue, length: number, at: number, sequence: number, slot: number): void {
  const { times, sequences, slots } = queue;
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= length) break;
    let below = times[child]!;
    const right = child + 1;
    if (right < length) {
      const other = times[right]!;
      if (other < below || (other === below && sequences[right]! < sequences[child]!)) {
        child = right;
        below = other;
      }
    }
    if (at < below || (at === below && sequence < sequences[child]!)) break;
    times[hole] = below;
    sequences[hole] = sequences[child]!;
    slots[hole] = slots[child]!;
    hole = child;
  }
  times[hole] = at;
  sequences[hole] = sequence;
  slots[hole] = slot;
}

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
  queue.times = floats(queue.times);
  queue.sequences = floats(queue.sequences);
  queue.details = floats(queue.details);
  queue.kinds = integers(queue.kinds);
  queue.subjects = integers(queue.subjects);
  const slots = integers(queue.slots);
  for (let i = queue.length; i < size; i += 1) slots[i] = i;
  queue.slots = slots;
}
