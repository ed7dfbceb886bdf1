import { expect, test } from 'vitest';
import { runScenario } from '@/engine/scenario';
import { demo } from '@/scenarios/demo';
import { allocateBill, costTotals } from './read-cost';
import { bestRow, rightSizeRows, type MeasuredRun } from './right-size-rows';
import { rightSizeVariants } from './right-size-variants';

const run = (variant: string, seed: number, usdPerHour: number, missShare: number): MeasuredRun => ({ variant, seed, usdPerHour, missShare });
const FREE = { usdPerMissedHour: 0, effortUsd: 0 };

test('nodes with a mesh gateway stay the longest, and one node always stays', () => {
  const variants = rightSizeVariants(demo, 480);
  expect(variants.map((variant) => variant.removed.length)).toEqual([0, 1, 2, 3, 4]);
  expect(variants[3]!.removed).toEqual(['node-a2', 'node-b2', 'node-c2']);
  const lone = { ...demo, system: { ...demo.system, nodes: demo.system.nodes.slice(0, 1) } };
  expect(rightSizeVariants(lone, null)).toHaveLength(1);
});

test('a run without a node costs what is left, and the saving is the price of the node', () => {
  const [all, less] = rightSizeVariants({ ...demo, warmUpSeconds: 10 }, 20).map(({ spec }) => runScenario(spec));
  expect(all!.frames.at(-1)!.usdPerHour! - less!.frames.at(-1)!.usdPerHour!).toBeCloseTo(0.096, 9);
});

test('a saving never exceeds the spend', () => {
  const rows = rightSizeRows([run('a', 1, 0.5, 0), run('a', 2, 0.5, 0), run('b', 1, -1, 0), run('b', 2, 0, 0)], FREE);
  expect(rows[1]!.savedPerHour).toBeLessThanOrEqual(0.5);
});

test('runs are compared seed by seed', () => {
  const rows = rightSizeRows([run('a', 1, 1, 0.1), run('a', 2, 1, 0.3), run('b', 1, 0.8, 0.2), run('b', 2, 0.8, 0.4), run('b', 3, 0.8, 1)], FREE);
  expect(rows[1]!.addedMissShare).toMatchObject({ mean: expect.closeTo(0.1, 9), runs: 2 });
});

test('risk is taken off the saving: a cheap system that fails is not recommended', () => {
  const runs = [run('a', 1, 1, 0), run('a', 2, 1, 0.01), run('b', 1, 0.8, 0), run('b', 2, 0.8, 0.01), run('c', 1, 0.5, 0.4), run('c', 2, 0.5, 0.5)];
  const prices = { usdPerMissedHour: 5, effortUsd: 10 };
  const rows = rightSizeRows(runs, prices);
  expect(rows[2]!.riskPerHour).toBeCloseTo(0.445 * 5, 9);
  expect(bestRow(rows)?.variant).toBe('b');
  expect(bestRow(rows)?.paybackHours).toBeCloseTo(50, 3);
  expect(bestRow(rightSizeRows(runs, { usdPerMissedHour: 5, effortUsd: 1e6 }))).toBeNull();
});

test('one pair alone recommends nothing: its interval says nothing', () => {
  expect(bestRow(rightSizeRows([run('a', 1, 1, 0), run('b', 1, 0.5, 0)], FREE))).toBeNull();
});

const costRow = (more: Partial<Parameters<typeof costTotals>[0][number]>) => ({ bucket: 0, at_us: 0, hours_priced: 1, hours_unpriced: 0, usd: 0.576, kwh: 0.4, requests_served: 288_000, usd_per_million_requests: 2, ...more });

test('time without a price is never free', () => {
  expect(costTotals([costRow({ hours_priced: 0, hours_unpriced: 1, usd: null })])).toBeNull();
  const half = costTotals([costRow({}), costRow({ hours_priced: 0, hours_unpriced: 1, usd: null })])!;
  expect(half.usdPerHour).toBeCloseTo(0.576, 9);
  expect(half.usdPerMillionRequests).toBeNull();
});

test('the parts of the bill and what is idle add up to it', () => {
  const totals = costTotals([costRow({})])!;
  const use = ['frontend', 'catalog', 'client'].map((service) => ({ service, hours: 1, cpu_cores_mean: 0.4, memory_gib_mean: 0.2, replicas_mean: 3 }));
  const allocation = allocateBill(totals, use, demo.system, true);
  expect(allocation.owners.map((owner) => owner.owner)).toEqual(['frontend', 'catalog']);
  expect(allocation.owners.reduce((sum, owner) => sum + owner.total, 0) + allocation.idle).toBe(allocation.bill);
});
