/**
 * Exponential smoothing with additive trend and season (Hyndman & Athanasopoulos, “Forecasting: principles
 * and practice”, ch. 8): simple, Holt, Holt–Winters, damped. In component form
 *   l = α(y−s) + (1−α)(l'+φb')    b = β(l−l') + (1−β)φb'    s = γ(y−l'−φb') + (1−γ)s
 * with 0<α,β,γ<1 and φ in 0.8…0.98 (1 when not damped). Parameters minimise the squared one-step error;
 * first states come from the first seasons.
 */
import { log } from '@/engine/kernel';
import { minimize, type Box } from '../minimize';

export type SmoothingShape = { readonly trend: 'none' | 'additive' | 'damped'; readonly season: number };
export type SmoothingParameters = { readonly alpha: number; readonly beta: number; readonly gamma: number; readonly phi: number };
export type SmoothingState = { level: number; slope: number; readonly seasonal: Float64Array; time: number };

/** Runs through complete values; returns the last state and the sum of squared one-step errors. */
export function smooth(values: Float64Array, shape: SmoothingShape, { alpha, beta, gamma, phi }: SmoothingParameters): { state: SmoothingState; squares: number } {
  const state = firstState(values, shape);
  const { seasonal } = state;
  const period = seasonal.length;
  let { level, slope } = state;
  let squares = 0;
  for (let t = 0; t < values.length; t += 1) {
    const y = values[t]!;
    const phase = t % period;
    const s = seasonal[phase]!;
    const ahead = level + phi * slope;
    const error = y - ahead - s;
    squares += error * error;
    const next = alpha * (y - s) + (1 - alpha) * ahead;
    slope = beta * (next - level) + (1 - beta) * phi * slope;
    seasonal[phase] = gamma * (y - ahead) + (1 - gamma) * s;
    level = next;
  }
  return { state: { level, slope, seasonal, time: values.length }, squares };
}

/** l + (φ+…+φ^h)·b + s for h = 1…horizon. */
export function extrapolateState({ level, slope, seasonal, time }: SmoothingState, phi: number, horizon: number): Float64Array {
  const mean = new Float64Array(horizon);
  let damp = 0;
  let power = 1;
  for (let h = 0; h < horizon; h += 1) {
    power *= phi;
    damp += power;
    mean[h] = level + damp * slope + seasonal[(time + h) % seasonal.length]!;
  }
  return mean;
}

export type FittedSmoothing = { readonly shape: SmoothingShape; readonly parameters: SmoothingParameters; readonly aicc: number };

/** The parameters with the smallest squared error. */
export function fitSmoothing(values: Float64Array, shape: SmoothingShape): FittedSmoothing {
  const box: Box[] = [{ start: 0.3, low: 0.001, high: 0.999 }];
  const hasTrend = shape.trend !== 'none';
  const hasSeason = shape.season > 1;
  if (hasTrend) box.push({ start: 0.05, low: 0.0001, high: 0.9 });
  if (hasSeason) box.push({ start: 0.1, low: 0.0001, high: 0.999 });
  if (shape.trend === 'damped') box.push({ start: 0.95, low: 0.8, high: 0.98 });
  const parametersAt = (at: readonly number[]): SmoothingParameters => ({
    alpha: at[0]!,
    beta: hasTrend ? at[1]! : 0,
    gamma: hasSeason ? at[hasTrend ? 2 : 1]! : 0,
    phi: shape.trend === 'damped' ? at[at.length - 1]! : shape.trend === 'none' ? 0 : 1,
  });
  const best = minimize((at) => smooth(values, shape, parametersAt(at)).squares, box);
  return { shape, parameters: parametersAt(best.at), aicc: correctedAic(values.length, best.value, box.length + 1 + (hasTrend ? 1 : 0) + (hasSeason ? shape.season - 1 : 0)) };
}

/** Akaike's criterion with small-sample correction; an exact fit is best of all. */
function correctedAic(n: number, squares: number, parameters: number): number {
  const k = parameters + 1;
  if (n - k - 1 <= 0) return Infinity;
  return n * log(Math.max(squares, 1e-300) / n) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}

function firstState(values: Float64Array, { trend, season }: SmoothingShape): SmoothingState {
  if (season <= 1) {
    const slope = trend === 'none' || values.length < 2 ? 0 : (values[Math.min(values.length - 1, 4)]! - values[0]!) / Math.min(values.length - 1, 4);
    return { level: values[0]! - slope, slope, seasonal: new Float64Array(1), time: 0 };
  }
  const cycles = Math.min(4, Math.floor(values.length / season));
  const cycleMean = (cycle: number) => meanBetween(values, cycle * season, (cycle + 1) * season);
  const slope = trend === 'none' ? 0 : (cycleMean(cycles - 1) - cycleMean(0)) / (season * Math.max(1, cycles - 1));
  const seasonal = new Float64Array(season);
  for (let phase = 0; phase < season; phase += 1) {
    for (let cycle = 0; cycle < cycles; cycle += 1) seasonal[phase] = seasonal[phase]! + (values[cycle * season + phase]! - cycleMean(cycle) - slope * (phase - (season - 1) / 2)) / cycles;
  }
  return { level: cycleMean(0) - (slope * (season + 1)) / 2, slope, seasonal, time: 0 };
}

function meanBetween(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values[i]!;
  return sum / (to - from);
}
