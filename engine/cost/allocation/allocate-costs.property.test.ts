import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateCosts, type AllocatedCosts, type Charge, type NodeCost } from './allocate-costs';
import { totalCost } from './cost-rows';
import type { PodIdentity } from './owner-key';

const SEED = { seed: 20261121, numRuns: 300 };
const amount = fc.integer({ min: 0, max: 2 ** 40 });
const hours = fc.double({ min: 0, max: 1_000, noNaN: true });
const resources = fc.record({ cpu: hours, memory: hours, gpu: fc.constantFrom(0, 0, 1, 8) });
const identity: fc.Arbitrary<PodIdentity> = fc.record({ pod: fc.constantFrom('a-1', 'a-2', 'b-1', 'c-1'), workload: fc.constantFrom('a', 'b', 'c'), namespace: fc.constantFrom('shop', 'tools', 'kube-system'), labels: fc.constantFrom<Readonly<Record<string, string>>>({}, { team: 'red' }, { team: 'blue' }) });
const pods = fc.array(fc.record({ identity, charged: resources, requested: resources, used: resources }), { maxLength: 5 });
const nodes: fc.Arbitrary<NodeCost[]> = fc.array(fc.record({ node: fc.constantFrom('n1', 'n2'), amount, capacity: resources, pods }), { maxLength: 4 });
const charges: fc.Arbitrary<Charge[]> = fc.array(fc.record({ kind: fc.constantFrom('volume', 'network', 'balancer'), name: fc.constant('x'), amount, to: fc.array(fc.record({ identity, weight: hours }), { maxLength: 3 }) }), { maxLength: 4 });
const rules = fc.record({
  groupBy: fc.constantFrom('pod', 'workload', 'namespace', 'label:team'),
  idle: fc.record({ sharing: fc.constantFrom('separate', 'by-cost', 'evenly'), scope: fc.constantFrom('node', 'cluster') }),
  shared: fc.option(fc.record({ namespaces: fc.constantFrom([], ['kube-system'], ['kube-system', 'tools']), sharing: fc.constantFrom('by-cost', 'evenly') }), { nil: undefined }),
});

const carried = ({ owners, idle, unallocated }: AllocatedCosts) => [...owners.values()].reduce((sum, row) => sum + totalCost(row), 0) + idle.cpu + idle.memory + idle.gpu + idle.volume + idle.commitment + unallocated;
const whole = (costs: readonly { readonly amount: number }[]) => costs.reduce((sum, cost) => sum + cost.amount, 0);

describe('a bill by owner', () => {
  test('owners, idle and unallocated add up to the bill exactly, however it is shared and grouped', () => {
    fc.assert(
      fc.property(nodes, charges, amount, amount, rules, (some, others, fees, unusedCommitments, how) => {
        const made = allocateCosts({ nodes: some, charges: others, fees, unusedCommitments }, how);
        const rows = [...made.owners.values()];
        return carried(made) === whole(some) + whole(others) + fees + unusedCommitments && rows.every((row) => Object.values(row).every((part) => part >= 0)) && Object.values(made.idle).every((part) => part >= 0) && made.unallocated >= 0;
      }),
      SEED,
    );
  });
  test('how it is grouped moves cost between rows and changes no sum', () => {
    fc.assert(
      fc.property(nodes, charges, (some, others) => {
        const sums = (['pod', 'workload', 'namespace', 'label:team'] as const).map((groupBy) => [...allocateCosts({ nodes: some, charges: others, fees: 0, unusedCommitments: 0 }, { groupBy, idle: { sharing: 'separate' } }).owners.values()].reduce((sum, row) => sum + totalCost(row), 0));
        return new Set(sums).size === 1;
      }),
      SEED,
    );
  });

  const who = (workload: string, namespace = 'shop'): PodIdentity => ({ pod: `${workload}-1`, workload, namespace, labels: {} });
  const none = { cpu: 0, memory: 0, gpu: 0 };
  const pod = (workload: string, cpu: number, memory: number, namespace?: string) => ({ identity: who(workload, namespace), charged: { cpu, memory, gpu: 0 }, requested: { cpu, memory, gpu: 0 }, used: none });
  const node = (amountOf: number, ...held: NodeCost['pods']): NodeCost => ({ node: 'n', amount: amountOf, capacity: { cpu: 4, memory: 0, gpu: 0 }, pods: held });

  test('idle CPU is carried in proportion to CPU cost, inside its node or over the cluster', () => {
    const two = [node(400, pod('a', 1, 0)), { ...node(400, pod('b', 3, 0)), node: 'm' }];
    const shared = (scope: 'node' | 'cluster') => Object.fromEntries([...allocateCosts({ nodes: two, charges: [], fees: 0, unusedCommitments: 0 }, { groupBy: 'workload', idle: { sharing: 'by-cost', scope } }).owners].map(([owner, row]) => [owner, totalCost(row)]));
    expect([shared('node'), shared('cluster')]).toEqual([{ a: 400, b: 400 }, { a: 200, b: 600 }]);
  });
  test('what a shared namespace and the fees cost is carried by the others', () => {
    const some = [node(400, pod('a', 1, 0), pod('b', 1, 0), pod('dns', 2, 0, 'kube-system'))];
    const { owners, unallocated } = allocateCosts({ nodes: some, charges: [], fees: 100, unusedCommitments: 0 }, { groupBy: 'workload', idle: { sharing: 'separate' }, shared: { namespaces: ['kube-system'], sharing: 'evenly' } });
    expect([...owners].map(([owner, row]) => [owner, row.cpu, row.shared])).toEqual([['a', 100, 150], ['b', 100, 150]]);
    expect(unallocated).toBe(0);
  });
  test('a volume that nobody mounts is idle; a balancer in front of nothing belongs to nobody', () => {
    const { idle, unallocated } = allocateCosts({ nodes: [], charges: [{ kind: 'volume', name: 'v', amount: 70, to: [] }, { kind: 'balancer', name: 'l', amount: 30, to: [] }], fees: 0, unusedCommitments: 0 }, { groupBy: 'workload', idle: { sharing: 'by-cost' } });
    expect([idle.volume, unallocated]).toEqual([70, 30]);
  });
  test('a GPU is charged to who holds it, and idle GPUs dominate the price of their node', () => {
    const gpu = { node: 'g', amount: 1_000_000, capacity: { cpu: 12, memory: 85, gpu: 1 }, pods: [{ ...pod('train', 1, 1), charged: { cpu: 1, memory: 1, gpu: 1 } }] };
    const { owners, idle } = allocateCosts({ nodes: [gpu], charges: [], fees: 0, unusedCommitments: 0 }, { groupBy: 'workload', idle: { sharing: 'separate' } });
    expect(owners.get('train')!.gpu).toBeGreaterThan(500_000);
    expect(idle.gpu).toBe(0);
  });
});
