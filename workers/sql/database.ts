/**
 * DuckDB-wasm, opened and closed to the world: tables made, extensions only from our own origin (an
 * autoload from elsewhere traps the wasm), then files, network and settings locked for good. The same code
 * runs over a browser worker and over a Node worker; only `DuckPorts` differs.
 *
 * The single-threaded `eh` build is used on purpose: with threads, sums differ in the last digits between
 * two runs of one query.
 */
import { AsyncDuckDB, VoidLogger, type AsyncDuckDBConnection } from '@duckdb/duckdb-wasm';
import { createTableSql, tables, type Table, type TableName } from '@/engine/query';
import type { SqlOpening } from '../sql-api';
import { ipcFromRows, type TableRow } from './arrow-from-rows';

export type DuckPorts = {
  /** A worker that runs DuckDB's own `eh` worker script. */
  startWorker(): Worker;
  readonly wasmUrl: string;
  readonly extensionUrl: string;
};

export type Database = { readonly duck: AsyncDuckDB; readonly connection: AsyncDuckDBConnection; readonly version: string };

export async function openDatabase({ startWorker, wasmUrl, extensionUrl }: DuckPorts, onProgress?: (opening: SqlOpening) => void): Promise<Database> {
  const duck = new AsyncDuckDB(new VoidLogger(), startWorker());
  await duck.instantiate(wasmUrl, null, ({ bytesLoaded, bytesTotal }) => onProgress?.({ bytesLoaded, bytesTotal }));
  await duck.open({ query: { castBigIntToDouble: true, castDecimalToDouble: true } });
  const connection = await duck.connect();
  await connection.query(`SET custom_extension_repository='${extensionUrl.replaceAll("'", "''")}'`);
  for (const table of Object.values(tables)) await connection.query(createTableSql(table));
  await connection.query('SET enable_external_access=false');
  await connection.query('SET lock_configuration=true');
  return { duck, connection, version: await duck.getVersion() };
}

const ROWS_PER_INSERT = 100_000;

/** Appends rows in slices; the buffer of each slice moves to the worker. Returns the number written. */
export async function insertRows({ connection }: Database, name: TableName, rows: readonly TableRow[]): Promise<number> {
  const table: Table = tables[name];
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await connection.insertArrowFromIPCStream(ipcFromRows(table, rows.slice(at, at + ROWS_PER_INSERT)), { name, create: false });
  }
  return rows.length;
}
