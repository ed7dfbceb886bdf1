import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Float32, Table, TimestampMillisecond, Utf8, tableToIPC, vectorFromArray } from 'apache-arrow';
import { Table as ParquetTable, writeParquet } from 'parquet-wasm';
import { afterAll, expect, test } from 'vitest';
import { appendRow, builtColumns, canonicalLabels, columnsBuilder, droppedRows, IMPORT_LIMITS, type ImportedRecording, type ImportIssue, type TelemetryColumns } from '@/engine/telemetry';
import { nextBelow, randomStream, type Result } from '@/engine/kernel';
import { importFiles, type ImportProgress } from './import-files';
import { decodeParquet, encodeParquet } from './parquet';
import { readRecording } from './read-recording';
import { writeRecording } from './write-recording';

const START_US = 1_769_817_600_000_000; // 2026-01-31T00:00:00Z
const SECONDS = 10;
const folder = mkdtempSync(join(tmpdir(), 'orrery-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

function sampled(): TelemetryColumns {
  const builder = columnsBuilder();
  for (let t = 0; t < SECONDS; t += 1) {
    const row = (signal: string, labels: Record<string, string>, value: number) => appendRow(builder, START_US + t * 1e6, signal, canonicalLabels(Object.entries(labels)), value);
    for (const replica of ['a-1', 'a-2']) row('http_requests_total', { service: 'a', replica, code: '200' }, t * 10);
    row('fleet_replicas', { service: 'a' }, 2);
    row('my_own_thing', { x: 'y' }, t);
  }
  return builtColumns(builder);
}
const ABOUT = { id: 'small', title: 'Small', made: { date: '2026-01-31', how: 'by a test', command: '' }, sources: [], startedAt: '2026-01-31T00:00:00Z', seconds: SECONDS, scrapeSeconds: 1, faults: [], system: { entry: 'a', services: [{ name: 'a', lanes: 1, startUpSeconds: null, node: 'n1', calls: [] }], nodes: [{ name: 'n1', cpuCores: 2, memoryBytes: null, usdPerHour: 0.5 }] } };
await writeRecording(folder, ABOUT, sampled());
const file = (name: string) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) });
const textFile = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
const gzipped = ({ name, bytes }: { name: string; bytes: Uint8Array }) => ({ name: `${name}.gz`, bytes: new Uint8Array(gzipSync(bytes)) });

function good(result: Result<ImportedRecording, ImportIssue[]>): ImportedRecording {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const codes = (result: Result<unknown, ImportIssue[]>) => (result.ok ? [] : result.error.map(({ code }) => code));

test('a recording folder comes back as frames, with its hints and what was understood', async () => {
  const heard: ImportProgress[] = [];
  const recording = good(await importFiles([file('telemetry.parquet'), file('recording.json')], { onProgress: (progress) => heard.push(progress) }));
  expect(recording.manifest.id).toBe('small');
  expect(recording.frames.map((frame) => frame.services[0]!.servedRps)).toEqual([null, ...Array(SECONDS - 1).fill(20)]);
  expect(recording.frames[1]).toMatchObject({ usdPerHour: 0.5, nodes: [{ node: 'n1', replicas: ['a-1', 'a-2'] }] });
  expect(recording.understood).toMatchObject({ services: ['a'], nodes: ['n1'], unknownSignals: ['my_own_thing'], missingScrapes: 0, counts: { rows: 40, kept: 40 } });
  expect(recording.understood.sentence).toBe('1 service and 1 node over 9 seconds, a scrape every 1 s; 3 signals, 1 of them not in the catalogue; no scrape is missing; all 40 rows kept.');
  expect(recording.warnings).toEqual([]);
  expect(heard.map(({ stage }) => stage)).toEqual(['reading', 'reading', 'building']);
});

test('gzip, other names and reading from disk change nothing', async () => {
  const plain = good(await importFiles([file('recording.json'), file('telemetry.parquet')]));
  const renamed = good(await importFiles([gzipped(file('recording.json')), { ...gzipped(file('telemetry.parquet')), name: 'x.bin' }]));
  expect(renamed.frames).toEqual(plain.frames);
  expect(good(await readRecording(folder)).frames).toEqual(plain.frames);
});

test('the same samples give the same rates as Parquet, Prometheus JSON, text and CSV', async () => {
  const expected = good(await importFiles([file('recording.json'), file('telemetry.parquet')])).frames.map((frame) => frame.services[0]!.servedRps);
  const columns = sampled();
  const rows = Array.from({ length: columns.rows }, (_, i) => ({ at: columns.atUs[i]! / 1e6, signal: columns.signal.dictionary[columns.signal.keys[i]!]!, labels: columns.labels.dictionary[columns.labels.keys[i]!]!, value: columns.value[i]! }));
  const metric = ({ signal, labels }: { signal: string; labels: string }) => ({ __name__: signal, ...Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value])) });
  const json = JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: rows.map((row) => ({ metric: metric(row), values: [[row.at, String(row.value)]] })) } });
  const exposition = rows.map(({ at, signal, labels, value }) => `${signal}{${labels}} ${value} ${at * 1e3}\n`).join('');
  const csv = `at_s,signal,labels,value\n${rows.map(({ at, signal, labels, value }) => `${at},${signal},"${labels.replace(/"/g, '""')}",${value}`).join('\n')}`;
  for (const source of [json, exposition, csv]) {
    const recording = good(await importFiles([textFile('export.data', source)]));
    expect(recording.frames.map((frame) => frame.services[0]!.servedRps)).toEqual(expected);
    expect(recording.manifest).toMatchObject({ id: 'export', startedAt: '2026-01-31T00:00:00Z', scrapeSeconds: 1, rows: 40 });
  }
});

test('several exports of one system are one recording', async () => {
  const part = (code: string, step: number) => textFile(`${code}.json`, JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: [{ metric: { __name__: 'http_requests_total', service: 'a', code }, values: [0, 1].map((t) => [1.7e9 + t, String(t * step)]) }] } }));
  const recording = good(await importFiles([part('200', 7), part('503', 2)]));
  expect(recording.frames[1]!.services[0]).toMatchObject({ servedRps: 7, errorRps: 2 });
});

test('text of one process without owner labels is one service, named after the file', async () => {
  const recording = good(await importFiles([textFile('checkout.prom', 'process_resident_memory_bytes 5\n')], { atUs: START_US }));
  expect(recording.frames).toMatchObject([{ atUs: START_US, services: [{ service: 'checkout', memoryBytes: 5 }] }]);
});

test('Excel’s UTF-16 text is read', async () => {
  const bytes = new Uint8Array(Buffer.from('\ufefftime\tx\n1700000000\t1\n', 'utf16le'));
  expect(good(await importFiles([{ name: 'excel.txt', bytes }])).understood.counts).toMatchObject({ rows: 1, kept: 1 });
});

test('what cannot be imported is refused with a code and a next step', async () => {
  expect(codes(await importFiles([]))).toEqual(['empty']);
  expect(codes(await importFiles([file('recording.json')]))).toEqual(['missing']);
  expect(codes(await importFiles([file('recording.json'), file('recording.json')]))).toEqual(['duplicate']);
  expect(codes(await importFiles([{ name: 'x', bytes: new Uint8Array() }]))).toEqual(['empty']);
  expect(codes(await importFiles([{ name: 'x.png', bytes: Uint8Array.of(137, 80, 78, 71, 0, 0) }]))).toEqual(['unknown-format']);
  expect(codes(await importFiles([textFile('x.json', '{"a":1}')]))).toEqual(['unknown-format']);
  expect(codes(await importFiles([{ name: 'x.gz', bytes: gzipped(textFile('x', 'a 1\n')).bytes.slice(0, 12) }]))).toEqual(['truncated']);
  expect(codes(await readRecording(join(folder, 'nowhere')))).toEqual(['missing']);
});

test('a small file that unpacks to more than the limit is refused with the limit', async () => {
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(IMPORT_LIMITS.bytesMax + 1)));
  expect(bomb.length).toBeLessThan(1_000_000);
  expect(codes(await importFiles([{ name: 'bomb.gz', bytes: bomb }]))).toEqual(['too-large']);
});

test('a table cut or exchanged is noticed by its number of rows', async () => {
  const manifest = textFile('recording.json', readFileSync(join(folder, 'recording.json'), 'utf8').replace('"rows": 40', '"rows": 41'));
  expect(good(await importFiles([manifest, file('telemetry.parquet')])).warnings).toMatchObject([{ code: 'truncated' }]);
});

test('a Parquet file of something else is refused by its columns, an empty one for having no rows', async () => {
  const other = writeParquet(ParquetTable.fromIPCStream(tableToIPC(new Table({ foo: vectorFromArray([1, 2]), value: vectorFromArray(['a', 'b']) }), 'stream')));
  const refused = await importFiles([{ name: 'other.parquet', bytes: other }]);
  expect(refused).toMatchObject({ ok: false, error: [{ code: 'missing', what: 'has no column at_us, signal, labels (found: foo, value)' }] });
  const none = await encodeParquet({ rows: 0, atUs: new Float64Array(), value: new Float64Array(), signal: { keys: new Int32Array(), dictionary: [] }, labels: { keys: new Int32Array(), dictionary: [] } });
  expect(codes(await importFiles([{ name: 'empty.parquet', bytes: none }]))).toEqual(['no-data']);
});

test('Parquet of other writers is taken: plain strings, millisecond timestamps, 32-bit numbers, nulls', async () => {
  const table = new Table({
    at_us: vectorFromArray([START_US / 1e3, START_US / 1e3 + 1e3, START_US / 1e3 + 2e3], new TimestampMillisecond()),
    signal: vectorFromArray(['http_requests_total', 'http_requests_total', null], new Utf8()),
    labels: vectorFromArray(['code="200",service="a"', 'service="a", code="200"', ''], new Utf8()),
    value: vectorFromArray([1, 6, 9], new Float32()),
  });
  const recording = good(await importFiles([{ name: 'duck.parquet', bytes: writeParquet(ParquetTable.fromIPCStream(tableToIPC(table, 'stream'))) }]));
  expect(recording.frames.map((frame) => [frame.atUs - START_US, frame.services[0]!.servedRps])).toEqual([[0, null], [1e6, 5]]);
  expect(recording.understood.counts).toMatchObject({ rows: 3, kept: 2, dropped: { malformed: 1 } });
});

test('damaged Parquet never throws, loses no row silently, and spoils no later file', async () => {
  const { bytes } = file('telemetry.parquet');
  const random = randomStream(20_260_131, 'parquet');
  let refused = 0;
  for (let i = 0; i < 2_000; i += 1) {
    const damaged = bytes.slice(0, nextBelow(random, 5) === 0 ? nextBelow(random, bytes.length) : bytes.length);
    for (let edits = nextBelow(random, 4); edits >= 0; edits -= 1) if (damaged.length > 0) damaged[nextBelow(random, damaged.length)] = nextBelow(random, 256);
    const result = await importFiles([{ name: 'telemetry.parquet', bytes: damaged }]);
    if (!result.ok) refused += 1;
    else expect(result.value.understood.counts.kept + droppedRows(result.value.understood.counts)).toBe(result.value.understood.counts.rows);
  }
  expect(refused).toBeGreaterThan(500);
  const again = await decodeParquet(bytes, 'telemetry.parquet');
  expect(again.ok && again.value.rows).toBe(40);
});

test('the JSON of a laboratory record dates the series dropped with it, packed or not, in any order', async () => {
  const series = textFile('A01.r1.csv.gz', '');
  const packed = { name: series.name, bytes: new Uint8Array(gzipSync('t_s,cpu0_user_ticks,cpu0_idle_ticks,w.g1:cpu_ns\n0,0,0,0\n1,75,25,750000000\n2,150,50,1500000000\n')) };
  const record = textFile('A01.json', JSON.stringify({ id: 'A01', experiment: 'A', scenario: {}, runs: [{ series: 'A01.r1.csv.gz', at: '2026-01-31T00:00:00Z' }] }));
  const recording = good(await importFiles([packed, record]));
  expect(recording.manifest.startedAt).toBe('2026-01-31T00:00:00Z');
  expect(recording.frames[1]).toMatchObject({ services: [{ service: 'g1', cpuCores: 0.75 }], nodes: [{ node: 'A01', cpuCores: 0.75 }] });
  expect(codes(await importFiles([record]))).toEqual(['missing']);
});

test('a folder of exports without a recording is read whole, as one recording', async () => {
  const exports = mkdtempSync(join(tmpdir(), 'orrery-exports-'));
  const line = (service: string) => `process_resident_memory_bytes{service="${service}"} 5\n`;
  for (const service of ['a', 'b']) writeFileSync(join(exports, `${service}.prom`), line(service));
  const recording = good(await readRecording(exports, { atUs: START_US }));
  rmSync(exports, { recursive: true });
  expect(recording.understood).toMatchObject({ services: ['a', 'b'], counts: { rows: 2, kept: 2 } });
});
