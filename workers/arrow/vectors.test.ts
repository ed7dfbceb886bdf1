import { Table, tableFromIPC, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { encodeParquet } from '@/workers/import/parquet';
import { exportTable } from '@/workers/sql/export-rows';
import { utf8Vector, vectorFromCells, type Cell, type CellType } from './vectors';

const throughIpc = (type: CellType, cells: readonly Cell[]) => [...tableFromIPC(tableToIPC(new Table({ x: vectorFromCells(type, cells, 0) }), 'stream')).getChildAt(0)!];

describe('vectors from cells', () => {
  test.each([
    ['VARCHAR', ['a', null, 'ü–🙂', '', 'a']],
    ['DOUBLE', [1.5, null, -0, 1e300]],
    ['INTEGER', [1, -2, null]],
    ['BOOLEAN', [true, null, false]],
  ] as const)('%s cells come back as they went in', (type, cells) => expect(throughIpc(type, cells)).toEqual(cells));
  test('BIGINT holds epoch microseconds exactly', () => expect(throughIpc('BIGINT', [1_763_683_200_123_457, null])).toEqual([1_763_683_200_123_457n, null]));
  test('NaN is missing', () => expect(throughIpc('DOUBLE', [NaN, 2])).toEqual([null, 2]));
  test('more than one bitmap word of nulls', () => {
    const cells = Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? null : i));
    expect(throughIpc('DOUBLE', cells)).toEqual(cells);
  });
  test('no cells give an empty column', () => expect(throughIpc('VARCHAR', [])).toEqual([]));
  test('strings of many bytes keep their borders', () => expect([...utf8Vector(['', 'é', 'x', '日本'])]).toEqual(['', 'é', 'x', '日本']));
});

describe('under a content policy without eval', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('vectors, Parquet exports and recordings are written without making code from text', async () => {
    const table = { columns: [{ name: 'a', type: 'VARCHAR' }, { name: 'b', type: 'DOUBLE' }], rows: [['x', 1], [null, null]] as const, truncated: false, wallMs: 0 };
    const columns = { rows: 1, atUs: Float64Array.of(1), signal: { keys: Int32Array.of(0), dictionary: ['up'] }, labels: { keys: Int32Array.of(0), dictionary: [''] }, value: Float64Array.of(1) };
    await exportTable(table, 'parquet'); // loads the wasm, outside of what is tested
    vi.stubGlobal('Function', function refused() {
      throw new Error("'unsafe-eval' is not an allowed source of script");
    });
    expect(() => vectorFromArray(['a'], new Utf8())).toThrow('unsafe-eval'); // Arrow's own way
    expect(throughIpc('VARCHAR', ['a', null])).toEqual(['a', null]);
    expect((await exportTable(table, 'parquet')).length).toBeGreaterThan(0);
    expect((await encodeParquet(columns)).length).toBeGreaterThan(0);
  });
});
