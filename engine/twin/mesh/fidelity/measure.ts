/** One line of the fidelity table: how many comparisons were made, how many held, and which did not. */
export type Miss = { readonly what: string; readonly recorded: number; readonly lower: number; readonly upper: number };
export type Measure = { readonly name: string; readonly unit: string; readonly total: number; readonly held: number; readonly bar: number; readonly misses: readonly Miss[] };

export type Comparison = Miss & { readonly held: boolean };

const MISSES_SHOWN = 12;

/** `bar` is the share that has to hold. The first misses are kept for the reader. */
export function measureOf(name: string, unit: string, bar: number, comparisons: readonly Comparison[]): Measure {
  const misses = comparisons.filter((c) => !c.held).map(({ what, recorded, lower, upper }): Miss => ({ what, recorded, lower, upper }));
  return { name, unit, total: comparisons.length, held: comparisons.length - misses.length, bar, misses: misses.slice(0, MISSES_SHOWN) };
}

export const isMet = ({ total, held, bar }: Measure) => total === 0 || held >= bar * total;

/** Measures of several recordings with one name become one. */
export function mergeMeasures(parts: readonly Measure[]): Measure[] {
  const merged = new Map<string, Measure>();
  for (const part of parts) {
    const sum = merged.get(part.name);
    merged.set(part.name, sum === undefined ? part : { ...sum, total: sum.total + part.total, held: sum.held + part.held, misses: [...sum.misses, ...part.misses] });
  }
  return [...merged.values()];
}
