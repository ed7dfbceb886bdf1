/** Asks the forecast worker about one series; progress counts models. */
'use client';

import { useEffect, useState } from 'react';
import { forecastClient, forecastProgress, type ForecastAnswer, type ForecastProgress } from '@/app/_lib/forecast/forecast-client';

type ForecastState = { readonly answer: ForecastAnswer | null; readonly progress: ForecastProgress | null; readonly problem: string | null };

const NOTHING: ForecastState = { answer: null, progress: null, problem: null };

export function useForecast(series: string, values: readonly (number | null)[] | null, { horizon, seasons }: { readonly horizon: number; readonly seasons: readonly number[] }): ForecastState {
  const [state, setState] = useState<{ readonly values: readonly (number | null)[]; readonly value: ForecastState } | null>(null);
  useEffect(() => {
    if (values === null || values.length === 0) return undefined;
    let current = true;
    let ended = false; // progress comes through a port of its own and may arrive after the answer
    const set = (value: ForecastState) => current && setState({ values, value });
    const end = (value: ForecastState) => {
      ended = true;
      set(value);
    };
    forecastClient()
      .forecast({ series, values, seasons, horizon, levels: [0.8, 0.95], floor: 0 }, forecastProgress((progress) => !ended && set({ ...NOTHING, progress })))
      .then((result) => end(result.ok ? { ...NOTHING, answer: result.value } : { ...NOTHING, problem: result.error.map((issue) => issue.message).join('; ') }))
      .catch((error: unknown) => end({ ...NOTHING, problem: error instanceof Error ? error.message : String(error) }));
    return () => {
      current = false;
    };
  }, [series, values, horizon, seasons]);
  return state !== null && state.values === values ? state.value : NOTHING;
}
