/**
 * Two copies of one record become one. A version vector counts the writes of each side that a copy has seen: a copy that
 * has seen all the other has is newer; where each has seen something of its own, the writes were concurrent.
 */
import type { ConflictRule } from './edge-spec';

export type Copy = {
  /** Writes that stand, by number; more than one where concurrent ones were kept. */
  readonly values: readonly number[];
  /** Clock of the last write, and its side: 0 the site, 1 the centre. */
  readonly stampUs: number;
  readonly side: 0 | 1;
  readonly seen: readonly [site: number, centre: number];
};

export const EMPTY_COPY: Copy = { values: [], stampUs: 0, side: 0, seen: [0, 0] };

/** The copy after a write of `side` on top of it: it replaces what its writer saw. */
export function writeCopy(before: Copy, side: 0 | 1, value: number, stampUs: number): Copy {
  const [site, centre] = before.seen;
  return { values: [value], stampUs, side, seen: side === 0 ? [site + 1, centre] : [site, centre + 1] };
}

export type Order = 'same' | 'first' | 'second' | 'concurrent';

/** Which copy knows more. */
export function compareCopies(a: Copy, b: Copy): Order {
  const aKnows = a.seen[0] >= b.seen[0] && a.seen[1] >= b.seen[1];
  const bKnows = b.seen[0] >= a.seen[0] && b.seen[1] >= a.seen[1];
  return aKnows ? (bKnows ? 'same' : 'first') : bKnows ? 'second' : 'concurrent';
}

export type Merged = { readonly copy: Copy; readonly concurrent: boolean; /** Writes that nobody overwrote knowingly and that are gone all the same. */ readonly lost: number };

/** Commutative and idempotent: both sides come to the same copy whoever asks. */
export function mergeCopies(a: Copy, b: Copy, rule: ConflictRule): Merged {
  const order = compareCopies(a, b);
  if (order === 'same') return { copy: a, concurrent: false, lost: 0 };
  const seen = [Math.max(a.seen[0], b.seen[0]), Math.max(a.seen[1], b.seen[1])] as const;
  if (rule === 'version-vector') {
    if (order !== 'concurrent') return { copy: order === 'first' ? a : b, concurrent: false, lost: 0 };
    const later = isLater(a, b) ? a : b;
    return { copy: { ...later, values: [...new Set([...a.values, ...b.values])].sort((x, y) => x - y), seen }, concurrent: true, lost: 0 };
  }
  const [winner, loser] = isLater(a, b) ? [a, b] : [b, a];
  const knewIt = compareCopies(winner, loser) === 'first';
  return { copy: { ...winner, seen }, concurrent: order === 'concurrent', lost: knewIt ? 0 : loser.values.length };
}

/** By clock, the centre winning a tie. */
const isLater = (a: Copy, b: Copy) => a.stampUs > b.stampUs || (a.stampUs === b.stampUs && a.side >= b.side);
