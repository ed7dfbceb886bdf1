/** Rows as CSV (RFC 4180), JSON (an array of objects) or Parquet (zstd, through Arrow). */
import { Table as ArrowTable, tableToIPC } from 'apache-arrow';
import { vectorFromCells, type CellType } from '@/workers/arrow/vectors';
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
  const vectors = columns.map(({ name }, i) => {
    const cells = rows.map((row) => row[i] ?? null);
    return [name, vectorFromCells(typeOf(cells), cells, i)] as const;
  });
  return writeParquet(Table.fromIPCStream(tableToIPC(new ArrowTable(Object.fromEntries(vectors)), 'stream')), new WriterPropertiesBuilder().setCompression(Compression.ZSTD).build());
}

/** A column is as its cells are: all numbers, all booleans, else text. */
function typeOf(cells: readonly SqlCell[]): CellType {
  const isAll = (type: 'number' | 'boolean') => cells.every((cell) => cell === null || typeof cell === type);
  return isAll('number') ? 'DOUBLE' : isAll('boolean') ? 'BOOLEAN' : 'VARCHAR';
}
