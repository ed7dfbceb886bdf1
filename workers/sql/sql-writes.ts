/**
 * What the workbench writes: runs, frames, plans, forecasts. One call is one transaction, so half a run is
 * never seen; calls take turns on one connection. A run, plan or forecast written again replaces itself.
 */
import { ok } from '@/engine/kernel';
import type { TableName } from '@/engine/query';
import type { SqlApi } from '../sql-api';
import type { TableRow } from './arrow-from-rows';
import { attempt, queueOf } from './attempt';
import { insertRows, type Database } from './database';
import { deleteSql } from './delete-sql';
import { forecastRows } from './rows/forecast';
import { rowsFromFrames } from './rows/frames';
import { planRows } from './rows/plans';
import { alarmRows, decisionRows, kpiRows, objectiveRows, outcomeRows, runRow } from './rows/run';

const RUN_TABLES: readonly TableName[] = ['run', 'run_outcome', 'run_kpi', 'objective', 'alarm', 'frame', 'frame_service', 'frame_node', 'frame_mesh', 'frame_link', 'decision'];

type Change = { readonly deletions?: readonly string[]; readonly inserts?: Partial<Record<TableName, readonly TableRow[]>> };
type Writes = Pick<SqlApi, 'startRun' | 'insertFrames' | 'insertRun' | 'insertDecisions' | 'insertPlans' | 'insertForecast' | 'insertActuals' | 'removeRun'>;

export function sqlWrites(database: () => Promise<Database>): Writes {
  const inTurn = queueOf();
  const write = (change: () => Change) => inTurn(() => attempt(async () => apply(await database(), change())));
  const writeQuietly = async (change: () => Change) => {
    const written = await write(change);
    return written.ok ? ok(null) : written;
  };

  return {
    startRun: (header) => writeQuietly(() => ({ deletions: deleteRun(header.runId), inserts: { run: [runRow(header)], objective: objectiveRows(header.runId, header.objectives ?? []) } })),
    insertFrames: (runId, frames) => write(() => ({ inserts: rowsFromFrames(runId, frames) })),
    insertRun: (header, report) =>
      write(() => ({
        deletions: deleteRun(header.runId),
        inserts: {
          run: [runRow(header, report)],
          run_outcome: outcomeRows(header.runId, report),
          run_kpi: kpiRows(header.runId, report),
          objective: objectiveRows(header.runId, header.objectives ?? []),
          alarm: alarmRows(header, report),
          ...rowsFromFrames(header.runId, report.frames),
        },
      })),
    insertDecisions: (runId, decisions) => write(() => ({ inserts: { decision: decisionRows(runId, decisions) } })),
    insertPlans: (plans) => write(() => ({ deletions: [deleteSql('plan_promise', 'plan_id', plans.map((plan) => plan.planId))], inserts: { plan_promise: planRows(plans) } })),
    insertForecast: (forecast) => write(() => ({ deletions: [deleteSql('forecast_point', 'forecast_id', [forecast.forecastId])], inserts: { forecast_point: forecastRows(forecast) } })),
    insertActuals: (series, points) =>
      write(() => ({
        deletions: [`${deleteSql('forecast_actual', 'series', [series])} AND at_us IN (${points.map(({ atUs }) => Math.round(atUs)).join(', ') || 'NULL'})`],
        inserts: { forecast_actual: points.map(({ atUs, value }) => ({ series, at_us: atUs, value })) },
      })),
    removeRun: (runId) => writeQuietly(() => ({ deletions: deleteRun(runId) })),
  };
}

const deleteRun = (runId: string) => RUN_TABLES.map((name) => deleteSql(name, 'run_id', [runId]));

async function apply(database: Database, { deletions = [], inserts = {} }: Change): Promise<number> {
  const { connection } = database;
  await connection.query('BEGIN TRANSACTION');
  try {
    for (const deletion of deletions) await connection.query(deletion);
    let count = 0;
    for (const [name, rows] of Object.entries(inserts) as [TableName, readonly TableRow[]][]) count += await insertRows(database, name, rows);
    await connection.query('COMMIT');
    return count;
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
