/** Live systems misbehave for weeks: the accumulator must neither grow nor lie. */
import { expect, test } from 'vitest';
import { appendRow, builtColumns, columnsBuilder, type TelemetryColumns } from '../recording/columns';
import { NO_SYSTEM_HINTS } from '../recording/manifest';
import { allKept } from '../importers/table-import';
import { assembleRecording } from '../importers/assemble-recording';
import { addScrape, frameAccumulator } from './frame-accumulator';

const START_US = 1_700_000_000_000_000;
const scrapeOf = (samples: readonly (readonly [string, string, number])[]): TelemetryColumns => {
  const builder = columnsBuilder();
  for (const [signal, labels, value] of samples) appendRow(builder, 0, signal, labels, value);
  return builtColumns(builder);
};
const accumulator = () => frameAccumulator({ source: 'live', scrapeSeconds: 1, hints: NO_SYSTEM_HINTS });

test('replicas that come and go for hours leave nothing behind', () => {
  const live = accumulator();
  for (let t = 0; t < 5_000; t += 1) addScrape(live, START_US + t * 1e6, [scrapeOf([['process_cpu_seconds_total', `replica="r${t}",service="a"`, 1], ['http_requests_total', `code="200",replica="r${t}",service="a"`, 1]])]);
  expect(live.tracked.size).toBeLessThan(1_300);
  expect(live.families.size).toBeLessThan(1_300);
});

test('labels with endless values become a counted refusal, not endless services, nodes or buckets', () => {
  const live = accumulator();
  const samples = Array.from({ length: 20_000 }, (_, i) => [['http_requests_in_flight', `service="s${i}"`, 1], ['node_memory_MemTotal_bytes', `node="n${i}"`, 1], ['http_request_duration_seconds_bucket', `le="${i}",service="s0"`, 1]] as const).flat();
  const frame = addScrape(live, START_US, [scrapeOf(samples)]);
  expect(frame.services).toHaveLength(500);
  expect(live.services.get('s0')!.bounds).toHaveLength(500);
  expect(live.nodes.size).toBe(5_000);
  expect(live.refusedSeries).toBe(19_500 + 15_000 + 19_500);
});

test('a clock that jumps back or stands still gives no rate, and never a negative one', () => {
  const live = accumulator();
  const rates = [0, 1, 1, -5, 2, 3].map((t, i) => addScrape(live, START_US + t * 1e6, [scrapeOf([['http_requests_total', 'code="200",service="a"', i * 10]])]).services[0]?.servedRps);
  expect(rates).toEqual([null, 10, null, null, 30, 10]);
});

test('values that are no numbers, buckets that fall and bounds that are words leave nulls', () => {
  const live = accumulator();
  const bucket = (le: string, value: number) => ['http_request_duration_seconds_bucket', `le="${le}",service="a"`, value] as const;
  const count = (value: number) => ['http_request_duration_seconds_count', 'service="a"', value] as const;
  addScrape(live, START_US, [scrapeOf([bucket('0.1', 0), bucket('soon', 3), bucket('+Inf', 0), count(0), ['process_cpu_seconds_total', 'service="a"', NaN]])]);
  const frame = addScrape(live, START_US + 1e6, [scrapeOf([bucket('0.1', 9), bucket('soon', 4), bucket('+Inf', 4), count(4), ['process_cpu_seconds_total', 'service="a"', Infinity]])]);
  expect(frame.services[0]).toMatchObject({ latencyP99Us: 99_000, latencyMeanUs: null, cpuCores: null, servedRps: 4 });
});

test('a scrape without any target is a frame of nulls, before the first and after the last', () => {
  const live = accumulator();
  expect(addScrape(live, START_US, []).services).toEqual([]);
  addScrape(live, START_US + 1e6, [scrapeOf([['http_requests_in_flight', 'service="a"', 1]])]);
  expect(addScrape(live, START_US + 2e6, []).services[0]).toMatchObject({ inFlight: null, servedRps: null });
});

test('a recording whose frames would not fit into memory is refused with its number', () => {
  const builder = columnsBuilder();
  for (let t = 0; t < 12_000; t += 1) appendRow(builder, START_US + t * 1e6, 'http_requests_in_flight', `service="s${t % 400}"`, 1);
  const columns = builtColumns(builder);
  const manifest = { formatVersion: 1, id: 'x', title: 'x', made: { date: '', how: '', command: '' }, sources: [], startedAt: '2023-11-14T22:13:20Z', seconds: 12_000, scrapeSeconds: 1, rows: 12_000, signals: [], labels: [], faults: [], system: NO_SYSTEM_HINTS } as const;
  const refused = assembleRecording({ columns, declared: new Map(), counts: allKept(12_000), warnings: [] }, { where: 'x', format: 'x', manifest });
  expect(refused).toMatchObject({ ok: false, error: [{ code: 'too-large', what: '12000 frames of all services and nodes are 4800000 samples, the limit is 4000000' }] });
});
