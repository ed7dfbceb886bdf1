import type { Report } from '../report';
import { capacityHeadroom } from './capacity-headroom.sql';
import { costOfRuns, costOverTime } from './cost.sql';
import { demandHistory, forecastFan, forecastHistory } from './forecast.sql';
import { goldenSignals } from './golden-signals.sql';
import { promiseCalibration, promiseLedger } from './promise-ledger.sql';
import { resourceUse } from './resource-use.sql';
import { riskHeatmap } from './risk-heatmap.sql';
import { alarmTimeline, runList } from './runs.sql';

/** Every report there is, by id. */
export const reports = {
  'run-list': runList,
  'golden-signals': goldenSignals,
  'risk-heatmap': riskHeatmap,
  'cost-over-time': costOverTime,
  'cost-of-runs': costOfRuns,
  'capacity-headroom': capacityHeadroom,
  'resource-use': resourceUse,
  'promise-calibration': promiseCalibration,
  'promise-ledger': promiseLedger,
  'demand-history': demandHistory,
  'forecast-history': forecastHistory,
  'forecast-fan': forecastFan,
  'alarm-timeline': alarmTimeline,
} as const satisfies Readonly<Record<string, Report>>;

export type ReportId = keyof typeof reports;
