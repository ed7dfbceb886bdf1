/**
 * DuckDB in this browser: one worker per tab, started when a page first asks, its 34 MB counted while they
 * come. `askSql` gives the value or throws a `SqlProblem` in the database's own words; a worker that broke is
 * started anew by the next question.
 */
'use client';

import { proxy, wrap, type Remote } from 'comlink';
import type { Result } from '@/engine/kernel';
import type { ReportId, ReportParameters, ReportRow, reports } from '@/engine/query';
import type { SqlApi, SqlOpened, SqlOpening, SqlProgress, SqlRefusal, SqlTable } from '@/workers/sql-api';
import { createStore, useStore } from '../store/create-store';

export type { SqlExport, SqlProgress, SqlTable } from '@/workers/sql-api';
export type ReportAnswer<Id extends ReportId> = { readonly sql: string; readonly rows: readonly ReportRow<(typeof reports)[Id]>[] };

export class SqlProblem extends Error {
  override readonly name = 'SqlProblem';
  constructor(
    message: string,
    readonly next: string,
  ) {
    super(message);
  }
}

export type DatabaseState = { readonly kind: 'closed' } | ({ readonly kind: 'opening' } & SqlOpening) | { readonly kind: 'open'; readonly version: string };

type Running = { readonly api: Remote<SqlApi>; readonly broken: Promise<never>; readonly opened: Promise<SqlOpened> };

const database = createStore<DatabaseState>({ kind: 'closed' });
let running: Running | null = null;

export const useDatabase = () => useStore(database);

function start(): Running {
  const worker = new Worker(new URL('../../../workers/sql.worker.ts', import.meta.url), { type: 'module', name: 'sql' });
  const api = wrap<SqlApi>(worker);
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      worker.terminate();
      forget();
      reject(new SqlProblem(`The database stopped: ${event.message === '' ? 'its script did not load' : event.message}.`, 'Try again; what was loaded into it is loaded again.'));
    });
  });
  database.set({ kind: 'opening', bytesLoaded: 0, bytesTotal: 0 });
  const opened = Promise.race([api.open(proxy((opening: SqlOpening) => database.get().kind === 'opening' && database.set({ kind: 'opening', ...opening }))), broken]).then((answer) => {
    const value = valueOf(answer);
    database.set({ kind: 'open', version: value.duckdbVersion });
    return value;
  });
  opened.catch(forget);
  return { api, broken, opened };
}

/** What is to be done when the database is gone, e.g. forgetting what had been loaded into it. */
const onForgotten = new Set<() => void>();
export const whenDatabaseIsGone = (act: () => void) => void onForgotten.add(act);

function forget(): void {
  running = null;
  database.set({ kind: 'closed' });
  for (const act of onForgotten) act();
}

function valueOf<T>(answer: Result<T, SqlRefusal>): T {
  if (answer.ok) return answer.value;
  throw new SqlProblem(answer.error.message, answer.error.suggestion);
}

export async function askSql<T>(ask: (api: Remote<SqlApi>) => Promise<Result<T, SqlRefusal>>): Promise<T> {
  const { api, broken, opened } = (running ??= start());
  await opened;
  return valueOf(await Promise.race([ask(api), broken]));
}

/** A named report with the SQL that made it. The worker's generic type does not survive the wrapping: the id brings it back. */
export const askReport = <Id extends ReportId>(id: Id, parameters: ReportParameters<(typeof reports)[Id]>): Promise<ReportAnswer<Id>> =>
  askSql((api) => api.report(id, parameters) as Promise<Result<ReportAnswer<Id>, SqlRefusal>>);

/** One reading statement that a person typed; `stop` ends it while it computes. */
export const askQuery = (sql: string, options: { readonly queryId: string; readonly rowLimit?: number }, onProgress: (progress: SqlProgress) => void): Promise<SqlTable> =>
  askSql((api) => api.query(sql, options, proxy(onProgress)));

export const stopQuery = (queryId: string) => running?.api.cancel(queryId) ?? Promise.resolve(false);

/** An error in words: what happened and what to do. */
export const sqlWords = (error: unknown): { readonly what: string; readonly next: string } =>
  error instanceof SqlProblem ? { what: error.message, next: error.next } : { what: error instanceof Error ? error.message : String(error), next: 'Try again; a reload opens a fresh database.' };
