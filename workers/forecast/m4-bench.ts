/**
 * The M4 hourly protocol: 48 steps, seasons of 24 and 168, MASE and MSIS scaled with m = 24 on the training
 * part, OWA against Naive2, averages over series first and ratios after.
 */
import { chooseForecast, coverage, mase, msis, naive2, owa, planSeries, runModel, sMape, seasonalScale, type Forecast, type ModelRun } from '@/engine/forecast';
import type { NeuralModel } from './neural-model';
import { runNeural } from './neural-run';

export const M4_HORIZON = 48;
const SEASONS = [24, 168];
const LEVELS = [0.8, 0.95];
/** Naive2 on all 414 series, from the M4 results: the anchor that published OWAs are relative to. */
const ANCHOR = { sMape: 18.383, mase: 2.395 };

export type M4Series = { readonly id: string; readonly train: readonly number[]; readonly test: readonly number[] };
export type M4Row = { readonly model: string; readonly sMape: number; readonly mase: number; readonly owa: number; readonly owaAnchored: number; readonly coverage80: number; readonly coverage95: number; readonly msis95: number };

type Sums = { sMape: number; mase: number; coverage80: number; coverage95: number; msis95: number };

/** Rows of a file whose first column is the name and whose other columns are values up to the first blank. */
export function parseM4(csv: string): Map<string, number[]> {
  const rows = csv.trim().split(/\r?\n/).slice(1).map((line) => line.split(',').map((cell) => cell.replaceAll('"', '').trim()));
  return new Map(rows.map(([id, ...cells]) => [id!, cells.filter((cell) => cell !== '' && cell !== 'NA').map(Number)]));
}

/** Forecasts every series with every candidate, and with the trained network when it is given; the first row is what `forecast` would print. */
export async function benchM4(series: readonly M4Series[], network: NeuralModel | null, onSeries: (done: number) => void): Promise<M4Row[]> {
  const totals = new Map<string, Sums>();
  for (const [i, one] of series.entries()) {
    const { forecast, forecasts } = await forecastOne(one, network);
    addTo(totals, 'chosen', scored(one, forecast));
    for (const each of forecasts) addTo(totals, each.model, scored(one, each));
    const reference = naive2.fit({ values: Float64Array.from(one.train), seasons: SEASONS }).forecast(M4_HORIZON);
    addTo(totals, naive2.id, scored(one, { model: naive2.id, mean: [...reference], bands: [] }));
    onSeries(i + 1);
  }
  const reference = averaged(totals.get(naive2.id)!, series.length);
  return [...totals].map(([model, sums]) => {
    const mean = averaged(sums, series.length);
    return { model, ...mean, owa: owa(mean, reference), owaAnchored: owa(mean, ANCHOR) };
  });
}

async function forecastOne({ id, train }: M4Series, network: NeuralModel | null) {
  const planned = planSeries({ values: train, seasons: SEASONS, horizon: M4_HORIZON, levels: LEVELS, floor: 0 });
  if (!planned.ok) throw new Error(`${id}: ${planned.error[0]!.message}`);
  const runs = planned.value.candidates.reduce<readonly ModelRun[]>((before, model) => [...before, runModel(planned.value, model, before)], []);
  const neural = network === null ? null : await runNeural(planned.value, network);
  if (neural !== null && !neural.ok) throw new Error(`${id}: ${neural.error}`);
  return chooseForecast(planned.value, neural === null ? runs : [...runs, neural.value]);
}

function scored({ train, test }: M4Series, { mean, bands }: Forecast): Sums {
  const scale = seasonalScale(train, SEASONS[0]!);
  const edge = (bounds: readonly (number | null)[]) => bounds.map((bound) => bound ?? NaN);
  const points = { sMape: sMape(test, mean), mase: mase(test, mean, scale) };
  const [band80, band95] = bands;
  if (band80 === undefined || band95 === undefined) return { ...points, coverage80: NaN, coverage95: NaN, msis95: NaN };
  const [lower95, upper95] = [edge(band95.lower), edge(band95.upper)];
  return { ...points, coverage80: coverage(test, edge(band80.lower), edge(band80.upper)), coverage95: coverage(test, lower95, upper95), msis95: msis(test, lower95, upper95, LEVELS[1]!, scale) };
}

function addTo(totals: Map<string, Sums>, model: string, one: Sums): void {
  const sums = totals.get(model) ?? { sMape: 0, mase: 0, coverage80: 0, coverage95: 0, msis95: 0 };
  totals.set(model, { sMape: sums.sMape + one.sMape, mase: sums.mase + one.mase, coverage80: sums.coverage80 + one.coverage80, coverage95: sums.coverage95 + one.coverage95, msis95: sums.msis95 + one.msis95 });
}

const averaged = (sums: Sums, n: number): Sums => ({ sMape: sums.sMape / n, mase: sums.mase / n, coverage80: sums.coverage80 / n, coverage95: sums.coverage95 / n, msis95: sums.msis95 / n });
