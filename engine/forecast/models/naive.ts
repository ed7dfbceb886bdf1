/** The models every other one must beat: the last value, the last season, the line from first to last. */
import { fillGaps } from '../fill-gaps';
import { parametricForecaster, type History } from '../forecaster';

const nothing = () => null;

export const naive = parametricForecaster({
  id: 'naive',
  title: 'Last value',
  leastPoints: () => 1,
  estimate: nothing,
  extrapolate: (history, _, horizon) => new Float64Array(horizon).fill(lastObserved(history.values)),
});

/** The latest observed value at the same phase of the given season; the whole history when it is shorter. */
const seasonalRepeat = (id: string, title: string, pick: (seasons: readonly number[]) => number) =>
  parametricForecaster({
    id,
    title,
    leastPoints: pick,
    estimate: nothing,
    extrapolate: (history: History, _: null, horizon: number) => repeatSeason(fillGaps(history), pick(history.seasons), horizon),
  });

export const seasonalNaive = seasonalRepeat('seasonal-naive', 'Same time last season', (seasons) => seasons[0] ?? 1);
/** Repeats the longest season (a week) instead of the shortest (a day). */
export const longSeasonalNaive = seasonalRepeat('long-seasonal-naive', 'Same time last long season', (seasons) => seasons[seasons.length - 1] ?? 1);

export const drift = parametricForecaster({
  id: 'drift',
  title: 'Line from first to last value',
  leastPoints: () => 2,
  estimate: nothing,
  extrapolate: (history, _, horizon) => {
    const values = fillGaps(history);
    const last = values[values.length - 1]!;
    const slope = values.length < 2 ? 0 : (last - values[0]!) / (values.length - 1);
    return Float64Array.from({ length: horizon }, (_unused, h) => last + slope * (h + 1));
  },
});

export function repeatSeason(values: Float64Array, season: number, horizon: number): Float64Array {
  const period = Math.max(1, Math.min(season, values.length));
  return Float64Array.from({ length: horizon }, (_, h) => values[values.length - period + (h % period)]!);
}

function lastObserved(values: Float64Array): number {
  for (let i = values.length - 1; i >= 0; i -= 1) if (!Number.isNaN(values[i]!)) return values[i]!;
  return NaN;
}
