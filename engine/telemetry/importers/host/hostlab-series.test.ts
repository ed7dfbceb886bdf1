import { expect, test } from 'vitest';
import { importText } from '../import-text';
import { sniffText } from '../sniff-format';
import { hostlabStarts } from './hostlab-record';

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
  expect([...hostlabStarts(text)]).toEqual([['A01.r1.csv.gz', 1_795_215_600_000_000]]);
  expect([hostlabStarts('{').size, hostlabStarts('[]').size, hostlabStarts('{"runs":7}').size]).toEqual([0, 0, 0]);
  expect(importText(text, 'hostlab-record', { where: 'A01.json', atUs: 0 })).toMatchObject({ ok: false, error: [{ code: 'missing' }] });
});
