/** A run as a folder: `report.json` for people and `compare`, `telemetry.parquet` and `events.parquet` for tools. */
import { join } from 'node:path';
import type { RunReport } from '@/engine/scenario';
import { appendRow, builtColumns, canonicalLabels, columnsBuilder, columnsFromFrames } from '@/engine/telemetry';
import { encodeParquet } from '@/workers/import/parquet';
import { BadInput } from './bad-input';
import { readJson, writeBytes } from './files';

const REPORT_FILE = 'report.json';

export async function writeRun(folder: string, { frames, ...report }: RunReport): Promise<void> {
  await writeBytes(join(folder, 'telemetry.parquet'), await encodeParquet(columnsFromFrames(frames)));
  await writeBytes(join(folder, 'events.parquet'), await encodeParquet(eventColumns(report.alarms)));
  await writeBytes(join(folder, REPORT_FILE), `${JSON.stringify(report, null, 2)}\n`);
}

function eventColumns(alarms: RunReport['alarms']) {
  const builder = columnsBuilder();
  for (const { kind, atSeconds, subject, detail } of alarms) appendRow(builder, Math.round(atSeconds * 1e6), `event:${kind}`, canonicalLabels(new Map([['subject', subject], ['detail', detail]])), 1);
  return builtColumns(builder);
}

export type StoredReport = Omit<RunReport, 'frames'>;

/** The report of a folder that `simulate --out` wrote. */
export async function readRun(folder: string): Promise<StoredReport> {
  const path = join(folder, REPORT_FILE);
  const report = await readJson(path);
  if (typeof report !== 'object' || report === null || !('kpis' in report) || !('seed' in report)) throw new BadInput(`${path} is not the report of a run; make one with \`simulate SCENARIO --out ${folder}\`.`);
  return report as StoredReport;
}
