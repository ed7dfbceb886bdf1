import type { Table } from '../table';
import { frameLinkTable, frameMeshTable, frameNodeTable, frameServiceTable, frameTable } from './frame';
import { decisionTable, forecastActualTable, forecastPointTable, planPromiseTable } from './plan';
import { alarmTable, kpiTable, objectiveTable, runOutcomeTable, runTable } from './run';

export * from './frame';
export * from './plan';
export * from './run';

/** Every table there is, in the order in which they are created. */
export const tables = {
  run: runTable,
  run_outcome: runOutcomeTable,
  run_kpi: kpiTable,
  objective: objectiveTable,
  alarm: alarmTable,
  frame: frameTable,
  frame_service: frameServiceTable,
  frame_node: frameNodeTable,
  frame_mesh: frameMeshTable,
  frame_link: frameLinkTable,
  decision: decisionTable,
  plan_promise: planPromiseTable,
  forecast_point: forecastPointTable,
  forecast_actual: forecastActualTable,
} as const satisfies Readonly<Record<string, Table>>;

export type TableName = keyof typeof tables;
