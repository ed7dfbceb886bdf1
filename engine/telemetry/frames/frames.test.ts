import { describe, expect, test } from 'vitest';
import type { Frame, ServiceSample } from '../frame';
import { appendRow, builtColumns, columnsBuilder, type TelemetryColumns } from '../recording/columns';
import { NO_SYSTEM_HINTS, type SystemHints } from '../recording/manifest';
import { canonicalLabels } from '../series/labels';
import { seriesFromColumns } from '../series/series';
import { addScrape, frameAccumulator } from './frame-accumulator';
import { estimateScrapeSeconds } from './frame-times';
import { framesFromSeries } from './frames-from-series';

const START_US = 1_700_000_000_000_000;
type Row = readonly [second: number, signal: string, labels: Readonly<Record<string, string>>, value: number];

function tableOf(rows: readonly Row[]): TelemetryColumns {
  const builder = columnsBuilder();
  for (const [second, signal, labels, value] of rows) appendRow(builder, START_US + second * 1e6, signal, canonicalLabels(Object.entries(labels)), value);
  return builtColumns(builder);
}

function framesOf(rows: readonly Row[], hints: SystemHints = NO_SYSTEM_HINTS, scrapeSeconds = 1): Frame[] {
  const imported = seriesFromColumns(tableOf(rows), 'test');
  if (!imported.ok) throw new Error(JSON.stringify(imported.error));
  return framesFromSeries(imported.value.set, { scrapeSeconds, hints });
}

const seconds = (frames: readonly Frame[]) => frames.map((frame) => (frame.atUs - START_US) / 1e6);
const of = (frame: Frame | undefined, service: string): ServiceSample => {
  const sample = frame?.services.find((s) => s.service === service);
  if (sample === undefined) throw new Error(`no ${service}`);
  return sample;
};

const front = { service: 'front', replica: 'a' };

describe('counters', () => {
  test('a frame holds the increase since the scrape before it, and the first one holds no rate', () => {
    const frames = framesOf([0, 1, 2].map((t) => [t, 'http_requests_total', { ...front, code: '200' }, 100 + t * 7]));
    expect(frames.map((frame) => of(frame, 'front').servedRps)).toEqual([null, 7, 7]);
    expect(frames.map((frame) => of(frame, 'front').errorRps)).toEqual([null, 0, 0]);
  });

  test('a fall is a restart from zero, never a negative rate', () => {
    const frames = framesOf([50, 60, 4].map((value, t) => [t, 'process_cpu_seconds_total', front, value]));
    expect(frames.map((frame) => of(frame, 'front').cpuCores)).toEqual([null, 10, 4]);
  });

  test('codes from 500 on and words are errors; a new code of a known process began at zero', () => {
    const rows: Row[] = [0, 1].map((t) => [t, 'http_requests_total', { ...front, code: '200' }, t * 5]);
    const frames = framesOf([...rows, [1, 'http_requests_total', { ...front, code: '503' }, 2], [1, 'http_requests_total', { ...front, code: 'timeout' }, 3], [1, 'http_requests_total', { ...front, code: '404' }, 1]]);
    expect(of(frames[1], 'front')).toMatchObject({ servedRps: 6, errorRps: 5 });
  });

  test('a counter whose family is new to the process gives no rate: it may be old', () => {
    const rows: Row[] = [0, 1].map((t) => [t, 'process_resident_memory_bytes', front, 1e6]);
    const frames = framesOf([...rows, [1, 'http_requests_total', { ...front, code: '200' }, 1e9]]);
    expect(of(frames[1], 'front')).toMatchObject({ servedRps: null, memoryBytes: 1e6 });
  });

  test('what came in is what went out and what stayed', () => {
    const rows: Row[] = [0, 1].flatMap((t): Row[] => [[t, 'http_requests_total', { ...front, code: '200' }, t * 5], [t, 'http_requests_in_flight', front, t * 3]]);
    expect(of(framesOf(rows)[1], 'front')).toMatchObject({ offeredRps: 8, servedRps: 5, inFlight: 3 });
  });
});

describe('gaps', () => {
  test('a missing scrape is a frame of nulls, and the next one covers the whole time since', () => {
    const frames = framesOf([0, 1, 3].map((t) => [t, 'http_requests_total', { ...front, code: '200' }, t * 10]));
    expect(seconds(frames)).toEqual([0, 1, 2, 3]);
    expect(frames.map((frame) => of(frame, 'front').servedRps)).toEqual([null, 10, null, 10]);
    expect(of(frames[2], 'front')).toEqual(Object.fromEntries(Object.keys(of(frames[2], 'front')).map((key) => [key, key === 'service' ? 'front' : null])));
  });

  test('after a long gap a counter starts anew: its increase is nobody’s rate', () => {
    const frames = framesOf([0, 1, 8, 9].map((t) => [t, 'http_requests_total', { ...front, code: '200' }, t * 10]));
    expect(frames.map((frame) => of(frame, 'front').servedRps)).toEqual([null, 10, null, null, null, null, null, null, null, 10]);
  });

  test('what is not exposed is null and not 0', () => {
    const frame = framesOf([[0, 'process_resident_memory_bytes', front, 5]])[0];
    expect(of(frame, 'front')).toEqual({ service: 'front', offeredRps: null, servedRps: null, errorRps: null, latencyMeanUs: null, latencyP50Us: null, latencyP95Us: null, latencyP99Us: null, cpuCores: null, throttledShare: null, replicas: 1, replicasReady: null, quotaMillicores: null, inFlight: null, memoryBytes: 5 });
    expect(frame).toMatchObject({ nodes: [], mesh: null, usdPerHour: null, watts: null });
  });
});

describe('latency', () => {
  const histogram = (t: number, labels: Record<string, string>, counts: readonly number[], sum: number): Row[] => [
    ...['0.01', '0.02', '0.04', '+Inf'].map((le, i): Row => [t, 'http_request_duration_seconds_bucket', { ...labels, le }, counts[i]!]),
    [t, 'http_request_duration_seconds_sum', labels, sum],
    [t, 'http_request_duration_seconds_count', labels, counts[3]!],
  ];

  test('quantiles are those of the requests of the window, over all replicas', () => {
    const b = { service: 'front', replica: 'b' };
    const rows = [...histogram(0, front, [100, 100, 100, 100], 0.5), ...histogram(0, b, [7, 7, 7, 7], 0.1), ...histogram(1, front, [100, 150, 150, 150], 1.25), ...histogram(1, b, [7, 7, 57, 57], 1.6)];
    const sample = of(framesOf(rows)[1], 'front');
    expect(sample.latencyMeanUs).toBeCloseTo(((0.75 + 1.5) / 100) * 1e6, 6);
    expect(sample.latencyP50Us).toBeCloseTo(20_000, 6);
    expect(sample.latencyP95Us).toBeCloseTo(38_000, 6);
  });

  test('a window without a request has no latency', () => {
    const rows = [...histogram(0, front, [1, 1, 1, 1], 1), ...histogram(1, front, [1, 1, 1, 1], 1)];
    expect(of(framesOf(rows)[1], 'front')).toMatchObject({ latencyMeanUs: null, latencyP50Us: null, latencyP99Us: null, servedRps: 0 });
  });

  test('the load generator is the pseudo-service client and comes first', () => {
    const rows: Row[] = [0, 1].flatMap((t): Row[] => [[t, 'http_requests_total', { ...front, code: '200' }, t], [t, 'loadgen_requests_total', { service: 'front', code: '200' }, t * 9], [t, 'loadgen_requests_total', { service: 'front', code: 'refused' }, t], [t, 'loadgen_offered_rps', { service: 'front' }, 12]]);
    const frame = framesOf(rows)[1]!;
    expect(frame.services.map((s) => s.service)).toEqual(['client', 'front']);
    expect(of(frame, 'client')).toMatchObject({ offeredRps: 12, servedRps: 9, errorRps: 1, replicas: null });
  });
});

describe('nodes and prices', () => {
  const hints: SystemHints = { entry: 'front', services: [{ name: 'front', lanes: 1, startUpSeconds: null, node: 'n1', calls: [] }], nodes: [{ name: 'n1', cpuCores: 4, memoryBytes: null, usdPerHour: 0.2 }, { name: 'n2', cpuCores: 4, memoryBytes: null, usdPerHour: 0.3 }] };

  test('node_exporter gives used CPU, pressure and memory', () => {
    const rows: Row[] = [0, 1].flatMap((t): Row[] => [
      [t, 'node_cpu_seconds_total', { node: 'n1', cpu: '0', mode: 'user' }, t * 0.5],
      [t, 'node_cpu_seconds_total', { node: 'n1', cpu: '1', mode: 'idle' }, t * 0.9],
      [t, 'node_pressure_cpu_waiting_seconds_total', { node: 'n1' }, t * 0.25],
      [t, 'node_memory_MemTotal_bytes', { node: 'n1' }, 100],
      [t, 'node_memory_MemAvailable_bytes', { node: 'n1' }, 40],
    ]);
    expect(framesOf(rows)[1]!.nodes).toEqual([{ node: 'n1', up: true, cpuCapacityCores: 2, cpuCores: 0.5, cpuPressure: 0.25, memoryBytes: 60, replicas: [] }]);
  });

  test('hints give capacity, placement and price where nothing measures them', () => {
    const frame = framesOf([[0, 'process_resident_memory_bytes', front, 5]], hints)[0]!;
    expect(frame.nodes).toEqual([{ node: 'n1', up: true, cpuCapacityCores: 4, cpuCores: null, cpuPressure: null, memoryBytes: null, replicas: ['a'] }]);
    expect(frame.usdPerHour).toBe(0.5);
  });

  test('measured prices win, a quota of 0 is none, throttling is a share of periods', () => {
    const rows: Row[] = [0, 1].flatMap((t): Row[] => [[t, 'fleet_usd_per_hour', { node: 'n1' }, 0.7], [t, 'fleet_cpu_quota_millicores', { service: 'front' }, t * 500], [t, 'container_cpu_cfs_periods_total', front, t * 10], [t, 'container_cpu_cfs_throttled_periods_total', front, t * 4], [t, 'fleet_replicas', { service: 'front' }, 3]]);
    const frames = framesOf(rows, hints);
    expect(frames[0]!.usdPerHour).toBe(0.7);
    expect(of(frames[0], 'front').quotaMillicores).toBeNull();
    expect(of(frames[1], 'front')).toMatchObject({ quotaMillicores: 500, throttledShare: 0.4, replicas: 3 });
  });
});

describe('frame times', () => {
  test('targets scraped at times of their own share frames on a grid between them', () => {
    const rows: Row[] = Array.from({ length: 6 }, (_, t): Row[] => [[t + 0.1, 'process_resident_memory_bytes', { service: 'a' }, t], [t + 0.45, 'process_resident_memory_bytes', { service: 'b' }, t], [t + 0.6, 'process_resident_memory_bytes', { service: 'c' }, t]]).flat();
    const frames = framesOf(rows);
    expect(frames).toHaveLength(6);
    for (const frame of frames) expect(frame.services.map((s) => s.memoryBytes === null)).toEqual([false, false, false]);
  });

  test('late scrapes are no gaps', () => {
    expect(framesOf([0, 1.2, 1.9, 3.1].map((t) => [t, 'process_resident_memory_bytes', front, t]))).toHaveLength(4);
  });

  test('the scrape interval is the usual spacing, of the series with the most samples', () => {
    const imported = seriesFromColumns(tableOf([...[0, 15, 30, 60].map((t): Row => [t, 'up', {}, 1]), [0, 'rare', {}, 1], [60, 'rare', {}, 1]]), 'test');
    expect(imported.ok && estimateScrapeSeconds(imported.value.set)).toBe(15);
  });
});

test('live scrapes and the replay of their recording give the same frames', () => {
  const rows: Row[] = Array.from({ length: 700 }, (_, t): Row[] => [
    [t, 'http_requests_total', { ...front, code: '200' }, (t % 50) * 3],
    ...(t > 20 ? [[t, 'http_requests_total', { ...front, code: '500' }, t - 20] as const] : []),
    [t, 'http_requests_in_flight', front, t % 4],
    [t, 'http_request_duration_seconds_bucket', { ...front, le: '0.1' }, t],
    [t, 'http_request_duration_seconds_bucket', { ...front, le: '+Inf' }, t * 2],
    [t, 'http_request_duration_seconds_count', front, t * 2],
    ...(t < 100 || t > 650 ? [[t, 'process_cpu_seconds_total', { service: 'back', replica: 'z' }, t] as const] : []),
    [t, 'fleet_usd_per_hour', { node: 'n1' }, 1],
  ]).filter((_, t) => t !== 33 && t !== 34).flat();
  const accumulator = frameAccumulator({ source: 'recorded', scrapeSeconds: 1, hints: NO_SYSTEM_HINTS });
  const live = Array.from({ length: 700 }, (_, t) => addScrape(accumulator, START_US + t * 1e6, [tableOf(rows.filter(([second]) => second === t))]));
  const replayed = framesOf(rows);
  expect(replayed).toEqual(live);
});
