/**
 * What the SQL worker offers the pages: DuckDB in this browser, filled with frames, runs, plans and
 * forecasts. Expected failures come back as values, because an Error loses its class on the way.
 */
import type { Result, TimeUs } from '@/engine/kernel';
import type { PromiseScore, RehearsedPlan } from '@/engine/loop';
import type { ReportId, ReportParameters, ReportRow, reports, TableName } from '@/engine/query';
import type { ObjectiveSpec, RunReport } from '@/engine/scenario';
import type { Frame, FrameSource } from '@/engine/telemetry';

export type SqlRefusal = {
  readonly code: 'not-open' | 'not-read-only' | 'several-statements' | 'empty' | 'cancelled' | 'sql-error' | 'bad-parameter' | 'unsupported' | 'too-large';
  readonly message: string;
  /** What to do about it. */
  readonly suggestion: string;
};

export type SqlCell = string | number | boolean | null;
export type SqlColumn = { readonly name: string; readonly type: string };

/** Rows as arrays in column order. `truncated` says that the row limit cut the answer. */
export type SqlTable = {
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly SqlCell[])[];
  readonly truncated: boolean;
  readonly wallMs: number;
};

export type SqlProgress = { readonly rows: number; readonly wallMs: number };
/** The wasm on its way here; `bytesTotal` is 0 where the server does not say. */
export type SqlOpening = { readonly bytesLoaded: number; readonly bytesTotal: number };
export type SqlOpened = { readonly duckdbVersion: string; readonly tables: readonly { readonly name: TableName; readonly about: string }[] };

export type RunHeader = {
  readonly runId: string;
  readonly source: FrameSource;
  /** Start of the run: 0 for simulated runs, Unix epoch microseconds otherwise. */
  readonly startedUs: number;
  readonly variant?: string;
  readonly objectives?: readonly ObjectiveSpec[];
};

/** A forecast as it goes into the ledger. */
export type ForecastRecord = {
  readonly forecastId: string;
  readonly series: string;
  readonly model: string;
  /** End of the last observed step. */
  readonly originUs: number;
  readonly stepUs: number;
  readonly mean: readonly number[];
  readonly bands: readonly { readonly level: number; readonly lower: readonly (number | null)[]; readonly upper: readonly (number | null)[] }[];
};

/** One turn of the loop as it goes into the ledger. */
export type DecisionRecord = {
  readonly atUs: number;
  readonly findings: number;
  readonly candidates: number;
  readonly chosen: string | null;
  readonly planId: string | null;
  readonly decisionHash: string;
};

/** A plan as it goes into the promise ledger: rehearsed or scored, also after a trip through JSON. */
export type LedgerPlan = Pick<RehearsedPlan, 'planId' | 'body'> & { readonly scores?: readonly PromiseScore[]; readonly scoredAtUs?: TimeUs };

export type ExportFormat = 'csv' | 'parquet' | 'json';
export type SqlExport = { readonly fileName: string; readonly mediaType: string; readonly bytes: Uint8Array; readonly rows: number };

export type SqlApi = {
  /** Loads DuckDB and makes the tables; later calls return at once. Everything below opens it by itself. */
  open(onProgress?: (opening: SqlOpening) => void): Promise<Result<SqlOpened, SqlRefusal>>;

  /** Starts a run, replacing all rows of one with the same name. */
  startRun(header: RunHeader): Promise<Result<null, SqlRefusal>>;
  /** Adds frames to a started run, in any number of calls; returns the number of rows written. */
  insertFrames(runId: string, frames: readonly Frame[]): Promise<Result<number, SqlRefusal>>;
  /** Stores a finished run: header, frames, KPIs, objectives, alarms. */
  insertRun(header: RunHeader, report: RunReport): Promise<Result<number, SqlRefusal>>;
  insertDecisions(runId: string, decisions: readonly DecisionRecord[]): Promise<Result<number, SqlRefusal>>;
  /** Stores the promises of plans, replacing those of the same plan; scored plans bring what was measured. */
  insertPlans(plans: readonly LedgerPlan[]): Promise<Result<number, SqlRefusal>>;
  insertForecast(forecast: ForecastRecord): Promise<Result<number, SqlRefusal>>;
  /** Observed values of a series, so that old forecasts can be scored. */
  insertActuals(series: string, points: readonly { readonly atUs: number; readonly value: number }[]): Promise<Result<number, SqlRefusal>>;
  removeRun(runId: string): Promise<Result<null, SqlRefusal>>;

  /** The SQL that a report runs, with its parameters in place. */
  reportSql(id: ReportId, parameters: Readonly<Record<string, string | number | boolean | null | readonly string[]>>): Promise<Result<string, SqlRefusal>>;
  report<Id extends ReportId>(id: Id, parameters: ReportParameters<(typeof reports)[Id]>): Promise<Result<{ readonly sql: string; readonly rows: readonly ReportRow<(typeof reports)[Id]>[] }, SqlRefusal>>;

  /** Runs SQL a person typed: one statement, read only, at most `rowLimit` rows. `queryId` is the caller's name for it. */
  query(sql: string, options: { readonly queryId: string; readonly rowLimit?: number }, onProgress?: (progress: SqlProgress) => void): Promise<Result<SqlTable, SqlRefusal>>;
  /** True when the query was running and is now stopped. */
  cancel(queryId: string): Promise<boolean>;
  exportRows(sql: string, format: ExportFormat, fileName: string): Promise<Result<SqlExport, SqlRefusal>>;

  close(): Promise<void>;
};
