/** Writes a forecast and the history it was made from into DuckDB, so that it can be held against what comes. */
import type { Forecast } from '@/engine/forecast';
import { askSql } from './sql-client';

export type KeptForecast = {
  readonly series: string;
  readonly stepUs: number;
  /** Ends of the observed steps with their values, oldest first. */
  readonly observed: readonly { readonly atUs: number; readonly value: number }[];
  /** End of the last step of the history. */
  readonly originUs: number;
  readonly forecast: Forecast;
};

export async function keepForecast({ series, stepUs, observed, originUs, forecast }: KeptForecast): Promise<void> {
  const { model, mean, bands } = forecast;
  await askSql((api) => api.insertForecast({ forecastId: `${series} from ${originUs}`, series, model, originUs, stepUs, mean, bands }));
  await askSql((api) => api.insertActuals(series, observed));
}
