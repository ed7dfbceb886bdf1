/** The heat map exists twice, as SQL and as code: on any frames they must say the same. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seconds, timeUs } from '@/engine/kernel';
import { heatMap, type ServiceLimits } from '@/engine/risk';
import type { ObjectiveSpec } from '@/engine/scenario';
import { frame, node, service } from './dull-frames';
import { nodeDuck } from './node-duck';
import { sqlService } from './sql-service';

const sql = sqlService(nodeDuck);
beforeAll(() => sql.open());
afterAll(() => sql.close());

const maybe = (max: number) => fc.option(fc.integer({ min: 0, max }), { freq: 4, nil: null });
const anyService = fc
  .record({ servedRps: maybe(50), errorRps: maybe(5), latencyP50Us: maybe(50_000), latencyP95Us: maybe(100_000), latencyP99Us: maybe(200_000), cpuCores: maybe(3), replicasReady: maybe(3), quotaMillicores: maybe(1_000) })
  .map((sample) => service('web', sample));
const anyNode = fc.record({ up: fc.boolean(), cpuCores: maybe(4), cpuCapacityCores: fc.integer({ min: 0, max: 4 }) }).map((sample) => node('n1', sample));
const anyMesh = fc.option(
  fc.record({ nextHop: fc.constantFrom(null, 'gw'), gateway: fc.constantFrom(null, 'gw', 'roof') }).map(({ nextHop, gateway }) => ({ routes: [{ router: 'roof', gateway, nextHop, tq: 1 }], links: [], ogmBytesPerSecond: 0 })),
  { nil: null },
);
const anyFrames = fc.array(fc.record({ one: anyService, machine: anyNode, mesh: anyMesh, windowSeconds: fc.constantFrom(1, 2) }), { minLength: 1, maxLength: 12 }).map((parts) =>
  parts.map(({ one, machine, mesh, windowSeconds }, i) => frame({ atSeconds: 3 * (i + 1), windowUs: timeUs(windowSeconds * 1e6), services: [one], nodes: [machine], mesh })),
);
const anyObjectives = fc.record({ p50: maybe(50), p95: maybe(100), p99: maybe(200), availabilityMin: fc.constantFrom(null, 0.9, 0.99) });

test('SQL and code agree on every cell', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ frames: anyFrames, objectives: anyObjectives }), { minLength: 1, maxLength: 3 }), fc.constantFrom(1, 4, 60), async (runs, bucketSeconds) => {
      const options = { bucketSeconds, saturationLimit: 0.8, latencyMaxMs: 90, errorShareMax: 0.05 };
      const runIds = runs.map((_, i) => `run-${i}`);
      for (const [i, { frames, objectives }] of runs.entries()) {
        await sql.startRun({ runId: runIds[i]!, source: 'simulated', startedUs: 0, objectives: specsOf(objectives) });
        expect(await sql.insertFrames(runIds[i]!, frames)).toMatchObject({ ok: true });
      }
      const answer = await sql.report('risk-heatmap', { runIds, ...options });
      const cells = heatMap(runs.map(({ frames, objectives }) => ({ startedUs: seconds(0), frames, limits: limitsOf(objectives) })), options);
      expect(answer.ok && answer.value.rows).toEqual(
        cells.map((cell) => ({
          component_kind: cell.kind, component: cell.component, bucket: cell.bucket, offset_us: cell.offsetUs, run_count: cell.runCount, seconds_observed: cell.secondsObserved,
          miss_share: cell.missShare, saturation_share: cell.saturationShare, risk_share: cell.riskShare, run_share: cell.runShare, utilization_max: cell.utilizationMax === null ? null : expect.closeTo(cell.utilizationMax, 9),
        })),
      );
    }),
    { seed: 20261121, numRuns: 25 },
  );
});

type Objectives = { readonly p50: number | null; readonly p95: number | null; readonly p99: number | null; readonly availabilityMin: number | null };

function specsOf({ p50, p95, p99, availabilityMin }: Objectives): ObjectiveSpec[] {
  const latency = ([[0.5, p50], [0.95, p95], [0.99, p99]] as const).flatMap(([quantile, maxMs]) => (maxMs === null ? [] : [{ kind: 'latency' as const, service: 'web', quantile, maxMs }]));
  return availabilityMin === null ? latency : [...latency, { kind: 'availability', service: 'web', min: availabilityMin }];
}

const limitsOf = ({ p50, p95, p99, availabilityMin }: Objectives): ServiceLimits[] => [{ service: 'web', latencyMaxMs: { p50: p50 ?? undefined, p95: p95 ?? undefined, p99: p99 ?? undefined }, availabilityMin }];
