/** Rows as CSV (RFC 4180), JSON (an array of objects) or Parquet (zstd, through Arrow). */
import { tableToIPC, tableFromArrays, vectorFromArray, Bool, Float64, Table as ArrowTable, Utf8 } from 'apache-arrow';
import { parquetWasm } from '@/workers/import/parquet';
import type { ExportFormat, SqlCell, SqlTable } from '../sql-api';

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv', json: 'application/json', parquet: 'application/vnd.apache.parquet' };

export async function exportTable(table: SqlTable, format: ExportFormat): Promise<Uint8Array> {
  if (format === 'parquet') return parquetOf(table);
  return new TextEncoder().encode(format === 'csv' ? csvOf(table) : jsonOf(table));
}

function csvOf({ columns, rows }: SqlTable): string {
  const line = (cells: readonly SqlCell[]) => `${cells.map(csvCell).join(',')}\r\n`;
  return line(columns.map((column) => column.name)) + rows.map(line).join('');
}

/** Text that a spreadsheet would run as a formula gets an apostrophe in front. */
function csvCell(cell: SqlCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const jsonOf = ({ columns, rows }: SqlTable) => JSON.stringify(rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))));

async function parquetOf({ columns, rows }: SqlTable): Promise<Uint8Array> {
  const { Compression, Table, WriterPropertiesBuilder, writeParquet } = await parquetWasm();
  const vectors = columns.map(({ name }, i) => [name, vectorOf(rows.map((row) => row[i] ?? null))] as const);
  const arrow = vectors.length === 0 ? tableFromArrays({}) : new ArrowTable(Object.fromEntries(vectors));
  return writeParquet(Table.fromIPCStream(tableToIPC(arrow, 'stream')), new WriterPropertiesBuilder().setCompression(Compression.ZSTD).build());
}

/** A column is as its cells are: all numbers, all booleans, else text. */
function vectorOf(cells: readonly SqlCell[]) {
  const isAll = (type: 'number' | 'boolean') => cells.every((cell) => cell === null || typeof cell === type);
  if (isAll('number')) return vectorFromArray(cells, new Float64());
  if (isAll('boolean')) return vectorFromArray(cells, new Bool());
  return vectorFromArray(cells.map((cell) => (cell === null ? null : String(cell))), new Utf8());
}
