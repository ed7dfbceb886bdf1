import { expect, test } from 'vitest';
import { nextBelow, randomStream } from '@/engine/kernel';
import { droppedRows } from '../../recording/import-issue';
import { importText } from '../import-text';
import { sniffText } from '../sniff-format';
import { hostlabRecord } from './hostlab-record';

const SERIES = 't_s,cpu0_user_ticks,psi_cpu_some_us,all:cpu_ns,w.p.a:nr_throttled,mem_avail_kb\n0.5,100,250000,1000000000,3,1000\n1.5,200,,2000000000,4,1000\n';

test('columns of a host laboratory become signals of exporters, at the time the run began', () => {
  expect(sniffText(SERIES)).toBe('hostlab-series');
  const table = importText(SERIES, 'hostlab-series', { where: 'B10.r1.csv', atUs: 1e15 });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const { columns, counts } = table.value;
  const rows = Array.from({ length: columns.rows }, (_, i) => `${columns.atUs[i]! - 1e15} ${columns.signal.dictionary[columns.signal.keys[i]!]!}{${columns.labels.dictionary[columns.labels.keys[i]!]!}} ${columns.value[i]!}`);
  expect(rows.slice(0, 5)).toEqual([
    '500000 node_cpu_seconds_total{cpu="0",mode="user",node="B10"} 1',
    '500000 node_pressure_cpu_waiting_seconds_total{node="B10"} 0.25',
    '500000 container_cpu_usage_seconds_total{id="/all",node="B10"} 1',
    '500000 container_cpu_cfs_throttled_periods_total{id="/w/p/a",node="B10",service="p.a"} 3',
    '500000 node_memory_MemAvailable_bytes{node="B10"} 1024000',
  ]);
  expect([counts.rows, counts.kept, counts.dropped['no-value']]).toEqual([10, 9, 1]);
});

test('blocks of a service record that begin anew are laid one after another', () => {
  const text = 'load_pct,t_s,cpu0_user_ticks,ctxt\n20,0,0,0\n20,10,5,9\n50,-0.05,0,0\n50,1,3,4\n';
  expect(sniffText(text)).toBe('hostlab-series');
  const table = importText(text, 'hostlab-series', { where: 'D01.r1.csv', atUs: 1e15 });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  expect([...table.value.columns.atUs].filter((_, i) => i % 2 === 0).map((at) => (at - 1e15) / 1e6)).toEqual([0, 10, 69.95, 71]);
});

test('a record says when its series began; what is no record says nothing', () => {
  const text = JSON.stringify({ id: 'A01', experiment: 'A', scenario: {}, runs: [{ series: 'A01.r1.csv.gz', at: '2026-11-20T23:00:01Z' }, { series: 'A01.r1.csv.gz', at: '2026-11-20T23:00:00Z' }, { series: 'x', at: 'never' }, null] });
  expect(sniffText(text)).toBe('hostlab-record');
  expect([...hostlabRecord(text).starts]).toEqual([['A01.r1.csv.gz', { atUs: 1_795_215_600_000_000, loads: new Map() }]]);
  expect(['{', '[]', '{"runs":7}', '{"host":{"memTotalMiB":-1}}', 'null'].map((broken) => [hostlabRecord(broken).starts.size, hostlabRecord(broken).memoryBytes])).toEqual(Array.from({ length: 5 }, () => [0, null]));
  expect(importText(text, 'hostlab-record', { where: 'A01.json', atUs: 0 })).toMatchObject({ ok: false, error: [{ code: 'missing' }] });
});

test('a service record says when each load began, and how much memory the host had', () => {
  const record = hostlabRecord(JSON.stringify({ id: 'D01', host: { memTotalMiB: 1_024 }, runs: [{ rep: 1, load: 0.2, at: '2026-11-20T23:00:00Z' }, { rep: 1, load: 0.5, at: '2026-11-20T23:01:00Z' }] }));
  const start = record.starts.get('D01.r1.csv.gz')!;
  expect([...start.loads]).toEqual([[20, 1_795_215_600_000_000], [50, 1_795_215_660_000_000]]);
  const text = 'load_pct,t_s,cpu0_user_ticks\n20,0,0\n20,10,5\n50,-0.05,0\n50,1,3\n';
  const table = importText(text, 'hostlab-series', { where: 'D01.r1.csv', atUs: start.atUs, facts: { memoryBytes: record.memoryBytes, loads: start.loads } });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const { columns, counts } = table.value;
  expect([...columns.atUs].filter((_, i) => i % 2 === 0).map((at) => (at - start.atUs) / 1e6)).toEqual([0, 10, 59.95, 61]);
  expect(columns.signal.dictionary).toContain('node_memory_MemTotal_bytes');
  expect([counts.rows, counts.kept]).toEqual([8, 8]);
});

test('requests become counters and a histogram, twice a second, from the start of their load; broken rows are counted', () => {
  const text = 'load_pct,at_us,work_us,lag_us,lat_us,code,queue_us,svc_us,worker\n20,100000,5000,1,200000,200,1,1,1\n20,400000,5000,1,300000,503,1,1,1\n20,oops,5000,1,2,200,1,1,1\n50,0,5000,1,1000,200,1,1,1\n';
  expect(sniffText(text)).toBe('hostlab-requests');
  const start = 1_795_215_600_000_000;
  const table = importText(text, 'hostlab-requests', { where: 'D07.r1.req.csv', atUs: start, facts: { memoryBytes: null, loads: new Map([[20, start], [50, start + 60e6]]) } });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const { columns, counts, warnings } = table.value;
  const rows = Array.from({ length: columns.rows }, (_, i) => `${(columns.atUs[i]! - start) / 1e6} ${columns.signal.dictionary[columns.signal.keys[i]!]!}{${columns.labels.dictionary[columns.labels.keys[i]!]!}} ${columns.value[i]!}`);
  expect(rows).toContain('0.5 http_requests_total{code="200",node="D07",service="srv"} 1');
  expect(rows).toContain('1 http_requests_total{code="503",node="D07",service="srv"} 1');
  expect(rows).toContain('1 http_request_duration_seconds_sum{node="D07",service="srv"} 0.5');
  expect(rows).toContain('60.5 http_request_duration_seconds_count{node="D07",service="srv"} 1');
  expect([counts.dropped.malformed, counts.kept, warnings.length]).toEqual([1, columns.rows, 1]);
  expect(sniffText('proc,arrive_us,work_us,wait_us,latency_us\n0,0,80000,30739,433859\n')).toBe('hostlab-requests');
  expect(importText('proc,arrive_us,work_us,latency_us\nx\n', 'hostlab-requests', { where: 'x', atUs: 0 })).toMatchObject({ ok: false, error: [{ code: 'no-data' }, { code: 'not-parsable' }] });
});

test('damaged request files are refused or read, and every row is accounted for', () => {
  const good = `at_us,work_us,lat_us,code\n${Array.from({ length: 40 }, (_, i) => `${i * 50_000},5000,${5_000 + i * 10},200`).join('\n')}\n`;
  const random = randomStream(3, 'damage');
  let read = 0;
  for (let i = 0; i < 400; i += 1) {
    let text = good;
    for (let edits = 1 + nextBelow(random, 5); edits > 0; edits -= 1) {
      const at = nextBelow(random, text.length);
      text = text.slice(0, at) + ['-1', '1e9', 'NaN', ',', '\n', '"', '9999999999', ''][nextBelow(random, 8)]! + text.slice(at + nextBelow(random, 6));
    }
    const result = importText(text, 'hostlab-requests', { where: 'x', atUs: 1e15 });
    if (!result.ok) continue;
    read += 1;
    const { counts, columns } = result.value;
    expect([counts.kept + droppedRows(counts), counts.kept]).toEqual([counts.rows, columns.rows]);
  }
  expect(read).toBeGreaterThan(200);
});
