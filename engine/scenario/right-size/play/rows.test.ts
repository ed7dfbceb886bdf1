import { expect, test } from 'vitest';
import type { Consequence, ServiceConsequence } from './consequence';
import { rightSizeRows, type MeasuredRun } from './rows';
import { bestRow, rightSizeVerdicts } from './verdict';

const service = (more: Partial<ServiceConsequence> = {}): ServiceConsequence => ({ service: 'web', oomKills: 0, evictions: 0, pending: 0, throttledShare: null, latencyP99Ms: 20, errorShare: 0, replicas: 2, replicasMost: 2, ...more });
const run = (variant: string, seed: number, usdPerHour: number, missShare: number, more: Partial<Consequence> = {}): MeasuredRun => ({
  variant,
  overLimit: [],
  stayed: [],
  consequence: { seed, services: [service()], oomKills: 0, evictions: 0, pending: 0, latencyP99Ms: 20, errorShare: 0, missShare, machines: 2, machinesAtEnd: 2, usdPerHour, ...more },
});
const FREE = { usdPerMissedHour: 0, effortUsd: 0 };

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

test('what kills containers is refused, whatever it saves', () => {
  const killed = { oomKills: 3, services: [service({ oomKills: 3 })] };
  const rows = rightSizeRows([run('a', 1, 1, 0), run('a', 2, 1, 0), run('b', 1, 0.2, 0, killed), run('b', 2, 0.2, 0, killed)], FREE);
  expect(rows[1]!.netPerHour.lower).toBeGreaterThan(0);
  expect(bestRow(rows)).toBeNull();
  expect(rightSizeVerdicts(rows)[1]).toEqual({ variant: 'b', kind: 'harmful', sentence: 'Saves $0.800 of $1.000 an hour (all 2 machines stay); containers are killed for their memory 3 times a run (web 3).' });
});

test('so is a memory limit below what was read, even if no run of a steady twin was killed', () => {
  const rows = rightSizeRows([run('a', 1, 1, 0), run('a', 2, 1, 0), ...[1, 2].map((seed) => ({ ...run('b', seed, 0.5, 0), overLimit: ['web'] }))], FREE);
  expect(bestRow(rows)).toBeNull();
  expect(rightSizeVerdicts(rows)[1]).toMatchObject({ kind: 'harmful', sentence: expect.stringContaining('web was seen above the memory limit') });
});

test('the verdict names who waits, who is throttled and what the horizontal autoscaler does', () => {
  const later = { pending: 1.5, machinesAtEnd: 1, services: [service({ pending: 1.5, throttledShare: 0.3, replicas: 4 })] };
  const rows = rightSizeRows([run('a', 1, 1, 0), run('b', 1, 1.2, 0, later)], FREE);
  expect(rightSizeVerdicts(rows)[1]!.sentence).toBe('Costs $0.200 an hour more (2 → 1 machine); 1.5 pods wait for room (web 1.5); the horizontal autoscaler answers: web 2 → 4 pods; web is throttled 30 % of the time (0.0 % today).');
});

test('no runs give no rows and no verdict', () => {
  expect(rightSizeRows([], FREE)).toEqual([]);
  expect(rightSizeVerdicts([])).toEqual([]);
  expect(bestRow([])).toBeNull();
});
