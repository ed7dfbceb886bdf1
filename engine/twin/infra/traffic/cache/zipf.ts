/**
 * Which of `items` things is asked for, by rank from 0: popularity falls as rank^−skew (Breslau et al., INFOCOM 1999, found
 * 0.6 to 0.9 for web pages). Drawn by rejection-inversion (Hörmann and Derflinger, ACM TOMACS 1996), which needs no
 * table and about one try; its curve is the integral of x^−skew.
 */
import { exp, log, nextUnit, pow, type Random } from '@/engine/kernel';

export type Popularity = { readonly items: number; readonly skew: number };

const isOne = (skew: number) => skew > 1 - 1e-9 && skew < 1 + 1e-9;
const area = (x: number, skew: number) => (isOne(skew) ? log(x) : (pow(x, 1 - skew) - 1) / (1 - skew));
const areaEndsAt = (a: number, skew: number) => (isOne(skew) ? exp(a) : pow(1 + a * (1 - skew), 1 / (1 - skew)));

export function drawRank(random: Random, { items, skew }: Popularity): number {
  if (skew === 0) return Math.min(items - 1, Math.floor(nextUnit(random) * items));
  const first = area(1.5, skew) - 1;
  const last = area(items + 0.5, skew);
  for (;;) {
    const a = last + nextUnit(random) * (first - last);
    const rank = Math.min(items, Math.max(1, Math.round(areaEndsAt(a, skew))));
    if (a >= area(rank + 0.5, skew) - pow(rank, -skew)) return rank - 1;
  }
}

/** Share of requests for each rank. */
export function sharesOfRanks({ items, skew }: Popularity): Float64Array {
  const shares = new Float64Array(items);
  let sum = 0;
  for (let rank = 1; rank <= items; rank += 1) sum += shares[rank - 1] = skew === 0 ? 1 : pow(rank, -skew);
  for (let i = 0; i < items; i += 1) shares[i] = shares[i]! / sum;
  return shares;
}
