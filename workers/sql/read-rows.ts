/**
 * Reads rows batch by batch on a connection of its own, inside a read-only transaction, until the row limit
 * is reached. Stopping works while DuckDB computes and while rows arrive.
 */
import type { AsyncDuckDB, AsyncDuckDBConnection } from '@duckdb/duckdb-wasm';
import type { SqlCell, SqlProgress, SqlTable } from '../sql-api';
import { columnsOf, rowsOf } from './cells';
import { SqlRefused } from './refusal';

export type Reading = { readonly rows: Promise<SqlTable>; cancel(): Promise<boolean> };
export type ReadOptions = { readonly rowLimit: number; onProgress?(progress: SqlProgress): void };

const PROGRESS_EVERY_MS = 250;

export function readRows(duck: AsyncDuckDB, sql: string, options: ReadOptions): Reading {
  let connection: AsyncDuckDBConnection | null = null;
  let cancelled = false;
  let done = false;
  const run = async () => {
    connection = await duck.connect();
    try {
      await connection.query('BEGIN TRANSACTION READ ONLY');
      return await collect(connection, sql, options, () => cancelled);
    } finally {
      done = true;
      await connection.close();
    }
  };
  return {
    rows: run(),
    cancel: async () => {
      if (done) return false;
      cancelled = true;
      await connection?.cancelSent();
      return true;
    },
  };
}

const stopped = () => new SqlRefused({ code: 'cancelled', message: 'the query was stopped', suggestion: 'Run it again when you want its rows.' });

async function collect(connection: AsyncDuckDBConnection, sql: string, { rowLimit, onProgress }: ReadOptions, isCancelled: () => boolean): Promise<SqlTable> {
  const started = performance.now();
  const rows: SqlCell[][] = [];
  const timer = setInterval(() => onProgress?.({ rows: rows.length, wallMs: performance.now() - started }), PROGRESS_EVERY_MS);
  try {
    if (isCancelled()) throw stopped();
    const reader = await (await connection.send(sql, true)).open();
    const columns = columnsOf(reader.schema.fields);
    let truncated = false;
    for await (const batch of reader) {
      if (isCancelled()) break;
      rows.push(...rowsOf(batch, rowLimit - rows.length + 1));
      truncated = rows.length > rowLimit;
      if (truncated) break;
    }
    if (isCancelled()) throw stopped();
    if (truncated) {
      rows.length = rowLimit;
      await connection.cancelSent();
    }
    return { columns, rows, truncated, wallMs: performance.now() - started };
  } finally {
    clearInterval(timer);
  }
}
