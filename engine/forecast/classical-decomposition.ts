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

/** Moving average over one season, ends of an even season counted half; NaN at both ends. Running sums: O(n). */
export function centredAverage(values: Float64Array, season: number): Float64Array {
  const half = Math.floor(season / 2);
  const sums = new Float64Array(values.length + 1); // sums[i]: of the first i values
  for (let i = 0; i < values.length; i += 1) sums[i + 1] = sums[i]! + values[i]!;
  const average = new Float64Array(values.length).fill(NaN);
  for (let t = half; t + half < values.length; t += 1) {
    const whole = sums[t + half + 1]! - sums[t - half]!;
    average[t] = (season % 2 === 0 ? whole - (values[t - half]! + values[t + half]!) / 2 : whole) / season;
  }
  return average;
}

/** Products that the test may cost; a longer series is judged by its recent part. */
const TEST_PRODUCTS = 5_000_000;

/** M4's test: |acf(m)| beyond the 90 % limit 1.645·√((1 + 2Σacf²)/n), and at least three seasons. */
export function isSeasonal(values: Float64Array, season: number): boolean {
  if (season < 2 || values.length < 3 * season) return false;
  const judged = values.subarray(-Math.max(3 * season, Math.floor(TEST_PRODUCTS / season)));
  const correlation = autocorrelation(judged, season);
  let squares = 0;
  for (let lag = 1; lag < season; lag += 1) squares += correlation[lag]! * correlation[lag]!;
  return Math.abs(correlation[season]!) > 1.645 * Math.sqrt((1 + 2 * squares) / judged.length);
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
