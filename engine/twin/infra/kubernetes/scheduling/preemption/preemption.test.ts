import { describe, expect, test } from 'vitest';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { judgementWithNominated } from '../judge';
import { defaultProfile } from '../profile';
import { snapshotOf } from '../snapshot';
import { splitByBudgets } from './disruption-budget';
import { bestCandidates, candidateLimit, dryRunPreemption, mayPreempt, preempt } from './preempt';

const profile = defaultProfile();
const node = (name: string): Node => ({ name, labels: {}, allocatable: { cpu: 1_000, memory: 1_000, pods: 10 } });
const pod = (name: string, cpu: number, more: Partial<Pod> = {}): Pod => ({ name, namespace: 'default', labels: { app: name }, containers: [{ requests: { cpu } }], ...more });
const budget = (app: string, disruptionsAllowed: number) => ({ name: app, namespace: 'default', selector: { matchLabels: { app } }, disruptionsAllowed, disruptedPods: [] });

describe('preemption', () => {
  test('only as many pods go as needed, the least important ones', () => {
    const pods = [pod('low', 400, { nodeName: 'a', priority: 1 }), pod('lower', 400, { nodeName: 'a', priority: 0 }), pod('high', 200, { nodeName: 'a', priority: 9 })];
    const candidate = preempt(pod('p', 300, { priority: 5 }), snapshotOf({ nodes: [node('a')], pods }), [], profile);
    expect(candidate).toMatchObject({ nodeName: 'a', victims: [{ name: 'lower' }] });
  });

  test('nobody of equal importance is preempted, nor where it would not help', () => {
    const of = (priority: number, cpu: number) => preempt(pod('p', cpu, { priority: 5 }), snapshotOf({ nodes: [node('a')], pods: [pod('r', 900, { nodeName: 'a', priority })] }), [], profile);
    expect([of(5, 500), of(1, 1_001), of(1, 500)?.victims.length]).toEqual([null, null, 1]);
  });

  test('pods protected by a budget are spared if they can be', () => {
    const pods = ['safe', 'plain'].map((name) => pod(name, 500, { nodeName: 'a', priority: 0 }));
    const snapshot = snapshotOf({ nodes: [node('a')], pods });
    expect(preempt(pod('p', 500, { priority: 5 }), snapshot, [budget('safe', 0)], profile)).toMatchObject({ victims: [{ name: 'plain' }], budgetViolations: 0 });
    expect(preempt(pod('p', 1_000, { priority: 5 }), snapshot, [budget('safe', 0)], profile)).toMatchObject({ budgetViolations: 1 });
  });

  test('a budget without a selector, and a pod without labels, have nothing to do with each other', () => {
    const nobody = { ...budget('x', 0), selector: {} };
    expect(splitByBudgets([pod('x', 1)], [nobody]).violating).toEqual([]);
    expect(splitByBudgets([pod('x', 1, { labels: {} })], [budget('x', 0)]).violating).toEqual([]);
    expect(splitByBudgets([pod('x', 1), pod('y', 1, { labels: { app: 'x' } })], [budget('x', 1)]).violating.map(({ name }) => name)).toEqual(['y']);
  });

  test('the choice: violations, top priority, sum, count, then who started last', () => {
    const candidate = (nodeName: string, budgetViolations: number, victims: [priority: number, startTime: number][]) => ({ nodeName, budgetViolations, victims: victims.map(([priority, startTime], i) => pod(`v${i}`, 1, { priority, startTime })) });
    const pick = (...list: ReturnType<typeof candidate>[]) => bestCandidates(list).map(({ nodeName }) => nodeName);
    expect(pick(candidate('a', 1, [[0, 0]]), candidate('b', 0, [[9, 0]]))).toEqual(['b']);
    expect(pick(candidate('a', 0, [[5, 0]]), candidate('b', 0, [[4, 0], [4, 0], [4, 0]]))).toEqual(['b']);
    expect(pick(candidate('a', 0, [[5, 0], [5, 0]]), candidate('b', 0, [[5, 0], [-100, 0]]))).toEqual(['b']);
    expect(pick(candidate('a', 0, [[5, 10], [5, 30]]), candidate('b', 0, [[5, 20], [5, 20]]))).toEqual(['b']);
    expect(pick(candidate('a', 0, [[5, 1]]), candidate('b', 0, [[5, 1]]))).toEqual(['a', 'b']);
    expect(pick()).toEqual([]);
  });

  test('a nominated pod waits for the pods it preempted, unless its node has become impossible', () => {
    const snapshot = snapshotOf({ nodes: [node('a')], pods: [pod('r', 1, { nodeName: 'a', priority: 0, terminating: true })] });
    const waiting = pod('p', 1, { priority: 5, nominatedNodeName: 'a' });
    expect([mayPreempt(waiting, snapshot, null), mayPreempt(waiting, snapshot, 'never'), mayPreempt({ ...waiting, preemptionPolicy: 'Never' }, snapshot, 'never')]).toEqual([false, true, false]);
  });

  test('a node promised to a more important pod is judged with and without it', () => {
    const nominated = pod('vip', 800, { priority: 9, nominatedNodeName: 'a' });
    const judge = (priority: number) => judgementWithNominated(pod('p', 500, { priority }), snapshotOf({ nodes: [node('a')], pods: [nominated] }), profile);
    const info = snapshotOf({ nodes: [node('a')], pods: [nominated] }).nodes[0]!;
    expect([judge(5).first(info)?.filter, judge(9).first(info)?.filter, judge(10).first(info)]).toEqual(['NodeResourcesFit', 'NodeResourcesFit', null]);
  });

  test('a dry run stops after a tenth of the nodes, at least a hundred', () => {
    expect([5, 100, 500, 5_000].map(candidateLimit)).toEqual([5, 100, 100, 500]);
    const nodes = Array.from({ length: 150 }, (_, i) => node(`n${i}`));
    const snapshot = snapshotOf({ nodes, pods: nodes.map(({ name }) => pod(`r-${name}`, 900, { nodeName: name, priority: 0 })) });
    expect(dryRunPreemption(pod('p', 500, { priority: 1 }), snapshot.nodes, snapshot, [], profile)).toHaveLength(100);
  });
});
