/**
 * Splits a whole amount into whole parts in proportion to weights, so that the parts add up exactly: each
 * part is rounded down and the rest goes, one by one, to the largest remainders (ties to the earlier part).
 */
import { invariant } from '@/engine/kernel';

/** Weights are finite and not negative. All zero: everything is left over, and every part is 0. */
export function splitAmount(amount: number, weights: readonly number[]): number[] {
  invariant(Number.isSafeInteger(amount) && amount >= 0, 'an amount is a whole number, not negative');
  invariant(weights.every((weight) => Number.isFinite(weight) && weight >= 0), 'weights are finite and not negative');
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  if (largest === 0) return weights.map(() => 0);
  const scaled = weights.map((weight) => weight / largest); // sums of huge weights would overflow
  const total = scaled.reduce((sum, weight) => sum + weight, 0);
  const exact = scaled.map((weight) => (amount * weight) / total);
  const parts = exact.map(Math.floor);
  const left = amount - parts.reduce((sum, part) => sum + part, 0);
  const remainders = exact.map((value, i) => ({ i, rest: value - parts[i]! })).filter(({ i }) => weights[i]! > 0);
  // rounding of very large amounts can also give out too much: then the largest part gives back
  const order = left >= 0 ? remainders.sort((x, y) => y.rest - x.rest || x.i - y.i) : remainders.sort((x, y) => parts[y.i]! - parts[x.i]! || x.i - y.i);
  for (let k = 0; k < Math.abs(left); k += 1) {
    const { i } = order[k % order.length]!;
    parts[i] = parts[i]! + Math.sign(left);
  }
  return parts;
}
