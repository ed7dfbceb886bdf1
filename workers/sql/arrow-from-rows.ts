/**
 * Rows of one of our tables as an Arrow IPC stream, column by column in the order and types of the DDL, so
 * that DuckDB appends them without a cast. Typed arrays are filled by hand: Arrow's builders are several
 * times slower. DuckDB refuses ±∞ nowhere, but NaN would poison every mean, so NaN goes in as null.
 */
import { Bool, Dictionary, Float64, Int32, Int64, makeData, Table as ArrowTable, tableToIPC, Utf8, Vector, vectorFromArray } from 'apache-arrow';
import type { Column, Table } from '@/engine/query';

export type TableRow = Readonly<Record<string, string | number | boolean | null>>;

export function ipcFromRows(table: Table, rows: readonly TableRow[]): Uint8Array {
  const vectors = Object.entries(table.columns).map(([name, column], id) => [name, vectorOf(column, rows.map((row) => row[name] ?? null), id)] as const);
  return tableToIPC(new ArrowTable(Object.fromEntries(vectors)), 'stream');
}

type Cell = string | number | boolean | null;

function vectorOf({ type }: Column, cells: readonly Cell[], id: number): Vector {
  const length = cells.length;
  const validity = validityOf(cells);
  switch (type) {
    case 'VARCHAR':
      return dictionaryVector(cells, validity, id);
    case 'BIGINT':
      return new Vector([makeData({ type: new Int64(), length, data: BigInt64Array.from(cells, (cell) => (isMissing(cell) ? 0n : BigInt(Math.round(Number(cell))))), ...validity })]);
    case 'INTEGER':
      return new Vector([makeData({ type: new Int32(), length, data: Int32Array.from(cells, Number), ...validity })]);
    case 'DOUBLE':
      return new Vector([makeData({ type: new Float64(), length, data: Float64Array.from(cells, Number), ...validity })]);
    case 'BOOLEAN':
      return new Vector([makeData({ type: new Bool(), length, data: bitmap(cells, (cell) => cell === true), ...validity })]);
  }
}

function dictionaryVector(cells: readonly Cell[], validity: ReturnType<typeof validityOf>, id: number): Vector {
  const keyOf = new Map<string, number>();
  const keys = Int32Array.from(cells, (cell) => {
    const word = cell === null ? '' : String(cell);
    const known = keyOf.get(word);
    if (known !== undefined) return known;
    keyOf.set(word, keyOf.size);
    return keyOf.size - 1;
  });
  const dictionary = vectorFromArray([...keyOf.keys()], new Utf8());
  return new Vector([makeData({ type: new Dictionary(new Utf8(), new Int32(), id), length: cells.length, data: keys, dictionary, ...validity })]);
}

const isMissing = (cell: Cell) => cell === null || Number.isNaN(cell);

function validityOf(cells: readonly Cell[]): { nullCount: number; nullBitmap?: Uint8Array } {
  const nullCount = cells.reduce<number>((count, cell) => count + (isMissing(cell) ? 1 : 0), 0);
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap: bitmap(cells, (cell) => !isMissing(cell)) };
}

function bitmap(cells: readonly Cell[], isSet: (cell: Cell) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(cells.length / 64) * 8);
  cells.forEach((cell, i) => {
    if (isSet(cell)) bits[i >> 3]! |= 1 << (i & 7);
  });
  return bits;
}
