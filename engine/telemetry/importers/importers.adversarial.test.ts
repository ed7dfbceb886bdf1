/** What arrives damaged, hostile or huge: never a throw, never a hang, and no row without its fate. */
import { describe, expect, test } from 'vitest';
import { nextBelow, randomStream, type Random, type Result } from '@/engine/kernel';
import { droppedRows, type ImportIssue } from '../recording/import-issue';
import { parseIsoTimeUs } from '../recording/iso-time';
import { parseRecordingManifest } from '../recording/parse-manifest';
import { parseLabels } from '../series/labels';
import { assembleRecording } from './assemble-recording';
import { importCsv } from './csv-import';
import { importExpositionText } from './exposition-text';
import { importHostCapture } from './host/host-capture';
import { importHostlabSeries } from './host/hostlab-series';
import { importPrometheusJson } from './prometheus-json';
import { importText } from './import-text';
import { sniffText } from './sniff-format';
import type { TableImport } from './table-import';

const AT_US = 1_700_000_000_000_000;
const MUTATIONS = 10_000;
const TOKENS = ['NaN', '1e999', '-1', '+Inf', '__proto__', 'constructor', '"', '\\', '{', '}', '[', ']', ',', ';', '\n', '\r\n', '\u0000', '\ud800', '# EOF\n', '# TYPE a histogram\n', 'null', '""', '9'.repeat(400), ' ', '\t', ':', '=', 'le="', '{'.repeat(50), '[['.repeat(50), '-0', '1700000000', '2023-02-31T00:00:00Z', '\ufeff', '💥'];

/** One to six edits: cut, delete, double, swap, overwrite, insert a nasty token. */
function mutated(random: Random, source: string): string {
  let text = source;
  for (let edits = 1 + nextBelow(random, 6); edits > 0; edits -= 1) {
    const at = nextBelow(random, text.length + 1);
    const length = nextBelow(random, 24);
    const kind = nextBelow(random, 6);
    const token = TOKENS[nextBelow(random, TOKENS.length)]!;
    if (kind === 0) text = nextBelow(random, 8) === 0 ? text.slice(0, at) : text;
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + length);
    else if (kind === 2) text = text.slice(0, at + length) + text.slice(at);
    else if (kind === 3) text = text.slice(0, at) + String.fromCharCode(nextBelow(random, 256)) + text.slice(at + 1);
    else if (kind === 4) text = text.slice(0, at) + token + text.slice(at);
    else text = text.slice(0, at) + token + text.slice(at + token.length);
  }
  return text;
}

function checkTable(result: Result<TableImport, ImportIssue[]>): boolean {
  if (!result.ok) {
    expect(result.error.length).toBeGreaterThan(0);
    for (const issue of result.error) if (issue.what === '' || issue.next === '') throw new Error(`an issue says nothing: ${JSON.stringify(issue)}`);
    return false;
  }
  const { counts, columns } = result.value;
  if (counts.kept + droppedRows(counts) !== counts.rows || counts.kept !== columns.rows) throw new Error(`rows are lost: ${JSON.stringify(counts)}`);
  const whole = assembleRecording(result.value, { where: 'x', format: 'x', manifest: null });
  if (whole.ok) {
    const { counts: all } = whole.value.understood;
    if (all.kept + droppedRows(all) !== all.rows || all.rows !== counts.rows || all.kept !== whole.value.series.samples) throw new Error(`rows are lost: ${JSON.stringify(all)}`);
  }
  return true;
}

const EXPOSITION = `# HELP http_requests_total Requests.
# TYPE http_requests_total counter
http_requests_total{service="a",replica="a-1",code="200"} 1027 1700000000000
http_requests_total{service="a",replica="a-1",code="500"} 3 1700000000000
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{service="a",le="0.1"} 5
http_request_duration_seconds_bucket{service="a",le="+Inf"} 7
http_request_duration_seconds_sum{service="a"} 1.5e-1
http_request_duration_seconds_count{service="a"} 7 # {trace="x"} 0.5
process_resident_memory_bytes{service="b",path="C:\\\\x\\"\\n"} 1.2e7
fleet_usd_per_hour{node="n1"} 0.12
`;
const matrix = { status: 'success', data: { resultType: 'matrix', result: ['200', '500'].map((code) => ({ metric: { __name__: 'http_requests_total', service: 'a', code }, values: Array.from({ length: 6 }, (_, i) => [1_700_000_000 + i, String(i * 3)]) })) } };
const CSV = `time,metric,service,code,value\n${Array.from({ length: 12 }, (_, i) => `2023-11-14T22:13:${20 + i}Z,http_requests_total,"a",200,${i * 3}`).join('\n')}\n`;
const WIDE = `at_ms;cpu;"up{job=""a""}"\n${Array.from({ length: 12 }, (_, i) => `${1_700_000_000_000 + i * 1_000};0,${i};1`).join('\n')}\n`;
const CAPTURE = '1700000000.5\n==> /proc/stat <==\ncpu0 100 0 10 0 0 0 0 0\n==> /proc/pressure/cpu <==\nsome avg10=1.50 avg60=0.80 avg300=0.20 total=1000\n/sys/fs/cgroup/a/cpu.stat:nr_periods 12\n==> /sys/fs/cgroup/a/memory.max <==\nmax\nCONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT\n4a2b9c0d1e2f   web       150.25%   12.5MiB / 1GiB\n r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st UTC\n 1  0      0 21001784  45356 3327784    0    0  3568    72  737 1532 12  2 86  1  0 2023-11-14 22:13:25\nFilesystem Type 1K-blocks Used Available Use% Mounted on\n/dev/vda ext4 264212084 29536236  65965028  31% /\n/a.slice  3  12.5  28.9M  1.5K  0\n';
const HOSTLAB = 't_s,cpu0_user_ticks,w.g1:cpu_ns\n0.5,1,2\n1.5,3,4\n';
const MANIFEST = JSON.stringify({ formatVersion: 1, id: 'a', title: 'A', made: { date: '2026-01-31', how: 'x', command: 'y' }, sources: [{ name: 's', url: 'u' }], startedAt: '2026-01-31T00:00:00Z', seconds: 5, scrapeSeconds: 1, rows: 5, signals: [{ name: 'x', kind: 'counter', unit: '' }], labels: ['a'], faults: [{ kind: 'k', subject: 's', atSeconds: 1, lastsSeconds: null }], system: { entry: 'a', services: [{ name: 'a', lanes: 1, calls: [{ service: 'b', perRequest: 1 }] }], nodes: [{ name: 'n', cpuCores: 1 }] } });

describe(`${MUTATIONS} random mutations`, () => {
  const cases: readonly (readonly [string, string, (text: string) => boolean])[] = [
    ['Prometheus text', EXPOSITION, (text) => checkTable(importExpositionText(text, { atUs: AT_US, where: 'x' }))],
    ['Prometheus JSON', JSON.stringify(matrix), (text) => checkTable(importPrometheusJson(text, 'x'))],
    ['long CSV', CSV, (text) => checkTable(importCsv(text, 'x'))],
    ['wide CSV', WIDE, (text) => checkTable(importCsv(text, 'x'))],
    ['a capture of a host', CAPTURE, (text) => checkTable(importHostCapture(text, { atUs: AT_US, where: 'x' }))],
    ['a series of a host laboratory', HOSTLAB, (text) => checkTable(importHostlabSeries(text, { atUs: AT_US, where: 'x' }))],
    ['sniffed text', `${EXPOSITION}${WIDE}`, (text) => checkTable(importText(text, sniffText(text), { where: 'x', atUs: AT_US }))],
    ['a manifest', MANIFEST, (text) => parseRecordingManifest(text).ok],
    ['labels', 'service="a",replica="a-1",le="+Inf",path="C:\\\\x\\""', (text) => parseLabels(text).ok],
    ['a time', '2024-02-29T12:30:01.123456+05:30', (text) => parseIsoTimeUs(text) !== null],
  ];
  test.each(cases)('of %s: no throw, every row accounted for, some survive and some are refused', (name, source, survives) => {
    const random = randomStream(20_260_131, name);
    let survived = 0;
    for (let i = 0; i < MUTATIONS; i += 1) if (survives(mutated(random, source))) survived += 1;
    expect(survived).toBeGreaterThan(MUTATIONS / 100);
    if (name !== 'Prometheus text' && name !== 'sniffed text' && name !== 'long CSV' && name !== 'wide CSV') expect(survived).toBeLessThan(MUTATIONS);
  });
});

describe('empty and truncated', () => {
  test.each(['', ' ', '\n', '\ufeff', '{', '[', '"', '#', '{}', '[]', 'null', 'true', '0', '{"status":"success"}', '{"status":"success","data":{"resultType":"matrix","result":[]}}', '# EOF\n', 'time,a\n', ','])('“%s” is refused with an issue by every importer', (text) => {
    for (const result of [importExpositionText(text, { atUs: AT_US, where: 'x' }), importPrometheusJson(text, 'x'), importCsv(text, 'x'), importText(text, sniffText(text), { where: 'x', atUs: AT_US })]) {
      expect(result.ok).toBe(false);
      if (!result.ok) for (const issue of result.error) expect(issue.next.length).toBeGreaterThan(5);
    }
  });
  test('every prefix of a good text is either imported or refused', () => {
    for (let length = 0; length <= EXPOSITION.length; length += 1) checkTable(importExpositionText(EXPOSITION.slice(0, length), { atUs: AT_US, where: 'x' }));
    const json = JSON.stringify(matrix);
    for (let length = 0; length < json.length; length += 1) expect(importPrometheusJson(json.slice(0, length), 'x').ok).toBe(false);
  });
});

describe('hostile', () => {
  const nest = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
  test.each([['lists', nest('[', ']', 200_000)], ['objects', `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`], ['inside a result', `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":${nest('[', ']', 100_000)}}]}}`], ['inside a version', `{"formatVersion":${nest('[', ']', 100_000)}}`]])('JSON nested very deep (%s) is refused', (_, text) => {
    expect(importPrometheusJson(text, 'x').ok).toBe(false);
    expect(parseRecordingManifest(text).ok).toBe(false);
  });
  test('names of the object prototype change nothing outside the import', () => {
    importPrometheusJson('{"__proto__":{"polluted":1},"status":"success","data":{"__proto__":{"resultType":"matrix"},"constructor":{"prototype":{"polluted":1}}}}', 'x');
    parseRecordingManifest(MANIFEST.replace('"id":"a"', '"id":"a","__proto__":{"polluted":1}'));
    importCsv('time,__proto__,constructor\n1700000000,1,2\n', 'x');
    importExpositionText('__proto__{constructor="x",__proto__="y"} 1\n', { atUs: AT_US, where: 'x' });
    expect('polluted' in {}).toBe(false);
  });
  test('a manifest that inherits its members has none', () => {
    expect(parseRecordingManifest(`{"formatVersion":1,"__proto__":${MANIFEST}}`).ok).toBe(false);
  });
  test.each([
    ['one line of 8 MB', 'x'.repeat(8_000_000)],
    ['spaces', `a${' '.repeat(4_000_000)}1\n`],
    ['open labels', `a{${'x="'.repeat(1_000_000)}\n`],
    ['backslashes', `a{x="${'\\'.repeat(2_000_000)}\n`],
    ['quotes', '"'.repeat(2_000_000)],
    ['quote pairs on lines', '"a\n'.repeat(500_000)],
    ['delimiters', ','.repeat(2_000_000)],
    ['newlines', '\n'.repeat(4_000_000)],
    ['comments', '#\t \n'.repeat(1_000_000)],
    ['a number of a million digits', `a ${'9'.repeat(1_000_000)}\n`],
    ['bad lines', '{}\n'.repeat(300_000)],
  ])('%s takes no time worth mentioning', { timeout: 20_000 }, (_, text) => {
    checkTable(importExpositionText(text, { atUs: AT_US, where: 'x' }));
    checkTable(importCsv(text, 'x'));
    checkTable(importText(text, sniffText(text), { where: 'x', atUs: AT_US }));
  });
  test('a million bad lines give fifty issues and the number of the others', () => {
    const result = importExpositionText(`good 1\n${'bad line here\n'.repeat(100_000)}`, { atUs: AT_US, where: 'x' });
    expect(result.ok && result.value.counts).toMatchObject({ rows: 100_001, kept: 1 });
    expect(result.ok && result.value.warnings).toHaveLength(51);
    expect(result.ok && result.value.warnings[50]!.what).toBe('99950 more issues of the same file are not listed');
  });
});

describe('odd but legal', () => {
  const csvOf = (rows: readonly string[]) => importCsv(`time_s,http_requests_total{service="a"}\n${rows.join('\n')}\n`, 'x');
  test('out of order and duplicate rows end sorted, once', () => {
    const result = csvOf(['3,30', '1,10', '2,20', '2,25', '1,10']);
    if (!result.ok) throw new Error('refused');
    const whole = assembleRecording(result.value, { where: 'x.csv', format: 'CSV', manifest: null });
    if (!whole.ok) throw new Error('refused');
    expect(whole.value.frames.map((frame) => frame.services[0]!.servedRps)).toEqual([null, 10, 10]);
    expect(whole.value.understood.counts).toMatchObject({ rows: 5, kept: 3, dropped: { duplicate: 2 } });
  });
  test('a jump of years becomes one gap and not millions of frames', () => {
    const result = csvOf(['1', '2', '3', '1700000000', '1700000001'].map((time, i) => `${time},${i}`));
    if (!result.ok) throw new Error('refused');
    const whole = assembleRecording(result.value, { where: 'x.csv', format: 'CSV', manifest: null });
    expect(whole.ok && whole.value.frames).toHaveLength(5);
    expect(whole.ok && whole.value.understood.gaps).toMatchObject([{ missingScrapes: 1_699_999_996 }]);
  });
  test('numbers at the edge of doubles stay what they are', () => {
    const result = csvOf(['1,1.7976931348623157e308', '2,-5e-324', '3,1e309']);
    expect(result.ok && result.value.counts).toMatchObject({ kept: 2, dropped: { infinite: 1 } });
  });
});
