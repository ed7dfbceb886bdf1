import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json';

test.each([NaN, Infinity, -Infinity, undefined, 1n, new Map(), new Set(), new Float64Array(1), new Date(0)])('%s has no JSON and is refused', (value) => {
  expect(() => canonicalJson(value)).toThrow();
  expect(() => canonicalJson({ deep: [value] })).toThrow();
});

test('holes in an array and undefined items are refused, not printed as nothing', () => {
  expect(() => canonicalJson([undefined])).toThrow();
  expect(() => canonicalJson(new Array(2))).toThrow();
});

test('members that are undefined are left out', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test('lone surrogates are refused in values and in keys', () => {
  for (const text of ['\ud800', 'x\udc00y', '\udc00\ud800']) {
    expect(() => canonicalJson(text)).toThrow('Unicode');
    expect(() => canonicalJson({ [text]: 1 })).toThrow('Unicode');
  }
});

test('a toJSON method cannot speak for its object', () => {
  expect(() => canonicalJson({ toJSON: () => 'other' })).toThrow('function');
});

test('own keys named __proto__ and constructor are members like others', () => {
  expect(canonicalJson(JSON.parse('{"constructor":1,"__proto__":2}'))).toBe('{"__proto__":2,"constructor":1}');
});

test('what is printed reads back as the same value, and prints the same again', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value);
      const back: unknown = JSON.parse(text);
      expect(back).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(back)).toBe(text);
    }),
    { seed: 3, numRuns: 300 },
  );
});
