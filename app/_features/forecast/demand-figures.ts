/** The four figures over the fan chart, each with its interval, its n and the reason for its number. */
import type { ForecastAnswer } from '@/app/_lib/forecast/forecast-client';
import type { FigureProps } from '@/app/_ui/figure';
import { formatClock } from '@/app/_ui/time-format';
import { UTILIZATION_LIMIT, type FirstToSaturate, type Peak } from './read-demand';

type DemandFiguresInput = {
  readonly answer: ForecastAnswer;
  readonly peak: Peak;
  readonly peakAt: number;
  readonly room: FirstToSaturate | null;
  readonly limit: number | null;
  readonly unit: string;
  readonly label: string;
  readonly observed: number;
  readonly sql: string;
  readonly simulated: boolean;
};

export function demandFigures({ answer, peak, peakAt, room, limit, unit, label, observed, sql, simulated }: DemandFiguresInput): readonly FigureProps[] {
  const used = answer.scores.find((score) => score.model === answer.chosen);
  const title = used?.title ?? answer.chosen;
  const wide = used?.intervals.find((interval) => interval.level === 0.95);
  const basis = answer.forecast.bands[0]?.basis ?? 'none';
  const origins = { count: used?.folds ?? 0, of: 'origins' };
  const history = simulated ? 'Simulated history.' : 'Recorded history.';
  return [
    {
      label: 'Next peak', value: peak.mean, unit, provenance: 'forecast', n: { count: observed, of: 'steps' }, age: `at ${formatClock(peakAt)}`,
      band: peak.lower === null || peak.upper === null ? null : { lower: peak.lower, upper: peak.upper, level: peak.level },
      why: { formula: `${label}: the highest step of “${title}”. Its interval is ${basis === 'conformal' ? 'conformal: the rank of the errors this model made at earlier origins of this history' : basis === 'student-t' ? 'Student-t on the few errors there are' : 'missing, the history is too short'}.`, query: sql, source: history },
    },
    {
      label: room === null ? 'Room to grow' : `Room until ${room.service} saturates`, value: room === null ? null : room.growthLeft, unit: '× the demand', provenance: simulated ? 'simulated' : 'recorded',
      n: room === null ? null : { count: room.seconds, of: 's' }, age: limit === null ? 'no CPU reading' : `at ${Math.round(limit)} ${unit}`,
      why: { formula: `CPU limit of all replicas (their lanes, where none is set) × ${UTILIZATION_LIMIT} ÷ the 95th percentile of the CPU used; the smallest of all services. CPU is taken to grow in proportion to requests: true below the knee, too kind above it.`, query: "report 'capacity-headroom'", source: history },
    },
    {
      label: 'Error in the backtest', value: used?.mase ?? null, unit: 'MASE', digits: 2, n: origins,
      why: { formula: `Mean absolute error of “${title}” over all origins and steps ÷ the mean change from one season to the next within the history. Below 1 is better than “same time last season” was within the history.`, source: history },
    },
    {
      label: 'Inside the 95 % interval', value: wide === undefined ? null : wide.coverage * 100, unit: '%', digits: 0, n: origins,
      why: { formula: 'Share of backtested values that fell inside the interval, each interval calibrated on earlier origins only. It should be near 95 %: far below, the intervals are too narrow to rely on.', source: history },
    },
  ];
}
