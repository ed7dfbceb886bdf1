/** Rows of one of our tables as an Arrow IPC stream, in the order and types of the DDL, so that DuckDB appends them without a cast. */
import { Table as ArrowTable, tableToIPC } from 'apache-arrow';
import type { Table } from '@/engine/query';
import { vectorFromCells, type Cell } from '@/workers/arrow/vectors';

export type TableRow = Readonly<Record<string, Cell>>;

export function ipcFromRows(table: Table, rows: readonly TableRow[]): Uint8Array {
  const vectors = Object.entries(table.columns).map(([name, { type }], id) => [name, vectorFromCells(type, rows.map((row) => row[name] ?? null), id)] as const);
  return tableToIPC(new ArrowTable(Object.fromEntries(vectors)), 'stream');
}
