/** The forecast: the next peak first, then the fan, the trained network's verdict, and every model's backtest. */
'use client';

import { useMemo, useState } from 'react';
import type { ForecastAnswer } from '@/app/_lib/forecast/forecast-client';
import type { LoadedSource } from '@/app/_lib/sql/load-source';
import { useTimeCursor, useTimeLine } from '@/app/_lib/time-line/time-line';
import { FanChart } from '@/app/_ui/chart/fan-chart';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { formatNumber } from '@/app/_ui/number-format';
import { formatClock, formatDuration } from '@/app/_ui/time-format';
import { KpiRow } from '@/app/_ui/tremor/kpi-card';
import type { ReportRow, reports } from '@/engine/query';
import { demandFigures } from './demand-figures';
import { EarlierForecasts } from './earlier-forecasts';
import { ModelTable } from './model-table';
import { NeuralNote } from './neural-note';
import { firstToSaturate, peakOf, valueAtLimit, whyChosen } from './read-demand';
import { QUANTITIES } from './series-choice';
import { STEPS_PER_DAY, type useDemand, type Wanted } from './use-demand';

type DemandResultProps = {
  readonly loaded: LoadedSource;
  readonly wanted: Wanted;
  readonly demand: ReturnType<typeof useDemand>;
  readonly steps: NonNullable<ReturnType<typeof useDemand>['steps']>;
  readonly answer: ForecastAnswer;
  readonly wallMs: number;
  readonly rooms: readonly ReportRow<(typeof reports)['capacity-headroom']>[];
};

const RECENT_DAYS = 3;
type Reach = 'recent' | 'all';

export function DemandResult({ loaded, wanted, demand: { stepSeconds, series, earlier, history }, steps, answer, wallMs, rooms }: DemandResultProps) {
  const [reach, setReach] = useState<Reach>('recent');
  const [cursor, setCursor] = useTimeCursor();
  const { forecast, scores, chosen } = answer;
  const { unit, label } = QUANTITIES[wanted.quantity];
  const values = useMemo(() => steps.map((step) => step.value), [steps]);
  const runStartUs = steps[0] === undefined ? 0 : steps[0].untilUs - stepSeconds * 1e6;
  const secondsAt = (untilUs: number) => (untilUs - runStartUs) / 1e6;
  const now = secondsAt(steps.at(-1)?.untilUs ?? 0);
  const to = now + wanted.horizon * stepSeconds;
  const shownSteps = reach === 'all' ? steps : steps.slice(-Math.max(RECENT_DAYS * STEPS_PER_DAY, 2 * wanted.horizon));
  const from = shownSteps[0] === undefined ? 0 : secondsAt(shownSteps[0].untilUs);
  useTimeLine(useMemo(() => ({ from, to, now, events: [] }), [from, to, now]));
  const ahead = (h: number) => now + (h + 1) * stepSeconds;
  const peak = peakOf(forecast);
  const room = firstToSaturate(rooms, loaded.spec.system);
  const limit = room === null ? null : valueAtLimit(values, room);
  const least = Math.min(...forecast.mean);
  return (
    <>
      <p className="max-w-4xl text-lg" data-testid="forecast-answer">
        In the next {formatDuration(wanted.horizon * stepSeconds)} {wanted.service} gets between {formatNumber(least)} and {formatNumber(peak.mean)} {unit}, most at {formatClock(ahead(peak.step))}.{' '}
        {room === null || limit === null ? '' : `${room.service} saturates first: ${(peak.upper ?? peak.mean) > limit ? 'the interval reaches beyond' : 'the interval stays below'} the ${formatNumber(limit)} ${unit} at which it would.`}
      </p>
      <KpiRow label="Key figures of the forecast" cards={demandFigures({ answer, peak, peakAt: ahead(peak.step), room, limit, unit, label, observed: values.filter((value) => value !== null).length, sql: history.kind === 'ready' ? history.sql : '', simulated: loaded.made === 'simulated' })} />
      <FanChart
        title={`${label} of ${wanted.service}`}
        unit={unit}
        fileName={`demand-${wanted.service}`}
        historyFrom={loaded.made}
        history={shownSteps.map(({ untilUs, value }) => [secondsAt(untilUs), value] as const)}
        mean={forecast.mean.map((value, h) => [ahead(h), value] as const)}
        intervals={forecast.bands.map((band) => ({ level: band.level, points: band.lower.map((lower, h) => [ahead(h), lower, band.upper[h] ?? null] as const) }))}
        limits={limit !== null && limit < 1.6 * Math.max(...forecast.mean) ? [{ label: `${room?.service ?? ''} saturates`, value: limit }] : []}
        cursor={cursor === null ? null : Math.max(from, Math.min(to, cursor))}
        onCursor={setCursor}
        height={280}
      />
      <div className="flex flex-wrap items-center gap-3 text-sm text-ink-3">
        <SegmentedControl<Reach> label="History shown" value={reach} segments={[{ value: 'recent', label: 'Recent history' }, { value: 'all', label: `All ${formatNumber(steps.length)} steps` }]} onChange={setReach} />
        <span>
          Steps of {formatDuration(stepSeconds)}; {formatNumber(answer.summary.gaps)} gaps. {whyChosen(scores, chosen)} All models in {formatNumber(wallMs / 1_000)} s, in this browser.
        </span>
      </div>
      <NeuralNote neural={answer.neural} />
      <ModelTable scores={scores} chosen={chosen} />
      <EarlierForecasts earlier={earlier} series={series} />
    </>
  );
}
