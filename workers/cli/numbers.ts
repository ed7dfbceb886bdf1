/** Numbers, ranges and durations as a person types them; a wrong one is BadInput that says what was expected. */
import { BadInput } from './bad-input';

export type Bounds = { readonly min: number; readonly max: number };

/** A whole number within bounds, such as `--seed 42`. Underscores are allowed: 1_000_000. */
export function wholeNumber(option: string, text: string, { min, max }: Bounds): number {
  const value = /^-?\d[\d_]*$/.test(text) ? Number(text.replaceAll('_', '')) : NaN;
  if (!Number.isSafeInteger(value) || value < min || value > max) throw new BadInput(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}

/** A decimal number within bounds. */
export function decimalNumber(option: string, text: string, { min, max }: Bounds): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value) || value < min || value > max) throw new BadInput(`${option} takes a number from ${min} to ${max}, not "${text}".`);
  return value;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of a duration such as 90, 90s, 15m, 24h, 7d or 1h30m. */
export function durationSeconds(option: string, text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  const plain = /^\d+(\.\d+)?$/.test(text);
  const total = plain ? Number(text) : parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_SECONDS[unit!]!, 0);
  if (!(plain || parts.map(([part]) => part).join('') === text) || !(total > 0)) throw new BadInput(`${option} takes a duration such as 90s, 15m or 24h, not "${text}".`);
  return total;
}

/** Whole numbers of a range `A..B` (both ends included), such as `--seeds 1..8`. */
export function wholeNumberRange(option: string, text: string, bounds: Bounds & { readonly maxCount: number }): readonly number[] {
  const match = /^(-?\d+)\.\.(-?\d+)$/.exec(text);
  if (match === null) throw new BadInput(`${option} takes a range such as 1..8, not "${text}".`);
  const first = wholeNumber(option, match[1]!, bounds);
  const last = wholeNumber(option, match[2]!, bounds);
  const count = last - first + 1;
  if (count < 1 || count > bounds.maxCount) throw new BadInput(`${option} takes 1 to ${bounds.maxCount} numbers, first ≤ last; "${text}" is ${Math.max(0, count)}.`);
  return Array.from({ length: count }, (_, i) => first + i);
}
