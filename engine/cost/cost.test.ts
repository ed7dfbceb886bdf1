import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { microUsd, seconds, timeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { allocateNode, type Consumer } from './allocation/allocate-node';
import { carbonKg, cloudEnergyKwh, embodiedKg, wattsAt } from './energy/energy';
import { GRID_INTENSITIES } from './energy/grid-intensities';
import { costOfFrames } from './bill/frame-cost';
import { DEFAULT_PRICE_BOOK } from './prices/opencost-book';
import { priceOn } from './prices/price-book';
import { returnOn, savingsOf } from './savings/savings';
import { splitAmount } from './allocation/split-amount';

const SEED = { seed: 20261121, numRuns: 200 };
const amount = fc.integer({ min: 0, max: 2 ** 40 });
const share = fc.double({ min: 0, max: 100, noNaN: true });
const consumer: fc.Arbitrary<Consumer> = fc.record({ owner: fc.constantFrom('a', 'b', 'c'), hours: fc.double({ min: 0, max: 100, noNaN: true }), cpuRequestCores: share, cpuUsedCores: share, memoryRequestGib: share, memoryUsedGib: share });

describe('splitting an amount', () => {
  test('parts are whole, not negative, and add up, whatever the weights', () => {
    fc.assert(
      fc.property(amount, fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 20 }), (whole, weights) => {
        const parts = splitAmount(whole, weights);
        const sum = parts.reduce((total, part) => total + part, 0);
        return parts.every((part, i) => Number.isInteger(part) && part >= 0 && (weights[i]! > 0 || part === 0)) && sum === (weights.some((w) => w > 0) ? whole : 0);
      }),
      SEED,
    );
  });
  test('ten among three: the first gets the odd one', () => expect(splitAmount(10, [1, 1, 1])).toEqual([4, 3, 3]));
});

describe('allocation', () => {
  const bill = { node: 'n', cpuCores: 4, memoryGib: 16, microUsdPerHour: 200_000, hours: 10 };
  const one = (more: Partial<Consumer> = {}): Consumer => ({ owner: 'a', hours: 10, cpuRequestCores: 1, cpuUsedCores: 0.5, memoryRequestGib: 4, memoryUsedGib: 2, ...more });

  test('the parts and the idle cost add up to the bill', () => {
    fc.assert(
      fc.property(fc.array(consumer, { maxLength: 8 }), fc.constantFrom('separate', 'by-cost', 'evenly'), fc.integer({ min: 0, max: 1e9 }), (consumers, sharing, microUsdPerHour) => {
        const made = allocateNode({ ...bill, microUsdPerHour }, consumers, sharing);
        return made.owners.reduce((sum, owner) => sum + owner.total, 0) + made.idle === made.bill && made.idle >= 0 && made.owners.every((owner) => owner.total === owner.cpu + owner.memory + owner.gpu + owner.sharedIdle);
      }),
      SEED,
    );
  });
  test('a quarter asked for is a quarter charged, and the rest is idle', () => {
    const { owners, idle, idleShare, bill: total } = allocateNode(bill, [one()]);
    expect([total, owners[0]!.total, idle, idleShare]).toEqual([2_000_000, 500_000, 1_500_000, 0.75]);
  });
  test('use beyond the request is charged: max(request, usage), not the mean', () => {
    expect(allocateNode(bill, [one({ cpuUsedCores: 2 })]).owners[0]!.cpu).toBe(2 * allocateNode(bill, [one()]).owners[0]!.cpu);
  });
  test('shared idle is charged by cost or evenly, and nothing is left', () => {
    const pair = [one(), one({ owner: 'b', cpuRequestCores: 2, memoryRequestGib: 8 })];
    expect(allocateNode(bill, pair, 'by-cost').owners.map((owner) => owner.total)).toEqual([666_667, 1_333_333]);
    expect(allocateNode(bill, pair, 'evenly').owners.map((owner) => owner.total)).toEqual([750_000, 1_250_000]);
    expect(allocateNode(bill, pair, 'evenly').idle).toBe(0);
  });
  test('more asked than the node has: all are scaled to the bill, nothing is idle', () => {
    const { owners, idle } = allocateNode(bill, [one({ cpuRequestCores: 4, memoryRequestGib: 16 }), one({ owner: 'b', cpuRequestCores: 4, memoryRequestGib: 16 })]);
    expect(idle).toBe(0);
    for (const owner of owners) expect(Math.abs(owner.total - 1_000_000)).toBeLessThanOrEqual(1); // two odd resource bills, whole micro-dollars
  });
  test('an empty node is all idle', () => expect(allocateNode(bill, [], 'by-cost')).toMatchObject({ owners: [], idle: 2_000_000, idleShare: 1 }));
  test('efficiency is use over request, weighted by cost; use without request counts as 1', () => {
    expect(allocateNode(bill, [one()]).owners[0]!.efficiency).toBeCloseTo(0.5, 12);
    expect(allocateNode(bill, [one({ cpuRequestCores: 0, memoryRequestGib: 0 })]).owners[0]!.efficiency).toBe(1);
    expect(allocateNode(bill, [one({ cpuRequestCores: 0, memoryRequestGib: 0, cpuUsedCores: 0, memoryUsedGib: 0 })]).owners[0]!.efficiency).toBeNull();
  });
});

describe('savings', () => {
  const node = fc.record({ node: fc.constantFrom('a', 'b', 'c', 'd', 'e'), microUsdPerHour: fc.integer({ min: 0, max: 1e7 }) });
  const fleet = fc.uniqueArray(node, { selector: (one) => one.node, maxLength: 5 });

  test('a saving never exceeds the spend', () => {
    fc.assert(fc.property(fleet, fleet, (before, after) => savingsOf(before, after).savedPerHour <= savingsOf(before, after).spendPerHour), SEED);
  });
  test('a node that stays saves nothing', () => {
    fc.assert(fc.property(fleet, (nodes) => savingsOf(nodes, nodes).savedPerHour === 0), SEED);
  });
  test('what is saved is the price of what goes less the price of what comes', () => {
    const before = [{ node: 'a', microUsdPerHour: 100_000 }, { node: 'b', microUsdPerHour: 50_000 }];
    expect(savingsOf(before, [{ node: 'a', microUsdPerHour: 100_000 }, { node: 'c', microUsdPerHour: 20_000 }])).toMatchObject({ savedPerHour: 30_000, savedPerMonth: 21_900_000, removed: ['b'], added: ['c'] });
  });
  test('payback and return: 100 saved per hour earn 1000 back in 10 hours', () => {
    expect(returnOn({ savedPerHour: 100, oneOff: 1_000, horizonHours: 40 })).toEqual({ net: 3_000, roi: 3, paybackHours: 10, paysBackWithinHorizon: true });
  });
  test('what never pays back says so; what costs nothing has paid at once', () => {
    expect(returnOn({ savedPerHour: 100, riskPerHour: 100, oneOff: 1, horizonHours: 1e6 })).toMatchObject({ paybackHours: null, paysBackWithinHorizon: false });
    expect(returnOn({ savedPerHour: 100, oneOff: 0, horizonHours: 10 })).toEqual({ net: 1_000, roi: null, paybackHours: 0, paysBackWithinHorizon: true });
    expect(returnOn({ savedPerHour: 100, oneOff: 1_000, horizonHours: 12, startsAfterHours: 5 })).toMatchObject({ paybackHours: 15, paysBackWithinHorizon: false, net: -300 });
  });
});

describe('price book', () => {
  const book = { name: 't', currency: 'USD' as const, entries: [{ item: 'x', unit: 'node-hour' as const, microUsd: 2, from: '2026-02-01', source: 's' }, { item: 'x', unit: 'node-hour' as const, microUsd: 1, from: '2026-01-01', source: 's' }] };
  test('the entry of the day holds, also on its first day', () => {
    const price = (on: string) => priceOn(book, 'x', on);
    expect([price('2026-01-31'), price('2026-02-01'), price('2027-01-01')]).toMatchObject([{ value: { microUsd: 1 } }, { value: { microUsd: 2 } }, { value: { microUsd: 2 } }]);
  });
  test('before the first entry, and for unknown things, there is no price', () => {
    expect(priceOn(book, 'x', '2025-12-31')).toEqual({ ok: false, error: { code: 'no-price', item: 'x', on: '2025-12-31', firstFrom: '2026-01-01' } });
    expect(priceOn(book, 'y', '2026-01-01')).toMatchObject({ ok: false, error: { firstFrom: null } });
  });
  test('every default entry has a date and a source', () => {
    for (const entry of DEFAULT_PRICE_BOOK.entries) expect([entry.from, entry.source.length > 10, entry.microUsd > 0]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/), true, true]);
  });
});

describe('frames', () => {
  const frame = (usdPerHour: number | null, watts: number | null): Frame => ({ atUs: seconds(1), windowUs: timeUs(1_800e6), source: 'live', services: [], nodes: [], mesh: null, usdPerHour, watts });
  test('money and energy add up over time; time without a price is counted apart', () => {
    expect(costOfFrames([frame(2, 100), frame(4, null), frame(null, 300)])).toEqual({ spent: microUsd(3), hoursPriced: 1, hoursUnpriced: 0.5, energyKwh: 0.2, hoursMetered: 1 });
  });
  test('no frames cost nothing', () => expect(costOfFrames([])).toMatchObject({ spent: 0, hoursPriced: 0 }));
});

describe('energy and carbon', () => {
  test('power goes from idle to max, by its model, and never beyond', () => {
    const machine = { idleWatts: 32, maxWatts: 180 } as const;
    expect([wattsAt({ ...machine, model: 'linear' }, 0.25), wattsAt({ ...machine, model: 'sqrt' }, 0.25), wattsAt({ ...machine, model: 'cubic' }, 0.5), wattsAt({ ...machine, model: 'linear' }, 7), wattsAt({ ...machine, model: 'linear' }, -1)]).toEqual([69, 106, 50.5, 180, 32]);
  });
  test('a vCPU at half load draws 2.12 W at AWS, times PUE once', () => expect(cloudEnergyKwh({ vcpuHours: 1_000, utilization: 0.5 })).toBeCloseTo(2.12 * 1.135, 9));
  test('a kWh in us-east-1 is 0.415755 kg', () => expect(carbonKg(1, GRID_INTENSITIES[0]!)).toBeCloseTo(0.415755, 9));
  test('a quarter of a machine for a year of its four carries a sixteenth of its making', () => expect(embodiedKg({ totalKg: 1_600, hours: 8_760, vcpus: 16, vcpusOfMachine: 64 })).toBeCloseTo(100, 9));
});
