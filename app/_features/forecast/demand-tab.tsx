/** Demand: a history read by SQL from DuckDB, its forecast with intervals, and how well every model did on this very history. */
'use client';

import { useMemo } from 'react';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { IssueList, Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import { useElapsedSeconds } from '@/app/_ui/use-elapsed-seconds';
import { DemandResult } from './demand-result';
import type { ForecastState } from './use-forecast';
import { HORIZONS, SeriesChoice } from './series-choice';
import { SourceField } from './source-field';
import { SqlNote } from './sql-note';
import { useDemand, type Wanted } from './use-demand';
import { useReport } from './use-report';
import { useSource } from './use-source';

export function DemandTab() {
  const source = useSource();
  const { loaded } = source;
  const [service, setService] = useUrlParam('of');
  const [quantity, setQuantity] = useUrlParam('quantity');
  const [ahead, setAhead] = useUrlParam('ahead');
  const headroom = useReport('capacity-headroom', useMemo(() => (loaded === null ? null : { runId: loaded.id }), [loaded]));
  const rooms = headroom.kind === 'ready' ? headroom.rows : [];
  const services = rooms.map((row) => row.service);
  const wanted: Wanted = {
    service: service !== null && services.includes(service) ? service : (loaded?.entry ?? ''),
    quantity: quantity === 'cpu_cores' ? 'cpu_cores' : 'offered_rps',
    horizon: HORIZONS.find((horizon) => String(horizon) === ahead) ?? 24,
  };
  const demand = useDemand(headroom.kind === 'ready' ? loaded : null, wanted);
  const change = (part: Partial<Wanted>) => {
    if (part.service !== undefined) setService(part.service);
    if (part.quantity !== undefined) setQuantity(part.quantity);
    if (part.horizon !== undefined) setAhead(String(part.horizon));
  };
  const empty = demand.steps !== null && demand.steps.every((step) => step.value === null);
  return (
    <div className="grid gap-4">
      <div className="grid gap-3 lg:grid-cols-[minmax(260px,360px)_1fr]">
        <SourceField source={source} />
        {services.length === 0 ? null : <SeriesChoice wanted={wanted} services={services} stepSeconds={demand.stepSeconds} onChange={change} />}
      </div>
      {demand.history.kind === 'failed' ? <Notice tone="error" what="The history was not read" why={demand.history.what} next={demand.history.next} /> : null}
      {empty ? <Notice what={`${wanted.service} has no ${wanted.quantity === 'cpu_cores' ? 'CPU reading' : 'count of requests'} in this history.`} next="Choose another series." /> : null}
      <Working forecast={demand.forecast} />
      {demand.forecast.kind === 'failed' ? <Notice tone="error" what="There is no forecast" why={<IssueList issues={demand.forecast.issues} />} /> : null}
      {demand.forecast.kind === 'ready' && demand.steps !== null && loaded !== null ? <DemandResult loaded={loaded} wanted={wanted} demand={demand} answer={demand.forecast.answer} wallMs={demand.forecast.wallMs} rooms={rooms} steps={demand.steps} /> : null}
      {demand.history.kind === 'ready' ? <SqlNote sql={demand.history.sql} /> : null}
    </div>
  );
}

/** Until the first model starts, the models themselves are being loaded: seconds are counted then. */
function Working({ forecast }: { readonly forecast: ForecastState }) {
  const working = forecast.kind === 'working';
  const seconds = useElapsedSeconds(working);
  if (!working) return null;
  if (forecast.progress === null) return <Progress label="Loading the models and the trained network" done={seconds} unit="s" />;
  return <Progress label={`Backtesting: ${forecast.progress.model}`} done={forecast.progress.done} total={forecast.progress.total} unit="models" />;
}
