/**
 * STL (Cleveland et al. 1990) and MSTL (Bandara, Hyndman & Bergmeir 2021): a series as trend, one seasonal
 * part per season and a remainder. MSTL takes the seasons shortest first, two passes, seasonal windows
 * 7 + 4i, as R's `forecast::mstl` does. Without robustness weights.
 */
import { loess } from './loess';

export type Decomposition = { readonly trend: Float64Array; readonly seasonal: readonly Float64Array[]; readonly remainder: Float64Array };

const PASSES = 2;
const INNER_LOOPS = 2;

/** `values` complete; every season must fit at least twice. */
export function decompose(values: Float64Array, seasons: readonly number[]): Decomposition {
  const seasonal: Float64Array[] = seasons.map(() => new Float64Array(values.length));
  let trend: Float64Array = loess(values, { window: values.length, degree: 1, jump: Math.max(1, Math.floor(values.length / 50)) });
  for (let pass = 0; pass < PASSES; pass += 1) {
    seasons.forEach((season, i) => {
      const others = values.map((value, t) => value - seasonal.reduce((sum, part, j) => (j === i ? sum : sum + part[t]!), 0));
      const found = stl(others, season, 7 + 4 * (i + 1));
      seasonal[i] = found.seasonal;
      trend = found.trend;
    });
  }
  const remainder = values.map((value, t) => value - trend[t]! - seasonal.reduce((sum, part) => sum + part[t]!, 0));
  return { trend, seasonal, remainder };
}

function stl(values: Float64Array, season: number, window: number): { seasonal: Float64Array; trend: Float64Array } {
  const trendWindow = nextOdd((1.5 * season) / (1 - 1.5 / window));
  let trend: Float64Array = new Float64Array(values.length);
  let seasonal = trend;
  for (let loop = 0; loop < INNER_LOOPS; loop += 1) {
    const cycle = smoothedCycles(values.map((value, t) => value - trend[t]!), season, window);
    const low = lowPass(cycle, season);
    seasonal = values.map((_, t) => cycle[t + season]! - low[t]!);
    trend = loess(values.map((value, t) => value - seasonal[t]!), { window: trendWindow, degree: 1, jump: Math.ceil(trendWindow / 10) });
  }
  return { seasonal, trend };
}

/** Each phase smoothed over the cycles and extended by one cycle at both ends: n + 2·season values. */
function smoothedCycles(values: Float64Array, season: number, window: number): Float64Array {
  const extended = new Float64Array(values.length + 2 * season);
  for (let phase = 0; phase < season; phase += 1) {
    const cycles = Float64Array.from({ length: Math.ceil((values.length - phase) / season) }, (_, c) => values[phase + c * season]!);
    const smooth = loess(cycles, { window, degree: 0 }, -1, cycles.length + 2);
    for (let c = 0; c < smooth.length; c += 1) extended[phase + c * season] = smooth[c]!;
  }
  return extended;
}

/** Moving averages of season, season, 3 and a loess: what is left is no season. */
function lowPass(cycle: Float64Array, season: number): Float64Array {
  const averaged = movingAverage(movingAverage(movingAverage(cycle, season), season), 3);
  const window = nextOdd(season);
  return loess(averaged, { window, degree: 1, jump: Math.ceil(window / 10) });
}

function movingAverage(values: Float64Array, width: number): Float64Array {
  const average = new Float64Array(values.length - width + 1);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += values[i]! - (i >= width ? values[i - width]! : 0);
    if (i >= width - 1) average[i - width + 1] = sum / width;
  }
  return average;
}

function nextOdd(x: number): number {
  const up = Math.ceil(x);
  return up % 2 === 0 ? up + 1 : up;
}
