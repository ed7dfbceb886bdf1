import { expect, test } from 'vitest';
import { demo } from '@/scenarios/demo';
import { allocateBill, costTotals } from './read-cost';

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
