import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { savingsOfRequests, type PlacedPod, type RoomyNode } from './request-savings';
import { returnBands, sensitivityOf, type Band } from './return-bands';

const SEED = { seed: 20261121, numRuns: 300 };
const nodes: fc.Arbitrary<RoomyNode[]> = fc.uniqueArray(fc.record({ node: fc.constantFrom('a', 'b', 'c', 'd'), microUsdPerHour: fc.integer({ min: 0, max: 1e7 }), cores: fc.integer({ min: 1, max: 16 }), memoryGib: fc.integer({ min: 1, max: 64 }) }), { selector: ({ node }) => node, maxLength: 4 });
const pods: fc.Arbitrary<PlacedPod[]> = fc.uniqueArray(fc.record({ pod: fc.stringMatching(/^p[0-9]$/), node: fc.constantFrom('a', 'b', 'c', 'd'), cores: fc.double({ min: 0.1, max: 8, noNaN: true }), memoryGib: fc.double({ min: 0.1, max: 16, noNaN: true }) }), { selector: ({ pod }) => pod, maxLength: 8 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('smaller requests', () => {
  const two: RoomyNode[] = ['a', 'b'].map((node) => ({ node, microUsdPerHour: 100, cores: 4, memoryGib: 16 }));
  const held: PlacedPod[] = [{ pod: 'p1', node: 'a', cores: 3, memoryGib: 4 }, { pod: 'p2', node: 'b', cores: 3, memoryGib: 4 }];

  test('save nothing as long as every node stays', () => {
    expect(savingsOfRequests(two, held, ({ memoryGib }) => ({ cores: 2.5, memoryGib }))).toMatchObject({ savedPerHour: 0, goes: [], freedCores: 1 });
  });
  test('save a node once its pods fit elsewhere', () => {
    expect(savingsOfRequests(two, held, ({ memoryGib }) => ({ cores: 2, memoryGib }))).toMatchObject({ savedPerHour: 100, goes: ['a'] });
  });
  test('never save more than is spent, and only the price of nodes that go', () => {
    fc.assert(fc.property(nodes, pods, share, (some, all, left) => {
      const placed = all.filter(({ node }) => some.some((each) => each.node === node));
      const { savedPerHour, spendPerHour, goes } = savingsOfRequests(some, placed, ({ cores, memoryGib }) => ({ cores: cores * left, memoryGib: memoryGib * left }));
      const gone = some.filter(({ node }) => goes.includes(node)).reduce((sum, { microUsdPerHour }) => sum + microUsdPerHour, 0);
      return savedPerHour <= spendPerHour && savedPerHour === gone && (placed.length === 0 || goes.length < some.length);
    }), SEED);
  });
});

describe('a return with its band', () => {
  const band = fc.tuple(share, share, share).map((values): Band => {
    const [lower, expected, upper] = values.map((value) => Math.round(value * 1e6)).sort((x, y) => x - y) as [number, number, number];
    return { lower, expected, upper };
  });
  test('the worst net is never above the expected, nor that above the best; no payback is earlier than in the best case', () => {
    fc.assert(fc.property(band, band, band, fc.integer({ min: 1, max: 10_000 }), (savedPerHour, oneOff, riskPerHour, horizonHours) => {
      const { worst, expected, best } = returnBands({ savedPerHour, oneOff, riskPerHour, horizonHours });
      return worst.net <= expected.net && expected.net <= best.net && (worst.paybackHours === null || (best.paybackHours ?? Infinity) <= worst.paybackHours);
    }), SEED);
  });
  test('the input that moves the net most stands first; one that is certain moves nothing', () => {
    const sure = (value: number): Band => ({ lower: value, expected: value, upper: value });
    const [first, , last] = sensitivityOf({ savedPerHour: { lower: 50, expected: 100, upper: 120 }, oneOff: { lower: 900, expected: 1_000, upper: 1_200 }, riskPerHour: sure(10), horizonHours: 100 });
    expect([first, last]).toEqual([{ input: 'savedPerHour', netAtLower: 3_000, netAtUpper: 10_000, swing: 7_000 }, { input: 'riskPerHour', netAtLower: 8_000, netAtUpper: 8_000, swing: 0 }]);
  });
});
