/**
 * Classical decomposition as R's `decompose` does it: centred moving average, then the mean of each phase.
 * Multiplicative where all values are positive (as the M4 benchmarks want it), additive elsewhere.
 */
export type SeasonalIndex = { readonly kind: 'multiplicative' | 'additive'; readonly index: Float64Array };

export const neutralIndex: SeasonalIndex = { kind: 'additive', index: new Float64Array(1) };

/** Index per phase, phase 0 being the first value. Needs two full seasons of complete values. */
export function seasonalIndex(values: Float64Array, season: number): SeasonalIndex {
  const kind = values.every((value) => value > 0) ? 'multiplicative' : 'additive';
  const trend = centredAverage(values, season);
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  for (let t = 0; t < values.length; t += 1) {
    if (Number.isNaN(trend[t]!)) continue;
    sums[t % season] = sums[t % season]! + (kind === 'multiplicative' ? values[t]! / trend[t]! : values[t]! - trend[t]!);
    counts[t % season] = counts[t % season]! + 1;
  }
  const raw = sums.map((sum, phase) => sum / counts[phase]!);
  const centre = raw.reduce((sum, value) => sum + value, 0) / season;
  return { kind, index: raw.map((value) => (kind === 'multiplicative' ? value / centre : value - centre)) };
}

export const withoutSeason = (values: Float64Array, { kind, index }: SeasonalIndex) =>
  values.map((value, t) => (kind === 'multiplicative' ? value / index[t % index.length]! : value - index[t % index.length]!));

/** Puts the season back on a forecast whose first step is number `from` of the series. */
export const withSeason = (forecast: Float64Array, { kind, index }: SeasonalIndex, from: number) =>
  forecast.map((value, h) => (kind === 'multiplicative' ? value * index[(from + h) % index.length]! : value + index[(from + h) % index.length]!));

/** Moving average over one season, ends of an even season counted half; NaN at both ends. */
export function centredAverage(values: Float64Array, season: number): Float64Array {
  const half = Math.floor(season / 2);
  const average = new Float64Array(values.length).fill(NaN);
  for (let t = half; t + half < values.length; t += 1) {
    let sum = 0;
    for (let i = t - half; i <= t + half; i += 1) sum += (season % 2 === 0 && (i === t - half || i === t + half) ? 0.5 : 1) * values[i]!;
    average[t] = sum / season;
  }
  return average;
}

/** M4's test: |acf(m)| beyond the 90 % limit 1.645·√((1 + 2Σacf²)/n), and at least three seasons. */
export function isSeasonal(values: Float64Array, season: number): boolean {
  if (season < 2 || values.length < 3 * season) return false;
  const correlation = autocorrelation(values, season);
  let squares = 0;
  for (let lag = 1; lag < season; lag += 1) squares += correlation[lag]! * correlation[lag]!;
  return Math.abs(correlation[season]!) > 1.645 * Math.sqrt((1 + 2 * squares) / values.length);
}

/** Autocorrelation at lags 0…lags; a constant series has none (0). */
export function autocorrelation(values: Float64Array, lags: number): Float64Array {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const product = (lag: number) => {
    let sum = 0;
    for (let t = lag; t < values.length; t += 1) sum += (values[t]! - centre) * (values[t - lag]! - centre);
    return sum;
  };
  const variance = product(0);
  return Float64Array.from({ length: lags + 1 }, (_, lag) => (variance === 0 ? 0 : product(lag) / variance));
}
