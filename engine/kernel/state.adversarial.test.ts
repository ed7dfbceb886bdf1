/** State that is not plain: hash, fork and canonical JSON must refuse it where they meet it. */
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json';
import { forkState } from './fork-state';
import { hashState } from './state-hash';

class Replica {
  busy = 0;
}
const nested = (depth: number) => {
  let value: unknown = 0;
  for (let i = 0; i < depth; i += 1) value = [value];
  return value;
};
const cycle: { self?: unknown } = {};
cycle.self = cycle;

const NEVER_STATE: readonly [string, unknown][] = [
  ['a function', { act: () => 1 }],
  ['a symbol', [Symbol('x')]],
  ['a class instance', { replicas: [new Replica()] }],
  ['a date', { at: new Date(0) }],
  ['a regular expression', /x/],
  ['a promise', Promise.resolve()],
  ['a weak map', new WeakMap()],
  ['a buffer without a type', new ArrayBuffer(8)],
  ['a DataView', new DataView(new ArrayBuffer(8))],
  ['an array of bigints', new BigInt64Array(2)],
  ['a boxed number', Object(1)],
];

test.each(NEVER_STATE)('%s is refused by hash and fork', (_what, value) => {
  expect(() => hashState(value)).toThrow(/state holds/);
  expect(() => forkState(value)).toThrow(/state holds/);
  expect(() => canonicalJson(value)).toThrow();
});

test('depth has an end: a thousand levels pass, cycles and deeper states are refused without a stack overflow', () => {
  expect(hashState(nested(999))).toHaveLength(16);
  expect(canonicalJson(nested(999))).toHaveLength(1_999);
  for (const value of [nested(1_002), nested(100_000), cycle]) {
    expect(() => hashState(value)).toThrow('1000 levels');
    expect(() => canonicalJson(value)).toThrow('1000 levels');
  }
});

test('a bigint has no hash', () => {
  expect(() => hashState(1n)).toThrow('state holds a bigint');
});

test('a key named __proto__ is refused by fork instead of becoming a prototype', () => {
  expect(() => forkState(JSON.parse('{"__proto__": {"polluted": true}}'))).toThrow('__proto__');
});
