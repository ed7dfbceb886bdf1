import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableFromIPC } from 'apache-arrow';
import { readParquet } from 'parquet-wasm';
import type { Result } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import type { SqlRefusal } from '../sql-api';
import { nodeDuck } from './node-duck';
import { sqlService } from './sql-service';
import { frame } from './dull-frames';

const sql = sqlService(nodeDuck);
const value = <T,>(result: Result<T, SqlRefusal>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};
const ask = async (text: string, rowLimit?: number) => sql.query(text, { queryId: 'test', rowLimit });
const rows = async (text: string) => value(await ask(text)).rows;
const code = async (text: string) => {
  const result = await ask(text);
  return result.ok ? 'ok' : result.error.code;
};

beforeAll(async () => {
  value(await sql.open());
  value(await sql.startRun({ runId: 'r1', source: 'simulated', startedUs: 0 }));
  value(await sql.insertFrames('r1', [frame({ atSeconds: 1 }), frame({ atSeconds: 2 })]));
});
afterAll(() => sql.close());

describe('writing', () => {
  test('frames arrive with their nulls and their times', async () => {
    expect(await rows('SELECT at_us, service, offered_rps, throttled_share FROM frame_service ORDER BY at_us')).toEqual([
      [1_000_000, 'web', 100, null],
      [2_000_000, 'web', 100, null],
    ]);
  });
  test('Unix epoch microseconds are exact', async () => {
    const atUs = 1_763_683_200_123_457;
    value(await sql.insertActuals('exact', [{ atUs, value: 1 }]));
    expect(await rows("SELECT at_us, CAST(at_us AS VARCHAR) FROM forecast_actual WHERE series = 'exact'")).toEqual([[atUs, String(atUs)]]);
  });
  test('a run started again replaces itself', async () => {
    value(await sql.startRun({ runId: 'again', source: 'live', startedUs: 5 }));
    value(await sql.insertFrames('again', [frame({ atSeconds: 1 })]));
    value(await sql.startRun({ runId: 'again', source: 'live', startedUs: 5 }));
    expect(await rows("SELECT (SELECT count(*) FROM run WHERE run_id = 'again'), (SELECT count(*) FROM frame WHERE run_id = 'again')")).toEqual([[1, 0]]);
    value(await sql.removeRun('again'));
    expect(await rows("SELECT count(*) FROM run WHERE run_id = 'again'")).toEqual([[0]]);
  });
  test('a name with quotes is only a name', async () => {
    const runId = `it's "x"; DROP TABLE run; --`;
    value(await sql.startRun({ runId, source: 'live', startedUs: 0 }));
    value(await sql.removeRun(runId));
    expect(await rows('SELECT run_id FROM run')).toEqual([['r1']]);
  });
  test('a write that fails leaves nothing behind', async () => {
    const bad = JSON.parse(JSON.stringify({ ...frame({ atSeconds: 9 }), source: null })) as Frame; // the column is NOT NULL
    expect(await sql.insertFrames('r1', [frame({ atSeconds: 8 }), bad])).toMatchObject({ ok: false });
    expect(await rows('SELECT max(at_us) FROM frame')).toEqual([[2_000_000]]);
  });
  test('writes asked for at once do not mix', async () => {
    const names = ['p', 'q', 's'];
    await Promise.all(names.map((runId) => sql.startRun({ runId, source: 'live', startedUs: 0 })));
    await Promise.all(names.map((runId) => sql.insertFrames(runId, [frame({ atSeconds: 1 })])));
    expect(await rows("SELECT run_id, count(*) FROM frame WHERE run_id IN ('p','q','s') GROUP BY run_id ORDER BY run_id")).toEqual([['p', 1], ['q', 1], ['s', 1]]);
    await Promise.all(names.map((runId) => sql.removeRun(runId)));
  });
});

describe('SQL that a person types', () => {
  test.each(['DROP TABLE run', 'INSERT INTO run SELECT * FROM run', 'DELETE FROM run', 'CREATE TABLE x(a INT)', 'SET threads=1', 'ATTACH \'x.db\'', 'COPY run TO \'x.csv\'', 'INSTALL json', 'PRAGMA version', 'BEGIN', 'CALL pragma_version()'])('%s does not pass', async (text) => {
    expect(await code(text)).toBe('not-read-only');
  });
  test('a second statement does not pass, a semicolon or comment at the end does', async () => {
    expect(await code('SELECT 1; DROP TABLE run')).toBe('several-statements');
    expect(await rows("SELECT ';' AS a; -- done; really")).toEqual([[';']]);
    expect(await code('-- nothing\n ;')).toBe('empty');
  });
  test('a write that looks like reading is stopped by the transaction', async () => {
    expect(await code('EXPLAIN ANALYZE DELETE FROM run')).toBe('not-read-only');
    expect(await rows('SELECT run_id FROM run')).toEqual([['r1']]);
  });
  test.each(["SELECT * FROM 'x.csv'", "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM 'http://localhost/x.csv'", "SELECT '{}'::JSON"])('%s is closed, with a clear answer', async (text) => {
    expect(await code(text)).toBe('unsupported');
  });
  test('rows beyond the limit are cut and it is said', async () => {
    const result = value(await ask('SELECT i FROM range(100000) t(i)', 10));
    expect([result.rows.length, result.truncated, result.rows[9]]).toEqual([10, true, [9]]);
  });
  test('exactly as many rows as the limit are not cut', async () => {
    expect(value(await ask('SELECT i FROM range(10) t(i)', 10)).truncated).toBe(false);
  });
  test('an answer without rows keeps its columns', async () => {
    expect(value(await ask('SELECT 1 AS a, \'x\' AS b WHERE FALSE'))).toMatchObject({ columns: [{ name: 'a' }, { name: 'b', type: 'VARCHAR' }], rows: [] });
  });
  test('an error names the place and what to do', async () => {
    const result = await ask('SELECT nope FROM run');
    expect(result).toMatchObject({ ok: false, error: { code: 'sql-error', message: expect.stringContaining('nope'), suggestion: expect.stringContaining('DESCRIBE') } });
  });
  test('every type comes out as a cell', async () => {
    expect(await rows("SELECT 1.5::DECIMAL(10,2), 2::HUGEINT, [1,2], {'a': 1}, TIMESTAMP '2020-01-02 03:04:05', DATE '2020-01-02', 'x'::BLOB, NULL, TRUE, 'nan'::DOUBLE")).toEqual([
      [1.5, 2, '[1,2]', '{"a": 1}', '2020-01-02T03:04:05.000Z', '2020-01-02', '78', null, true, NaN],
    ]);
  });
  test('a long query is stopped, says so, and the next one runs', async () => {
    const long = sql.query('SELECT sum(a.i * b.i) FROM range(1000000) a(i), range(1000000) b(i)', { queryId: 'long' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await sql.cancel('long')).toBe(true);
    expect(await long).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await rows('SELECT 42')).toEqual([[42]]);
    expect(await sql.cancel('long')).toBe(false);
  });
  test('progress is told while it runs', async () => {
    const seen: number[] = [];
    const long = sql.query('SELECT sum(a.i * b.i) FROM range(1000000) a(i), range(1000000) b(i)', { queryId: 'told' }, ({ wallMs }) => seen.push(wallMs));
    await new Promise((resolve) => setTimeout(resolve, 700));
    await sql.cancel('told');
    await long;
    expect(seen.length).toBeGreaterThan(0);
  });
});

describe('exports', () => {
  const text = "SELECT 1 AS n, 'a,\"b\"' AS t, NULL AS missing, TRUE AS yes UNION ALL SELECT 2.5, '=1+1', NULL, FALSE ORDER BY n";
  const bytes = async (format: 'csv' | 'json' | 'parquet') => value(await sql.exportRows(text, format, 'out')).bytes;

  test('CSV quotes what needs it and defuses formulas', async () => {
    expect(new TextDecoder().decode(await bytes('csv'))).toBe('n,t,missing,yes\r\n1,"a,""b""",,true\r\n2.5,\'=1+1,,false\r\n');
  });
  test('JSON is an array of objects', async () => {
    expect(JSON.parse(new TextDecoder().decode(await bytes('json')))).toEqual([{ n: 1, t: 'a,"b"', missing: null, yes: true }, { n: 2.5, t: '=1+1', missing: null, yes: false }]);
  });
  test('Parquet reads back as the same rows', async () => {
    const back = tableFromIPC(readParquet(await bytes('parquet')).intoIPCStream());
    expect(back.toArray().map((row) => row.toJSON())).toEqual([{ n: 1, t: 'a,"b"', missing: null, yes: true }, { n: 2.5, t: '=1+1', missing: null, yes: false }]);
  });
  test('an export is checked like any typed SQL', async () => {
    expect(await sql.exportRows('DROP TABLE run', 'csv', 'x')).toMatchObject({ ok: false, error: { code: 'not-read-only' } });
  });
});

test('a report with a parameter it does not have is refused with the ones it has', async () => {
  expect(await sql.reportSql('golden-signals', { run: 'r1' })).toMatchObject({ ok: false, error: { code: 'bad-parameter', suggestion: expect.stringContaining('runId') } });
});
