/** One series of the chosen history: read by SQL, forecast, and kept in DuckDB with its forecast. */
'use client';

import { useEffect, useMemo, useState } from 'react';
import type { ForecastRequest } from '@/app/_lib/forecast/forecast-client';
import { keepForecast } from '@/app/_lib/sql/keep-forecast';
import type { LoadedSource } from '@/app/_lib/sql/load-source';
import { useForecast } from './use-forecast';
import { useReport } from './use-report';

export type Quantity = 'offered_rps' | 'cpu_cores';
export type Wanted = { readonly service: string; readonly quantity: Quantity; readonly horizon: number };

export const STEPS_PER_DAY = 24;
/** Of a history without a season. */
const SHORT_STEP_SECONDS = 5;
const LEVELS = [0.8, 0.95];

export const stepSecondsOf = ({ daySeconds }: LoadedSource) => (daySeconds === null ? SHORT_STEP_SECONDS : daySeconds / STEPS_PER_DAY);

export function useDemand(loaded: LoadedSource | null, { service, quantity, horizon }: Wanted) {
  const stepSeconds = loaded === null ? SHORT_STEP_SECONDS : stepSecondsOf(loaded);
  const history = useReport('demand-history', useMemo(() => (loaded === null ? null : { runId: loaded.id, service, bucketSeconds: stepSeconds }), [loaded, service, stepSeconds]));
  const steps = useMemo(() => {
    if (history.kind !== 'ready' || loaded === null) return null;
    // a step that is not over yet is no step
    const whole = history.rows.filter((row) => row.at_us + stepSeconds * 1e6 <= loaded.untilUs);
    return whole.map((row) => ({ untilUs: row.at_us + stepSeconds * 1e6, value: row[quantity] }));
  }, [history, loaded, stepSeconds, quantity]);
  const series = loaded === null ? '' : `${loaded.id}/${service}.${quantity}/${stepSeconds}s`;
  const request = useMemo((): ForecastRequest | null => {
    if (steps === null || loaded === null || steps.every((step) => step.value === null)) return null;
    return { series, values: steps.map((step) => step.value), seasons: loaded.daySeconds === null ? [] : [STEPS_PER_DAY], horizon, levels: LEVELS, floor: 0 };
  }, [steps, loaded, series, horizon]);
  const forecast = useForecast(request);
  const kept = useKept(series, stepSeconds, steps, forecast.kind === 'ready' ? forecast.answer.forecast : null);
  const earlier = useReport('forecast-history', useMemo(() => (kept === null ? null : {}), [kept]));
  return { stepSeconds, history, steps, series, forecast, earlier };
}

type Steps = readonly { readonly untilUs: number; readonly value: number | null }[];

/** Writes the forecast down; gives what was written once it is. */
function useKept(series: string, stepSeconds: number, steps: Steps | null, forecast: Parameters<typeof keepForecast>[0]['forecast'] | null): object | null {
  const [kept, setKept] = useState<object | null>(null);
  useEffect(() => {
    const last = steps?.at(-1);
    if (forecast === null || steps === null || last === undefined) return undefined;
    let current = true;
    const observed = steps.flatMap(({ untilUs, value }) => (value === null ? [] : [{ atUs: untilUs, value }]));
    // not being able to keep it takes nothing away from the forecast itself
    keepForecast({ series, stepUs: stepSeconds * 1e6, observed, originUs: last.untilUs, forecast }).then(
      () => current && setKept(forecast),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [series, stepSeconds, steps, forecast]);
  return kept;
}
