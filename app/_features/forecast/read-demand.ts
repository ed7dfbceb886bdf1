/**
 * What the demand page says in words and figures: the next peak with its interval, the service that saturates
 * first, and why this model was used. Pure, so that it is tested without a browser.
 */
import { sampleQuantile } from '@/engine/kernel';
import type { Forecast, ModelScore } from '@/engine/forecast';
import type { ReportRow, reports } from '@/engine/query';
import type { SystemSpec } from '@/engine/twin';

export type Peak = { readonly step: number; readonly mean: number; readonly lower: number | null; readonly upper: number | null; readonly level: number };

/** The highest step of the forecast, with its narrowest interval. */
export function peakOf({ mean, bands }: Forecast): Peak {
  const step = mean.reduce((best, value, h) => (value > mean[best]! ? h : best), 0);
  const band = bands.reduce<Forecast['bands'][number] | null>((narrow, each) => (narrow === null || each.level < narrow.level ? each : narrow), null);
  return { step, mean: mean[step]!, lower: band?.lower[step] ?? null, upper: band?.upper[step] ?? null, level: band?.level ?? 0 };
}

type HeadroomRow = ReportRow<(typeof reports)['capacity-headroom']>;
export type FirstToSaturate = { readonly service: string; /** 2: demand may double until then. */ readonly growthLeft: number; readonly seconds: number };

export const UTILIZATION_LIMIT = 0.8;

/** The service with the least room, from measured CPU limits where there are any, else from its lanes. */
export function firstToSaturate(rows: readonly HeadroomRow[], { services }: SystemSpec): FirstToSaturate | null {
  const rooms = rows.flatMap((row): FirstToSaturate[] => {
    const spec = services.find(({ name }) => name === row.service);
    const cores = spec === undefined ? null : spec.replicas * Math.min(spec.lanes, (spec.quotaMillicores ?? Infinity) / 1_000);
    const byLanes = cores === null || row.cpu_cores_p95 === null || row.cpu_cores_p95 <= 0 ? null : (cores * UTILIZATION_LIMIT) / row.cpu_cores_p95;
    const growthLeft = row.growth_left ?? byLanes;
    return growthLeft === null ? [] : [{ service: row.service, growthLeft, seconds: row.seconds_observed }];
  });
  return rooms.reduce<FirstToSaturate | null>((least, room) => (least === null || room.growthLeft < least.growthLeft ? room : least), null);
}

/** The value of this series at which that service saturates: its own 95th percentile times the growth that is left. */
export const valueAtLimit = (values: readonly (number | null)[], { growthLeft }: FirstToSaturate) => sampleQuantile(values.filter((value) => value !== null), 0.95) * growthLeft;

/** Why the model that is used is used. */
export function whyChosen(scores: readonly ModelScore[], chosen: string): string {
  const [best] = scores;
  const used = scores.find((score) => score.model === chosen);
  if (best === undefined || used === undefined || used.folds === 0) return 'The history is too short for a backtest.';
  const over = `over ${used.folds} ${used.folds === 1 ? 'origin' : 'origins'}`;
  if (best.model === chosen) return `${used.title} had the smallest error ${over}.`;
  return `${used.title} is used: ${best.title} had a smaller error ${over}, but not beyond chance.`;
}
