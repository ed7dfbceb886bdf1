/** Every report on real DuckDB, on runs small enough to work out by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '@/engine/kernel';
import { reports, type ReportId, type ReportParameters } from '@/engine/query';
import type { SqlRefusal } from '../sql-api';
import { nodeDuck } from './node-duck';
import { sqlService } from './sql-service';
import { frame, node, runReport, scoredPlan, service } from './dull-frames';

const sql = sqlService(nodeDuck);
const value = <T,>(result: Result<T, SqlRefusal>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};
const rowsOf = async <Id extends ReportId>(id: Id, parameters: ReportParameters<(typeof reports)[Id]>) => value(await sql.report(id, parameters)).rows;

/** Two seconds of calm, then two in which web is too slow, saturated, and failing; node n2 dies in the last. */
const calm = (atSeconds: number) => frame({ atSeconds, services: [service('web')], nodes: [node('n1'), node('n2')] });
const busy = (atSeconds: number, n2Up: boolean) =>
  frame({
    atSeconds,
    services: [service('web', { offeredRps: 200, servedRps: 150, errorRps: 50, latencyMeanUs: 60_000, latencyP95Us: 90_000, latencyP99Us: 200_000, cpuCores: 0.9 })],
    nodes: [node('n1', { cpuCores: 1.9 }), node('n2', { up: n2Up })],
    usdPerHour: 7.2,
  });
const frames = [calm(1), calm(2), busy(3, true), busy(4, false)];
const objectives = [{ kind: 'latency', service: 'web', quantile: 0.95, maxMs: 50 }, { kind: 'availability', service: 'web', min: 0.9 }] as const;

beforeAll(async () => {
  value(await sql.insertRun({ runId: 'a', source: 'simulated', startedUs: 0, objectives }, runReport({ seed: 1, frames, met: false })));
  value(await sql.insertRun({ runId: 'b', source: 'simulated', startedUs: 0, objectives }, runReport({ seed: 2, frames: [calm(1), calm(2), calm(3), calm(4)], met: true })));
  value(await sql.insertPlans([scoredPlan('p1', { mean: 100, lower: 80, upper: 120, measured: 110, verdict: 'improved' }), scoredPlan('p2', { mean: 100, lower: 90, upper: 110, measured: 130, verdict: 'worse' }), scoredPlan('p3', { mean: 100, lower: 90, upper: 110, measured: null, verdict: 'inconclusive' })]));
});
afterAll(() => sql.close());

test.each(Object.keys(reports) as ReportId[])('%s: its columns on DuckDB are the ones it describes, in order', async (id) => {
  const text = value(await sql.reportSql(id, {}));
  const answer = value(await sql.query(text, { queryId: id }));
  const expected = Object.entries(reports[id].columns).map(([name, { type }]) => ({ name, type: type === 'BIGINT' ? 'DOUBLE' : type }));
  expect(answer.columns).toEqual(expected);
});

test('golden signals: ratios of sums, weighted means, worst seconds', async () => {
  const rows = await rowsOf('golden-signals', { runId: 'a', bucketSeconds: 4 });
  expect(rows).toEqual([
    {
      service: 'web', bucket: 0, at_us: 0, offered_rps: 150, served_rps: 125,
      error_share: 100 / 600, // 2·50 failed of 2·100 + 2·200
      latency_mean_ms: (200 * 10 + 400 * 60) / 600,
      latency_p95_ms_median: 55, latency_p95_ms_max: 90, latency_p99_ms_max: 200,
      utilization: (0.5 * 2 + 0.9 * 2) / 4, throttled_share: null, replicas_ready: 2,
    },
  ].map((row) => ({ ...row, error_share: expect.closeTo(row.error_share, 9), latency_mean_ms: expect.closeTo(row.latency_mean_ms, 9), utilization: expect.closeTo(row.utilization, 9) })));
});

test('resource use: means over the observed time only, in cores and GiB', async () => {
  value(await sql.startRun({ runId: 'use', source: 'simulated', startedUs: 0 }));
  const using = (atSeconds: number, cpuCores: number | null, memoryBytes: number) => frame({ atSeconds, services: [service('web', { cpuCores, memoryBytes, replicas: atSeconds })] });
  value(await sql.insertFrames('use', [using(1, 1, 1_073_741_824), using(2, null, 3_221_225_472), using(3, 2, 2_147_483_648)]));
  expect(await rowsOf('resource-use', { runId: 'use' })).toEqual([{ service: 'web', hours: expect.closeTo(3 / 3_600, 12), cpu_cores_mean: 1.5, memory_gib_mean: 2, replicas_mean: 2 }]);
  value(await sql.removeRun('use'));
});

describe('risk heat map', () => {
  test('one run: shares of time per component and bucket', async () => {
    const rows = await rowsOf('risk-heatmap', { runIds: ['a'], bucketSeconds: 2 });
    const brief = rows.map((row) => [row.component_kind, row.component, row.bucket, row.miss_share, row.saturation_share, row.risk_share, row.run_share]);
    expect(brief).toEqual([
      ['node', 'n1', 0, 0, 0, 0, 0],
      ['node', 'n1', 1, 0, 1, 1, 1], // 1.9 of 2 cores
      ['node', 'n2', 0, 0, 0, 0, 0],
      ['node', 'n2', 1, 0.5, 0, 0.5, 1], // down for one second of two
      ['service', 'web', 0, 0, 0, 0, 0],
      ['service', 'web', 1, 1, 1, 1, 1], // 90 ms over 50 ms, 25 % errors over 10 %, 0.9 of 1 core
    ]);
  });
  test('two runs: half of the time and half of the runs', async () => {
    const rows = await rowsOf('risk-heatmap', { runIds: ['a', 'b'], bucketSeconds: 2 });
    expect(rows.find((row) => row.component === 'web' && row.bucket === 1)).toEqual({
      component_kind: 'service', component: 'web', bucket: 1, offset_us: 2_000_000, run_count: 2, seconds_observed: 4, miss_share: 0.5, saturation_share: 0.5, risk_share: 0.5, run_share: 0.5, utilization_max: expect.closeTo(0.9, 9),
    });
  });
  test('a limit at the measured value is not passed', async () => {
    const rows = await rowsOf('risk-heatmap', { runIds: ['a'], bucketSeconds: 4, saturationLimit: 0.95 });
    expect(rows.find((row) => row.component === 'n1')!.saturation_share).toBe(0);
  });
  test('runs without objectives are held against the limits given', async () => {
    value(await sql.startRun({ runId: 'recorded', source: 'recorded', startedUs: 1_763_683_200_000_000 }));
    value(await sql.insertFrames('recorded', frames.map((one) => ({ ...one, atUs: (one.atUs + 1_763_683_200_000_000) as typeof one.atUs }))));
    const missShare = async (limits: { latencyMaxMs?: number; errorShareMax?: number }) => (await rowsOf('risk-heatmap', { runIds: ['recorded'], bucketSeconds: 4, ...limits })).find((row) => row.component === 'web')!.miss_share;
    expect([await missShare({ latencyMaxMs: 100, errorShareMax: 1 }), await missShare({ latencyMaxMs: 80, errorShareMax: 1 }), await missShare({ errorShareMax: 0.2 }), await missShare({ errorShareMax: 0.25 })]).toEqual([0, 0.5, 0.5, 0]);
  });
  test('a router without a route is at risk, a gateway is not, and seconds nobody saw count on neither side', async () => {
    const mesh = (nextHop: string | null) => ({ routes: [{ router: 'roof', gateway: nextHop === null ? null : 'gw', nextHop, tq: 0 }, { router: 'gw', gateway: 'gw', nextHop: null, tq: 255 }], links: [], ogmBytesPerSecond: 0 });
    value(await sql.startRun({ runId: 'mesh', source: 'simulated', startedUs: 0 }));
    value(await sql.insertFrames('mesh', [frame({ atSeconds: 1, mesh: mesh('gw') }), frame({ atSeconds: 2, mesh: null }), frame({ atSeconds: 3, mesh: mesh(null) })]));
    const rows = await rowsOf('risk-heatmap', { runIds: ['mesh'], bucketSeconds: 10 });
    expect(rows.filter((row) => row.component_kind === 'router').map((row) => [row.component, row.seconds_observed, row.risk_share])).toEqual([['gw', 2, 0], ['roof', 2, 0.5]]);
  });
});

test('cost over time: money, energy, and money per request', async () => {
  const [row] = await rowsOf('cost-over-time', { runId: 'a', bucketSeconds: 4, entryService: 'web' });
  const usd = (3.6 * 2 + 7.2 * 2) / 3_600;
  expect(row).toEqual({ bucket: 0, at_us: 0, hours_priced: expect.closeTo(4 / 3_600, 12), hours_unpriced: 0, usd: expect.closeTo(usd, 12), kwh: expect.closeTo((200 * 4) / 3.6e6, 12), requests_served: 500, usd_per_million_requests: expect.closeTo(usd / 500e-6, 9) });
});

test('cost over time: time without a price is shown, not free', async () => {
  value(await sql.startRun({ runId: 'unpriced', source: 'live', startedUs: 0 }));
  value(await sql.insertFrames('unpriced', [frame({ atSeconds: 1, usdPerHour: null }), frame({ atSeconds: 2 })]));
  const [row] = await rowsOf('cost-over-time', { runId: 'unpriced', entryService: 'web' });
  expect([row!.hours_priced * 3_600, row!.hours_unpriced * 3_600, row!.usd! * 3_600, row!.usd_per_million_requests]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9), expect.closeTo(3.6, 9), expect.closeTo(10, 9)]);
});

test('cost of runs: side by side with what they miss', async () => {
  const rows = await rowsOf('cost-of-runs', { runIds: ['a', 'b'], entryService: 'web' });
  expect(rows.map((row) => [row.run_id, row.usd_per_hour, row.requests_served, row.objectives_missed])).toEqual([['a', expect.closeTo(5.4, 9), 500, 1], ['b', expect.closeTo(3.6, 9), 400, 0]]);
});

test('capacity headroom: cores left, and the rate at the limit from CPU per request', async () => {
  const [row] = await rowsOf('capacity-headroom', { runId: 'b', utilizationLimit: 0.8 });
  expect(row).toEqual({
    service: 'web', seconds_observed: 4, capacity_cores: 1, cpu_cores_p95: 0.5, utilization_p95: 0.5, utilization_max: 0.5, headroom_cores: expect.closeTo(0.3, 9), cpu_ms_per_request: expect.closeTo(5, 9),
    served_rps_p95: 100, rps_at_limit: expect.closeTo(160, 9), growth_left: expect.closeTo(1.6, 9),
  });
});

test('capacity headroom: a service without a limit has no headroom to tell', async () => {
  value(await sql.startRun({ runId: 'unlimited', source: 'live', startedUs: 0 }));
  value(await sql.insertFrames('unlimited', [frame({ atSeconds: 1, services: [service('web', { quotaMillicores: null })] })]));
  expect(await rowsOf('capacity-headroom', { runId: 'unlimited' })).toMatchObject([{ capacity_cores: null, utilization_p95: null, growth_left: null, seconds_observed: 0 }]);
});

test('calibration of promises: coverage of the measured ones, bias with its sign', async () => {
  const rows = await rowsOf('promise-calibration', {});
  expect(rows).toEqual([
    { metric: 'latencyP95Ms', action_kind: 'set-replicas', promised: 3, measured: 2, level: expect.closeTo(0.95, 9), coverage: 0.5, bias: expect.closeTo(0.2, 9), error_median: expect.closeTo(0.2, 9), above: 1, below: 0, improved: 1, no_effect: 0, worse: 1 },
  ]);
  expect(await rowsOf('promise-calibration', { connector: 'dry-run' })).toEqual([]);
  expect(await rowsOf('promise-ledger', {})).toMatchObject([{ plan_id: 'p1', inside: true }, { plan_id: 'p2', inside: false }, { plan_id: 'p3', measured: null, inside: null }]);
});

test('demand history: a bucket without frames is a gap, not a zero', async () => {
  value(await sql.startRun({ runId: 'gappy', source: 'recorded', startedUs: 0 }));
  value(await sql.insertFrames('gappy', [calm(1), calm(2), calm(5)]));
  const rows = await rowsOf('demand-history', { runId: 'gappy', service: 'web', bucketSeconds: 2 });
  expect(rows.map((row) => [row.bucket, row.at_us, row.offered_rps])).toEqual([[0, 0, 100], [1, 2_000_000, null], [2, 4_000_000, 100]]);
  expect(await rowsOf('demand-history', { runId: 'nobody', service: 'web' })).toEqual([]);
});

test('forecast history: old forecasts against what came', async () => {
  const band = { level: 0.8, lower: [8, 18], upper: [12, 22] };
  value(await sql.insertForecast({ forecastId: 'f1', series: 'web.offeredRps', model: 'naive', originUs: 0, stepUs: 60e6, mean: [10, 20], bands: [band] }));
  value(await sql.insertForecast({ forecastId: 'f2', series: 'web.offeredRps', model: 'naive', originUs: 60e6, stepUs: 60e6, mean: [10, 20], bands: [{ level: 0.8, lower: [null, null], upper: [null, null] }] }));
  value(await sql.insertActuals('web.offeredRps', [{ atUs: 60e6, value: 11 }, { atUs: 120e6, value: 30 }]));
  expect(await rowsOf('forecast-history', {})).toEqual([
    { series: 'web.offeredRps', model: 'naive', level: 0.8, forecasts: 2, points_scored: 3, error_abs_mean: expect.closeTo((1 + 10 + 20) / 3, 9), error_share: expect.closeTo(31 / 71, 9), bias: expect.closeTo(31 / 3, 9), coverage: 0.5, width_mean: 4 },
  ]);
  expect(await rowsOf('forecast-fan', { forecastId: 'f1' })).toEqual([
    { step: 1, at_us: 60e6, mean: 10, level: 0.8, lower: 8, upper: 12, observed: 11 },
    { step: 2, at_us: 120e6, mean: 20, level: 0.8, lower: 18, upper: 22, observed: 30 },
  ]);
});

test('runs and alarms are listed', async () => {
  const rows = await rowsOf('run-list', {});
  expect(rows.find((row) => row.run_id === 'a')).toEqual({ run_id: 'a', source: 'simulated', scenario_id: 'shop', variant: null, seed: 1, frames: 4, seconds: 4, alarms: 1, objectives_missed: 1 });
  expect(await rowsOf('alarm-timeline', { runId: 'a' })).toEqual([{ at_us: 3_500_000, kind: 'slo-burn', subject: 'web', detail: 'burning 14 times too fast' }]);
});

test('runs that do not exist give empty reports, not errors', async () => {
  for (const id of ['golden-signals', 'capacity-headroom', 'cost-over-time', 'alarm-timeline'] as const) expect(await rowsOf(id, { runId: 'nobody' })).toEqual([]);
  expect(await rowsOf('risk-heatmap', { runIds: [] })).toEqual([]);
});
