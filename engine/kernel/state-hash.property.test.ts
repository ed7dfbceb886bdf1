import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashState } from './state-hash';

const plain = fc.anything({ withMap: true, withSet: true, withTypedArray: false, withNullPrototype: true, withSparseArray: false, maxDepth: 3, values: [fc.integer(), fc.double(), fc.string(), fc.boolean(), fc.constant(null)] });

/** The same value with every object built in the opposite order of keys. */
function rebuilt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebuilt);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [rebuilt(key), rebuilt(item)]));
  if (value instanceof Set) return new Set([...value].map(rebuilt));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, rebuilt(item)]),
  );
}

test('the order in which an object was built does not matter', () => {
  fc.assert(fc.property(plain, (value) => hashState(value) === hashState(rebuilt(value))), { seed: 11, numRuns: 1_000 });
});

const words = ['', 'a', 'b', 'ab', 'aa', '\0', 'true', 'null', '1'];
const DIFFERENT: readonly unknown[] = [
  null, undefined, true, false, 0, -0, 1, -1, 0.1, NaN, Infinity, -Infinity, Number.MIN_VALUE, Number.EPSILON, 1 + Number.EPSILON, 2 ** 53,
  ...words, [], {}, new Map(), new Set(), new Float64Array(), [[]], [{}], [null], [undefined], [0], [0, 0], [[0], 0], [0, [0]], [false], ['0'], [1, 2], [2, 1],
  new Float64Array([0]), new Float64Array([0, 0]), new Set([0]), new Map([[0, 0]]), new Map([[1, 2]]), new Map([[2, 1]]), new Map([['a', 1]]), new Map([['a', 1], ['b', 2]]), new Map([['b', 2], ['a', 1]]),
  { a: 1 }, { a: 2 }, { b: 1 }, { a: null }, { a: '1' }, { a: [1] }, { a: { a: 1 } }, { a: 1, b: 2 }, { a: 2, b: 1 }, { ab: 1 }, { '': 1 }, { a: { b: 1 }, c: 2 }, { a: { b: 1, c: 2 } },
  [true, true], [4, 4], ['a', 'b'], ['ab', ''], ['', 'ab'], [{ a: 1 }, { b: 2 }], [{ a: 1, b: 2 }], new Set(['a', 'b']), new Set(['b', 'a']),
];

test('values that differ anywhere hash differently', () => {
  expect(new Set(DIFFERENT.map(hashState)).size).toBe(DIFFERENT.length);
});

test('members that are undefined count as absent, and every NaN is one NaN', () => {
  const odd = new Float64Array(new BigUint64Array([0xfff8000000000123n]).buffer);
  expect(hashState({ a: 1, b: undefined })).toBe(hashState({ a: 1 }));
  expect(hashState(odd)).toBe(hashState(new Float64Array([NaN])));
});

test('one changed number anywhere in a big state changes the hash, and both of its halves', () => {
  const state = { queue: new Float64Array(2_000), replicas: Array.from({ length: 200 }, (_, id) => ({ id: `r-${id}`, busy: 0 })) };
  const before = hashState(state);
  const seen = new Set([before]);
  const halves = [new Set([before.slice(0, 8)]), new Set([before.slice(8)])] as const;
  const note = () => {
    const hash = hashState(state);
    seen.add(hash);
    halves[0].add(hash.slice(0, 8));
    halves[1].add(hash.slice(8));
  };
  for (let i = 0; i < 2_000; i += 1) {
    state.queue[i] = 1;
    note();
    state.queue[i] = 0;
  }
  for (const replica of state.replicas) {
    replica.busy = 1;
    note();
    replica.busy = 0;
  }
  expect(seen.size).toBe(2_201);
  expect(Math.min(halves[0].size, halves[1].size)).toBeGreaterThan(2_198); // 32 bits: 0.0006 collisions expected
  expect(hashState(state)).toBe(before);
});

test('each bit of the hash turns over for half of the small changes', () => {
  const turned = new Array<number>(64).fill(0);
  for (let i = 0; i < 1_000; i += 1) {
    const difference = BigInt(`0x${hashState({ i })}`) ^ BigInt(`0x${hashState({ i: i + 1 })}`);
    for (let bit = 0; bit < 64; bit += 1) if ((difference >> BigInt(bit)) & 1n) turned[bit]! += 1;
  }
  expect(Math.min(...turned)).toBeGreaterThan(430); // 500 ± 4.4 standard deviations
  expect(Math.max(...turned)).toBeLessThan(570);
});

// A change of these digits changes every golden hash of the project: it must be seen, and meant.
test('the hash of this state is these digits', () => {
  expect(hashState({ clock: 1_000_000, name: 'Orrery', list: [1, 0.5, -0, null], by: new Map([['a', new Int32Array([1, -1])]]) })).toMatchInlineSnapshot(`"f0ccc346da0c4282"`);
});
