/**
 * How fast something grows, with what the data allow to say about it: the Theil–Sen slope (median of all pairwise slopes), which a clean-up or
 * a burst in the window does not pull away, and the middle 90 % of slopes over whole parts of the window as its band.
 */
import { sampleQuantile } from '@/engine/kernel';

export type Point = { readonly atSeconds: number; readonly value: number };
export type Growth = { readonly perSecond: number; readonly slowest: number; readonly fastest: number; /** Share of steps that go up. */ readonly risingShare: number };

const POINTS_MIN = 5;
const POINTS_MAX = 80; // pairs grow with the square
const PARTS = 8;

/** Null for fewer than five points or no time between them. */
export function growth(points: readonly Point[]): Growth | null {
  const used = thin(points.filter(({ value, atSeconds }) => Number.isFinite(value) && Number.isFinite(atSeconds)));
  if (used.length < POINTS_MIN || used[used.length - 1]!.atSeconds <= used[0]!.atSeconds) return null;
  const slopes: number[] = [];
  for (let i = 0; i < used.length; i += 1)
    for (let k = i + 1; k < used.length; k += 1) {
      const seconds = used[k]!.atSeconds - used[i]!.atSeconds;
      if (seconds > 0) slopes.push((used[k]!.value - used[i]!.value) / seconds);
    }
  const far = partSlopes(used);
  const rising = used.slice(1).filter(({ value }, i) => value > used[i]!.value).length;
  const perSecond = sampleQuantile(slopes, 0.5);
  return { perSecond, slowest: Math.min(perSecond, sampleQuantile(far, 0.05)), fastest: Math.max(perSecond, sampleQuantile(far, 0.95)), risingShare: rising / (used.length - 1) };
}

/** Slopes over half of the window, from each eighth on: what a slope of that length varies by. */
function partSlopes(points: readonly Point[]): number[] {
  const half = Math.max(2, Math.floor(points.length / 2));
  const step = Math.max(1, Math.floor(points.length / PARTS));
  const slopes: number[] = [];
  for (let i = 0; i + half < points.length; i += step) slopes.push((points[i + half]!.value - points[i]!.value) / Math.max(1e-9, points[i + half]!.atSeconds - points[i]!.atSeconds));
  return slopes.length > 0 ? slopes : [(points[points.length - 1]!.value - points[0]!.value) / (points[points.length - 1]!.atSeconds - points[0]!.atSeconds)];
}

function thin(points: readonly Point[]): Point[] {
  const step = Math.max(1, Math.ceil(points.length / POINTS_MAX));
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}

/** Seconds until `limit` from `value` at a growth; the band of when. Infinity where it never comes. */
export function timeTo(limit: number, value: number, rate: Growth): { readonly expected: number; readonly earliest: number; readonly latest: number } {
  const at = (perSecond: number) => (value >= limit ? 0 : perSecond <= 0 ? Infinity : (limit - value) / perSecond);
  return { expected: at(rate.perSecond), earliest: at(rate.fastest), latest: at(rate.slowest) };
}
