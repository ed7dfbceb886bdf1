import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommitmentSpec } from '@/engine/twin';
import { bestCommitment, billWithPlan, breakEvenLoad } from './best-commitment';
import { amortisedBetween, cashBetween, termHours } from './cash-view';
import { settleUse, type NodeUse } from './committed-use';
import { largestPoolShare, spotWorth } from './spot';
import { sustainedUseFactor } from './sustained-use';

const SEED = { seed: 20261121, numRuns: 300 };
const use = (more: Partial<NodeUse> = {}): NodeUse => ({ node: 'n', zone: 'a', instanceType: 'm7i.large', cores: 2, memoryGib: 8, spot: false, hours: 1, microUsdPerHour: 100_000, cpuShare: 0.6, ...more });
const plan = (more: Partial<CommitmentSpec> = {}): CommitmentSpec => ({ name: 'plan', kind: 'compute-savings-plan', discount: 0.25, usdPerHour: 0.075, ...more });

const uses = fc.uniqueArray(fc.record({ node: fc.constantFrom('a', 'b', 'c', 'd'), zone: fc.constantFrom('a', 'b'), instanceType: fc.constantFrom('m7i.large', 'm7i.xlarge', 'c7g.large', 'n2-standard-4', ''), cores: fc.integer({ min: 1, max: 64 }), memoryGib: fc.integer({ min: 1, max: 256 }), spot: fc.boolean(), hours: fc.double({ min: 0, max: 1, noNaN: true }), microUsdPerHour: fc.integer({ min: 0, max: 1e7 }), cpuShare: fc.double({ min: 0, max: 1, noNaN: true }) }), { selector: ({ node }) => node, maxLength: 4 });
const commitments: fc.Arbitrary<CommitmentSpec[]> = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('p', 'q', 'r'), kind: fc.constantFrom('zonal-reservation', 'regional-reservation', 'resource-commitment', 'instance-savings-plan', 'compute-savings-plan', 'spend-commitment'), discount: fc.double({ min: 0, max: 0.9, noNaN: true }), instanceType: fc.constantFrom('m7i.large', 'm7i.2xlarge'), count: fc.integer({ min: 0, max: 5 }), zone: fc.constantFrom('a', 'b'), family: fc.constantFrom('m7i', 'n2'), usdPerHour: fc.double({ min: 0, max: 10, noNaN: true }), cores: fc.integer({ min: 0, max: 64 }), memoryGib: fc.integer({ min: 0, max: 256 }) }),
  { selector: ({ name }) => name, maxLength: 3 },
);

describe('settling use under commitments', () => {
  test('nodes and commitments add up to the total, and a commitment is paid in full, used or not', () => {
    fc.assert(
      fc.property(uses, commitments, (some, promised) => {
        const { nodes, commitments: settled, total } = settleUse(some, promised, 1);
        const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
        const parts = sum(nodes.map((node) => node.onDemand + node.committed)) + sum(settled.map(({ unused }) => unused));
        return parts === total && settled.every(({ committed, used, unused }) => committed === used + unused && used >= 0 && unused >= 0);
      }),
      SEED,
    );
  });
  test('coverage and utilization lie between 0 and 1, and spot is never covered', () => {
    fc.assert(
      fc.property(uses, commitments, (some, promised) => {
        const { nodes, coverage, utilization } = settleUse(some, promised, 1);
        return [coverage, utilization].every((share) => share === null || (share >= 0 && share <= 1)) && some.every(({ spot }, i) => !spot || (nodes[i]!.committed === 0 && nodes[i]!.onDemand === nodes[i]!.listed));
      }),
      SEED,
    );
  });
  test('a plan that fits exactly takes its discount off and leaves nothing unused', () => {
    expect(settleUse([use()], [plan()], 1)).toMatchObject({ total: 75_000, coverage: 1, utilization: 1, nodes: [{ onDemand: 0, committed: 75_000, listed: 100_000 }] });
  });
  test('an unused commitment is still paid: without nodes the bill is the promise', () => {
    expect(settleUse([], [plan()], 1)).toMatchObject({ total: 75_000, utilization: 0, coverage: null, commitments: [{ unused: 75_000 }] });
  });
  test('reservations are used before plans, and of two plans the one with the higher discount', () => {
    const reserved: CommitmentSpec = { name: 'ri', kind: 'regional-reservation', discount: 0.4, instanceType: 'm7i.large', count: 1 };
    const used = settleUse([use()], [plan(), plan({ name: 'better', discount: 0.3, usdPerHour: 0.07 }), reserved], 1).commitments;
    expect(used.map(({ name, used: part }) => [name, part])).toEqual([['ri', 60_000], ['better', 0], ['plan', 0]]);
  });
  test('a regional reservation covers other sizes of its family by their units, a zonal one nothing but its own machine and zone', () => {
    const big = use({ instanceType: 'm7i.xlarge', microUsdPerHour: 200_000 });
    const regional = settleUse([big, use({ node: 'm' })], [{ name: 'r', kind: 'regional-reservation', discount: 0.5, instanceType: 'm7i.large', count: 1 }], 1);
    expect(regional.nodes.map(({ onDemand, committed }) => [onDemand, committed])).toEqual([[100_000, 50_000], [100_000, 0]]);
    const zonal: CommitmentSpec = { name: 'z', kind: 'zonal-reservation', discount: 0.5, instanceType: 'm7i.large', count: 1, zone: 'b' };
    expect(settleUse([use()], [zonal], 1).commitments[0]).toMatchObject({ committed: 50_000, used: 0 });
    expect(settleUse([use({ zone: 'b' })], [zonal], 1)).toMatchObject({ total: 50_000 });
  });
  test('committed cores and memory cover cores and memory, not machines', () => {
    const settled = settleUse([use({ instanceType: 'n2-standard-2' })], [{ name: 'cud', kind: 'resource-commitment', discount: 0.5, cores: 2, memoryGib: 0 }], 1);
    expect(settled.nodes[0]).toEqual({ node: 'n', onDemand: 40_000, committed: 30_000, listed: 100_000 });
  });
});

describe('how much to promise', () => {
  const spends = fc.array(fc.integer({ min: 0, max: 1e8 }), { minLength: 1, maxLength: 48 });
  const discount = fc.double({ min: 0, max: 0.9, noNaN: true });
  test('the best plan never costs more than none, and saves no more than is spent', () => {
    fc.assert(fc.property(spends, discount, (spend, off) => {
      const best = bestCommitment(spend, off);
      return best.saved >= 0 && best.saved <= best.withoutIt;
    }), SEED);
  });
  test('no other plan is cheaper', () => {
    fc.assert(fc.property(spends, discount, fc.double({ min: 0, max: 150, noNaN: true }), (spend, off, usd) => bestCommitment(spend, off).bill <= billWithPlan(spend, off, usd).bill + 1), SEED);
  });
  test('a machine that runs less than the break-even load is better left on demand', () => {
    expect(breakEvenLoad(0.3)).toBeCloseTo(0.7, 12);
    const half = [...Array.from({ length: 12 }, () => 100_000), ...Array.from({ length: 12 }, () => 0)];
    expect(bestCommitment(half, 0.3).usdPerHour).toBe(0);
    expect(bestCommitment(half, 0.6).saved).toBe(24 * 10_000);
  });
});

describe('spot, sustained use, cash', () => {
  test('lost work eats what spot saves', () => {
    const offer = { onDemandMicroUsdPerHour: 100, spotMicroUsdPerHour: 40, interruptionsPerHour: 0.1, reworkHours: 2 };
    expect(spotWorth(offer)).toEqual({ expectedMicroUsdPerHour: 48, savedMicroUsdPerHour: 52, breakEvenInterruptions: 0.75 });
    expect(spotWorth({ ...offer, interruptionsPerHour: 0.75 }).savedMicroUsdPerHour).toBeCloseTo(0, 9);
  });
  test('interruptions strike a pool: its share of the nodes may be gone at once', () => {
    const node = (zone: string, spot: boolean) => ({ zone, instanceType: 'm7i.large', spot });
    expect(largestPoolShare([node('a', true), node('a', true), node('b', true), node('b', false)])).toBe(0.5);
    expect(largestPoolShare([])).toBe(0);
  });
  test('a month of N1 costs 30 % less, of N2 20 %, of E2 nothing less; the first quarter has its full price', () => {
    expect(['n1-standard-4', 'n2-standard-4', 'e2-standard-4'].map((type) => sustainedUseFactor(type, 1))).toEqual([expect.closeTo(0.7, 9), expect.closeTo(0.8002, 3), 1]);
    expect([sustainedUseFactor('n1-standard-4', 0.25), sustainedUseFactor('n1-standard-4', 0.5)]).toEqual([1, expect.closeTo(0.9, 9)]);
  });
  test('over the whole term the cash paid is the amount amortised', () => {
    fc.assert(fc.property(fc.constantFrom(1 as const, 3 as const), fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 8_000 }), (termYears, upfrontUsd, at) => {
      const payment = { amortisedMicroUsdPerHour: 2_000_000, upfrontUsd, termYears };
      const end = termHours(payment);
      return Math.abs(cashBetween(payment, 0, at) + cashBetween(payment, at, end) - amortisedBetween(payment, 0, end)) <= 2;
    }), SEED);
    expect(cashBetween({ amortisedMicroUsdPerHour: 1_000_000, upfrontUsd: 8_760 }, 0, 1)).toBe(8_760e6);
  });
});
