import { describe, expect, test } from 'vitest';
import type { Result } from '@/engine/kernel';
import { droppedRows, type ImportIssue } from '../recording/import-issue';
import { seriesFromColumns } from '../series/series';
import { importCsv } from './csv-import';
import { guessCsvMapping } from './csv-mapping';
import { importExpositionText } from './exposition-text';
import { importPrometheusJson } from './prometheus-json';
import { sniffBytes, sniffText } from './sniff-format';
import type { TableImport } from './table-import';

const AT_US = 1_700_000_000_000_000;

function good<T>(result: Result<T, ImportIssue[]>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const bad = <T>(result: Result<T, ImportIssue[]>): ImportIssue[] => (result.ok ? [] : result.error);
const rowsOf = ({ columns: { rows, atUs, signal, labels, value } }: TableImport) => Array.from({ length: rows }, (_, i) => [atUs[i]! / 1e6, signal.dictionary[signal.keys[i]!], labels.dictionary[labels.keys[i]!], value[i]]);
const text = (source: string) => importExpositionText(source, { atUs: AT_US, where: 'metrics.txt' });

describe('Prometheus text', () => {
  test('samples keep labels, escapes and their own timestamps in milliseconds', () => {
    const table = good(text('# HELP a_total Things.\n# TYPE a_total counter\na_total{x="1",msg="q\\"b\\\\n\\n"} 3\n\nb 4.5e2 1700000001500\nc { y = "2" , } +7\r\n'));
    expect(rowsOf(table)).toEqual([[1.7e9, 'a_total', 'msg="q\\"b\\\\n\\n",x="1"', 3], [1700000001.5, 'b', '', 450], [1.7e9, 'c', 'y="2"', 7]]);
    expect(table.declared.get('a_total')).toEqual({ name: 'a_total', kind: 'counter', unit: '' });
    expect(table.counts).toMatchObject({ rows: 3, kept: 3 });
  });

  test('labels that end in “} ” inside a value are read as written, also the second time', () => {
    const table = good(text('a{x="1} 2"} 3\na{x="1} 2"} 4\na{x="1"} 5\n'));
    expect(rowsOf(table).map(([, , labels, value]) => [labels, value])).toEqual([['x="1} 2"', 3], ['x="1} 2"', 4], ['x="1"', 5]]);
  });

  test('NaN and infinite samples are dropped and counted, buckets up to +Inf are kept', () => {
    const table = good(text('a NaN\nb +Inf\nc -inf\nh_bucket{le="+Inf"} 3\n'));
    expect(rowsOf(table)).toEqual([[1.7e9, 'h_bucket', 'le="+Inf"', 3]]);
    expect(table.counts).toMatchObject({ rows: 4, kept: 1, dropped: { 'not-a-number': 1, infinite: 2 } });
  });

  test('every bad line is an issue with its number, and the good ones stay', () => {
    const table = good(text('ok 1\n1bad 2\nx{a=b} 3\nx{a="b} 3\nx{a="b",a="c"} 3\nnovalue\nx 0x10\nx 1 soon\nx 1 2 3\n'));
    expect(table.counts).toMatchObject({ rows: 9, kept: 1, dropped: { malformed: 3, 'bad-labels': 3, 'no-value': 1, 'bad-time': 1 } });
    expect(table.warnings.map(({ where }) => where)).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map((line) => `metrics.txt line ${line}`));
    for (const warning of table.warnings) expect([warning.what, warning.next].every((part) => part.length > 5)).toBe(true);
  });

  test('a last line that was cut is dropped: half a number is another number', () => {
    const table = good(text('a 1\nb 12'));
    expect(table.counts).toMatchObject({ rows: 2, kept: 1 });
    expect(table.warnings).toMatchObject([{ where: 'metrics.txt line 2', code: 'truncated' }]);
  });

  test('labels of the target are added where the text has none of that name', () => {
    const table = good(importExpositionText('a 1\nb{instance="own"} 2\n', { atUs: AT_US, where: 't', targetLabels: [['job', 'api'], ['instance', 'h:1']] }));
    expect(rowsOf(table).map(([, , labels]) => labels)).toEqual(['instance="h:1",job="api"', 'instance="own",job="api"']);
  });

  test('a text without a sample is refused with what to do', () => {
    expect(bad(text(' \n'))).toMatchObject([{ code: 'empty' }]);
    expect(bad(text('<html>\n'))[0]).toMatchObject({ code: 'no-data' });
  });
});

describe('OpenMetrics text', () => {
  const openMetrics = '# TYPE req counter\n# UNIT req seconds\nreq_total{a="b"} 17 1700000001.25 # {trace_id="x # y"} 0.67 1700000001\nreq_created{a="b"} 1.6e9\n# EOF\n';
  test('timestamps are seconds, exemplars are read over, counters are declared for their _total', () => {
    const table = good(text(openMetrics));
    expect(rowsOf(table)).toEqual([[1700000001.25, 'req_total', 'a="b"', 17], [1.7e9, 'req_created', 'a="b"', 1.6e9]]);
    expect(table.declared.get('req_total')).toMatchObject({ kind: 'counter' });
    expect(table.declared.get('req')).toMatchObject({ unit: 'seconds' });
  });
  test('a sample after # EOF is dropped', () => {
    expect(good(text(`${openMetrics}late 1\n`)).counts).toMatchObject({ rows: 3, kept: 2, dropped: { malformed: 1 } });
  });
});

describe('Prometheus JSON', () => {
  const answer = (data: unknown) => JSON.stringify({ status: 'success', data });
  test('a matrix gives one row per pair', () => {
    const table = good(importPrometheusJson(answer({ resultType: 'matrix', result: [{ metric: { __name__: 'up', job: 'a' }, values: [[1700000000, '1'], [1700000000.5, '0']] }] }), 'q.json'));
    expect(rowsOf(table)).toEqual([[1.7e9, 'up', 'job="a"', 1], [1700000000.5, 'up', 'job="a"', 0]]);
  });
  test('vector and scalar are taken; an expression without a name is called query_result', () => {
    expect(rowsOf(good(importPrometheusJson(answer({ resultType: 'vector', result: [{ metric: {}, value: [1.7e9, '2'] }] }), 'q')))).toEqual([[1.7e9, 'query_result', '', 2]]);
    expect(rowsOf(good(importPrometheusJson(answer({ resultType: 'scalar', result: [1.7e9, '3'] }), 'q')))).toEqual([[1.7e9, 'query_result', '', 3]]);
  });
  test('an error answer says what Prometheus said', () => {
    expect(bad(importPrometheusJson('{"status":"error","errorType":"bad_data","error":"parse error"}', 'q'))).toMatchObject([{ code: 'remote-error', what: 'Prometheus answered with an error: bad_data: parse error' }]);
  });
  test('bad pairs, labels and values are dropped, counted and named by path', () => {
    const table = good(importPrometheusJson(answer({ resultType: 'matrix', result: [{ metric: { a: 1 }, values: [[1, '1'], [2, '2']] }, { metric: {}, values: [[1, 'NaN'], [2], [3, 4], ['4', '4'], [5, 'x'], [6, '6']] }, 7, { metric: {} }, { metric: {}, histograms: [[1, {}]] }] }), 'q'));
    expect(table.counts).toMatchObject({ rows: 11, kept: 1, dropped: { 'bad-labels': 2, 'not-a-number': 1, malformed: 7 } });
    expect(table.warnings.map(({ where }) => where)).toContain('q: data.result[1].values[2]');
  });
  test('keys of the object prototype are labels like any other', () => {
    const table = good(importPrometheusJson('{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"x","__proto__":"p","constructor":"c"},"value":[1,"1"]}]}}', 'q'));
    expect(rowsOf(table)).toEqual([[1e-6 * 1e6, 'x', '__proto__="p",constructor="c"', 1]]);
    const series = good(seriesFromColumns(table.columns, 'q')).set.series[0]!;
    expect(series.labels.get('__proto__')).toBe('p');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('CSV', () => {
  const csv = (source: string) => good(importCsv(source, 'f.csv'));
  test('a long table: signal, value and label columns', () => {
    expect(rowsOf(csv('time,metric,service,value\n2023-11-14T22:13:20Z,up,a,1\n2023-11-14 22:13:21.5,up,"b, c",0\n'))).toEqual([[1.7e9, 'up', 'service="a"', 1], [1700000001.5, 'up', 'service="b, c"', 0]]);
  });
  test('a wide table: one signal per column, labels in the header, empty cells are gaps', () => {
    const table = csv('at_ms;cpu;"up{job=""a""}";note\n1700000000000;0,5;1;warm\n1700000001000;;0;cold\n');
    expect(table.mapping).toMatchObject({ delimiter: ';', decimalComma: true, time: { column: 0, unit: 'ms' } });
    expect(rowsOf(table)).toEqual([[1.7e9, 'cpu', '', 0.5], [1.7e9, 'up', 'job="a"', 1], [1700000001, 'up', 'job="a"', 0]]);
    expect(table.counts).toMatchObject({ rows: 4, kept: 3, dropped: { 'no-value': 1 } });
    expect(table.warnings).toMatchObject([{ what: 'columns without numbers are left out: note' }]);
  });
  test.each([['s', '1700000000.25'], ['ms', '1700000000250'], ['us', '1700000000250000'], ['ns', '1700000000250000000'], ['iso', '2023-11-14T23:13:20.25+01:00']])('times in %s are told by their size or form', (unit, time) => {
    const table = csv(`timestamp\tx\n${time}\t1\n`);
    expect(table.mapping.time.unit).toBe(unit);
    expect(rowsOf(table)[0]![0]).toBeCloseTo(1700000000.25, 6);
  });
  test('without a header columns get numbers', () => {
    expect(rowsOf(csv('1700000000,1,2\n1700000001,3,4\n')).map(([, signal, , value]) => [signal, value])).toEqual([['column_2', 1], ['column_3', 2], ['column_2', 3], ['column_3', 4]]);
  });
  test('a mapping a person wrote is used as it is', () => {
    const table = good(importCsv('x|y|z\n9|7|1.7e9\n', 'f', { delimiter: '|', header: true, decimalComma: false, time: { column: 2, unit: 's' }, shape: { kind: 'wide', values: [{ column: 1, signal: 'y', labelsText: '' }] } }));
    expect(rowsOf(table)).toEqual([[1.7e9, 'y', '', 7]]);
  });
  test('broken quotes, shifted columns, bad times and words are dropped line by line', () => {
    const table = csv('time,a\n1700000000,1\n1700000001,"open\n1700000002,1,5\nyesterday,1\n1700000004,many\n1700000005,2\n');
    expect(table.counts).toMatchObject({ rows: 6, kept: 2, dropped: { malformed: 3, 'bad-time': 1 } });
    expect(table.warnings.map(({ where }) => where)).toEqual(['f.csv line 3', 'f.csv line 4', 'f.csv line 5', 'f.csv line 6, column 2']);
  });
  test('no time column is refused', () => {
    expect(bad(guessCsvMapping('a,b\nx,1\n', 'f'))).toMatchObject([{ code: 'missing' }]);
  });
});

test('content is told apart without its name', () => {
  expect(sniffText('# TYPE a counter\na 1\n')).toBe('exposition-text');
  expect(sniffText('up 1\ngo_goroutines 5\n')).toBe('exposition-text');
  expect(sniffText('{"status":"success","data":{"resultType":"matrix"}}')).toBe('prometheus-json');
  expect(sniffText('{"formatVersion":1}')).toBe('recording-manifest');
  expect(sniffText('[1]')).toBe('unknown-json');
  expect(sniffText('time,a\n1,2\n')).toBe('csv');
  expect(sniffText('hello there\n')).toBe('unknown');
  expect(sniffText('')).toBe('empty');
  expect(sniffBytes(Uint8Array.from([0x50, 0x41, 0x52, 0x31]))).toBe('parquet');
  expect(sniffBytes(Uint8Array.from([0x1f, 0x8b, 8]))).toBe('gzip');
  expect(sniffBytes(Uint8Array.from([1, 0, 2]))).toBe('binary');
});

test('rows of one series at one time, out of order or without a number are dropped or sorted, and add up', () => {
  const table = csv3([[2, 1], [1, 1], [2, 9], [3, Infinity]]);
  const { set, counts } = good(seriesFromColumns(table.columns, 't'));
  expect([...set.series[0]!.atUs]).toEqual([1e6, 2e6]);
  expect([...set.series[0]!.values]).toEqual([1, 1]);
  expect(counts).toMatchObject({ rows: 3, kept: 2, dropped: { duplicate: 1 } });
  expect(counts.kept + droppedRows(counts)).toBe(counts.rows);
});

function csv3(samples: readonly (readonly [number, number])[]): TableImport {
  return good(importCsv(`time_s,x\n${samples.map(([time, value]) => `${time},${value}`).join('\n')}\n`, 't'));
}
