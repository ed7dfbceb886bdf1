/** A forecast as rows: one per step and level. */
import type { ForecastPointRow } from '@/engine/query';
import type { ForecastRecord } from '../../sql-api';

export const forecastRows = ({ forecastId, series, model, originUs, stepUs, mean, bands }: ForecastRecord): ForecastPointRow[] =>
  bands.flatMap(({ level, lower, upper }) =>
    mean.map((value, h) => ({
      forecast_id: forecastId,
      series,
      model,
      origin_us: originUs,
      step: h + 1,
      at_us: originUs + (h + 1) * stepUs,
      mean: value,
      level,
      lower: lower[h] ?? null,
      upper: upper[h] ?? null,
    })),
  );
