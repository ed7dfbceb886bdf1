import { describe, expect, test } from 'vitest';
import { answerFact, checkFact } from './check-fact';
import { differenceOf } from './compare';

const VERSION = '1.35';
const normalize = { id: 'n', op: 'normalize', max: 100, reverse: false, scores: [10, 5] };

describe('checkFact', () => {
  test('a wrong expectation is a problem that says what was expected and what came', () => {
    expect(checkFact('scheduler', { ...normalize, expect: [100, 49] }, VERSION).problem).toBe('[1]: expected 49, got 50');
    expect(checkFact('scheduler', { ...normalize, expect: [100, 50] }, VERSION).problem).toBeNull();
  });

  test('an unknown operation and unreadable inputs are problems of that fact alone', () => {
    expect(checkFact('scheduler', { id: 'x', op: 'constructor' }, VERSION).problem).toContain('no operation');
    expect(checkFact('nowhere', { id: 'x', op: 'filter' }, VERSION).problem).toContain('no operation');
    expect(checkFact('scheduler', { id: 'x', op: 'normalize', scores: 'many' }, VERSION).problem).toContain('scores');
    expect(checkFact('scheduler', { id: 'x', op: 'filter', plugin: 'Nonsense', pod: {}, nodes: [] }, VERSION).problem).toContain('Nonsense');
  });

  test('inputs that no rule looks at are told with their place, however right the rest is', () => {
    const fact = { id: 'u', op: 'filter', plugin: 'NodeName', pod: { hostIPC: true }, nodes: [{ name: 'n1', zone: 'a' }], mood: 'good', from: { table: 'any' }, verdict_k8s_1_20: 1, expect: { verdict: { n1: 'fit' } } };
    expect(checkFact('scheduler', fact, VERSION)).toEqual({ id: 'u', got: { verdict: { n1: 'fit' } }, problem: 'no rule looks at pod.hostIPC, nodes.0.zone, mood' });
    expect(answerFact('scheduler', fact, VERSION)).toMatchObject({ ok: true, unread: ['pod.hostIPC', 'nodes.0.zone', 'mood'] });
  });

  test('the answer has the keys of the expectation and no others', () => {
    const fact = { id: 'q', op: 'scale-new', replicas: 10, maxSurge: 2, maxUnavailable: 0, new: 0, old: 5 };
    expect(checkFact('node', { ...fact, expect: { changed: true } }, VERSION).got).toEqual({ changed: true });
    expect(checkFact('node', fact, VERSION).got).toEqual({ changed: true, new: 7 });
  });

  test('a series of steps is judged by what its steps expect', () => {
    const steps = [{ do: 'add', value: 1, weight: 1 }, { do: 'percentile', p: 0.5, expect: 2 }];
    const fact = { id: 's', op: 'steps', options: { kind: 'linear', max: 10, size: 1, eps: 1e-15 }, steps };
    expect(checkFact('vpa', fact, VERSION)).toEqual({ id: 's', got: [2], problem: null });
    const wrong = { ...fact, steps: [steps[0], { ...steps[1], expect: 3 }] };
    expect(checkFact('vpa', wrong, VERSION).problem).toBe('[0]: expected 3, got 2');
  });

  test('amounts round up alone, in lists, and where the fact names them in what it expects', () => {
    expect(checkFact('vpa', { id: 'r', op: 'roundup', value: 100, scale: 7, expect: 105 }, VERSION).problem).toBeNull();
    expect(checkFact('vpa', { id: 'r', op: 'roundup', value: 100, scale: 7, expect: { value: 105 } }, VERSION).problem).toBeNull();
    expect(checkFact('vpa', { id: 'r', op: 'roundup', values: [[100, 10], [0, 5], [100, -5]], expect: [100, 0, 100] }, VERSION).problem).toBeNull();
    expect(checkFact('vpa', { id: 'r', op: 'roundup', expect: [[100, 7, 105], [100, 0, 100]] }, VERSION).problem).toBeNull();
    expect(checkFact('vpa', { id: 'r', op: 'roundup' }, VERSION).problem).toContain('two numbers');
  });

  test('nobody preempted is spelled as the fact spells it', () => {
    const fact = { id: 'p', op: 'preempt', pod: { name: 'p', preemption: 'Never' }, pods: [], nodes: [{ name: 'n1' }] };
    for (const expected of [{ node: null, victims: [] }, { node: '', victims: [] }, { node: '', victims: null }]) expect(checkFact('scheduler', { ...fact, expect: expected }, VERSION).problem).toBeNull();
    expect(checkFact('scheduler', { ...fact, expect: { node: 'n1', victims: [] } }, VERSION).problem).not.toBeNull();
  });

  test('an OOM score is right inside the range upstream accepts', () => {
    const fact = { id: 'o', op: 'oom-adj', nodeMem: 8e9, nodeCritical: false, pod: { containers: [{ req: { mem: 4e9 }, lim: { mem: 1e10 } }] } };
    expect(checkFact('node', { ...fact, expect: { value: 500, min: 495, max: 505 } }, VERSION).problem).toBeNull();
    expect(checkFact('node', { ...fact, expect: { value: 700, min: 695, max: 705 } }, VERSION).problem).not.toBeNull();
  });

  test('balanced allocation changes with the release', () => {
    const pod = { containers: [{ req: { cpu_m: 1000, mem: 1000 } }] };
    const nodes = [{ name: 'n1', alloc: { cpu_m: 4000, mem: 4000 } }];
    const fact = { id: 'b', op: 'score', plugin: 'NodeResourcesBalancedAllocation', pod, nodes };
    expect(checkFact('scheduler', fact, '1.35').got).toMatchObject({ scores: { n1: 100 } });
    expect(checkFact('scheduler', fact, '1.36').got).toMatchObject({ scores: { n1: 75 } });
  });
});

describe('differenceOf', () => {
  test('integers are compared exactly, fractions to 1e-9, and to relTol where it is given', () => {
    expect(differenceOf(5, 5.000000001)).not.toBeNull();
    expect(differenceOf(0.1, 0.1 + 1e-12)).toBeNull();
    expect(differenceOf({ v: 0.1 }, { v: 0.101 })).not.toBeNull();
    expect(differenceOf({ v: 1, relTol: 0.05 }, { v: 1.04 })).toBeNull();
  });

  test('values of older releases are not compared, further keys of the answer neither', () => {
    expect(differenceOf({ a: 1, scores_k8s_1_23: 7 }, { a: 1, b: 2 })).toBeNull();
  });

  test('lists of different length differ, and NaN is never right', () => {
    expect(differenceOf([1], [1, 2])).not.toBeNull();
    expect(differenceOf(1, NaN)).not.toBeNull();
  });
});
