import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { appendRow, builtColumns, canonicalLabels, columnsBuilder, NO_SYSTEM_HINTS } from '@/engine/telemetry';
import { decodeParquet } from './parquet';
import { writeRecording } from './write-recording';

const folder = mkdtempSync(join(tmpdir(), 'orrery-recording-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ABOUT = { id: 'two-services', title: 'Two services', made: { date: '2026-01-31', how: 'by a test', command: '' }, sources: [], startedAt: '2026-01-31T00:00:00Z', seconds: 3, scrapeSeconds: 1, faults: [], system: NO_SYSTEM_HINTS };

test('a recording written and read again has the same rows, sorted by signal, labels and time', async () => {
  const builder = columnsBuilder(2);
  for (const second of [0, 1, 2]) {
    for (const replica of ['b', 'a']) appendRow(builder, 1.7e15 + second * 1e6, 'http_requests_total', canonicalLabels([['service', 'front'], ['replica', replica]]), second * 10 + (replica === 'a' ? 0.25 : 0));
    appendRow(builder, 1.7e15 + second * 1e6, 'my_gauge_bytes', '', second === 1 ? NaN : second);
  }
  const manifest = await writeRecording(folder, ABOUT, builtColumns(builder));
  expect(manifest).toMatchObject({
    rows: 9,
    labels: ['replica', 'service'],
    signals: [{ name: 'http_requests_total', kind: 'counter', unit: 'requests' }, { name: 'my_gauge_bytes', kind: 'untyped', unit: 'bytes' }],
  });
  expect(JSON.parse(readFileSync(join(folder, 'recording.json'), 'utf8'))).toEqual(manifest);

  const read = await decodeParquet(readFileSync(join(folder, 'telemetry.parquet')), 'telemetry.parquet');
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const { rows, atUs, signal, labels, value } = read.value;
  const table = Array.from({ length: rows }, (_, i) => [atUs[i]! - 1.7e15, signal.dictionary[signal.keys[i]!], labels.dictionary[labels.keys[i]!], value[i]]);
  const a = 'replica="a",service="front"';
  const b = 'replica="b",service="front"';
  expect(table).toEqual([
    [0, 'http_requests_total', a, 0.25], [1e6, 'http_requests_total', a, 10.25], [2e6, 'http_requests_total', a, 20.25],
    [0, 'http_requests_total', b, 0], [1e6, 'http_requests_total', b, 10], [2e6, 'http_requests_total', b, 20],
    [0, 'my_gauge_bytes', '', 0], [1e6, 'my_gauge_bytes', '', NaN], [2e6, 'my_gauge_bytes', '', 2],
  ]);
});
