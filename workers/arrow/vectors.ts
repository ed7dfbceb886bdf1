/**
 * Arrow vectors from plain cells, filled by hand: Arrow's own builders are several times slower and write
 * themselves with `new Function`, which our content policy forbids in the browser. NaN goes in as null: it
 * would poison every mean in SQL.
 */
import { Bool, Dictionary, Float64, Int32, Int64, makeData, Utf8, Vector } from 'apache-arrow';

export type Cell = string | number | boolean | null;
export type CellType = 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN';

/** `dictionaryId` tells the dictionaries of one table apart. */
export function vectorFromCells(type: CellType, cells: readonly Cell[], dictionaryId: number): Vector {
  const length = cells.length;
  const validity = validityOf(cells);
  switch (type) {
    case 'VARCHAR':
      return new Vector([dictionaryData(cells, validity, dictionaryId)]);
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

/** Plain strings, none missing. */
export function utf8Vector(words: readonly string[]): Vector<Utf8> {
  const encoder = new TextEncoder();
  const encoded = words.map((word) => encoder.encode(word));
  const valueOffsets = new Int32Array(words.length + 1);
  encoded.forEach((bytes, i) => (valueOffsets[i + 1] = valueOffsets[i]! + bytes.length));
  const data = new Uint8Array(valueOffsets[words.length]!);
  encoded.forEach((bytes, i) => data.set(bytes, valueOffsets[i]));
  return new Vector([makeData({ type: new Utf8(), length: words.length, nullCount: 0, valueOffsets, data })]);
}

function dictionaryData(cells: readonly Cell[], validity: ReturnType<typeof validityOf>, id: number) {
  const keyOf = new Map<string, number>();
  const keys = Int32Array.from(cells, (cell) => {
    const word = cell === null ? '' : String(cell);
    const known = keyOf.get(word);
    if (known !== undefined) return known;
    keyOf.set(word, keyOf.size);
    return keyOf.size - 1;
  });
  return makeData({ type: new Dictionary(new Utf8(), new Int32(), id), length: cells.length, data: keys, dictionary: utf8Vector([...keyOf.keys()]), ...validity });
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
