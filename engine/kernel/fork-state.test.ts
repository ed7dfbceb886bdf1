import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forkState } from './fork-state';
import { hashState } from './state-hash';

const world = () => ({
  now: 5,
  name: 'w',
  gone: null,
  random: Uint32Array.of(1, 2, 3, 4),
  times: new Float64Array([1.5, NaN, -0]),
  bytes: new Uint8Array(new Uint8Array([9, 8, 7]).buffer, 1, 2),
  nodes: [{ id: 'n1', pods: ['a', 'b'] }],
  byName: new Map([['n1', { up: true }]]),
  seen: new Set(['x']),
});

test('a fork equals its original', () => {
  expect(forkState(world())).toEqual(world());
  expect(hashState(forkState(world()))).toBe(hashState(world()));
});

test('nothing done to a fork is seen in the original, and the other way round', () => {
  const original = world();
  const fork = forkState(original);
  fork.random[0] = 99;
  fork.times[0] = 99;
  fork.bytes[0] = 99;
  fork.nodes[0]!.pods.push('c');
  fork.byName.get('n1')!.up = false;
  fork.byName.set('n2', { up: true });
  fork.seen.add('y');
  expect(original).toEqual(world());
  const before = hashState(fork);
  original.nodes[0]!.id = 'other';
  original.byName.clear();
  expect(hashState(fork)).toBe(before);
});

/** Every object and buffer reachable from a value. */
function reachable(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  if (ArrayBuffer.isView(value)) found.add(value.buffer);
  else if (value instanceof Map) for (const pair of value) pair.forEach((item) => reachable(item, found));
  else if (value instanceof Set) for (const item of value) reachable(item, found);
  else for (const item of Object.values(value)) reachable(item, found);
  return found;
}

test('a fork shares no object and no buffer with its original', () => {
  const plain = fc.anything({ withMap: true, withSet: true, withTypedArray: false, maxDepth: 4, values: [fc.integer(), fc.string(), fc.uint8Array(), fc.constant(null)] });
  fc.assert(
    fc.property(plain, (value) => {
      const fork = forkState(value);
      const original = reachable(value);
      expect(fork).toEqual(value);
      for (const object of reachable(fork)) expect(original.has(object)).toBe(false);
    }),
    { seed: 5, numRuns: 500, examples: [[{ a: new Float64Array(3), b: new Map([[{ key: 1 }, [2]]]) }]] },
  );
});

test('one object at two places stays one object at two places', () => {
  const random = Uint32Array.of(1, 2, 3, 4);
  const fork = forkState({ first: random, second: random, list: [{ random }] });
  expect(fork.first).toBe(fork.second);
  expect(fork.list[0]!.random).toBe(fork.first);
  expect(fork.first).not.toBe(random);
});

test('a cycle is copied as a cycle', () => {
  type Node = { name: string; next?: Node };
  const a: Node = { name: 'a' };
  a.next = { name: 'b', next: a };
  const fork = forkState(a);
  expect(fork.next!.next).toBe(fork);
  expect(fork).not.toBe(a);
});
