/**
 * A 64-bit fingerprint of plain state, equal on every machine: two 32-bit lanes (murmur3-style mixing)
 * fed with a canonical walk. Every value begins with a tag and every container with its size, so no two
 * states feed the same words. Numbers go in as their 64 IEEE bits, so −0 and 0 differ; object keys are
 * sorted; Maps, Sets and arrays keep their order, which is part of the state. Not a security hash: plans and
 * audit leaves use `sha256`.
 */
import { InvariantError } from './assert';
import { assertPlainObject, DEPTH_MAX, isNumberArray, sortedKeys } from './plain-state';

type Lanes = { a: number; b: number };

const TAG = { null: 1, undefined: 2, false: 3, true: 4, number: 5, string: 6, array: 7, numbers: 8, map: 9, set: 10, object: 11 } as const;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** Sixteen hex digits. Throws on functions, symbols, bigints, class instances and state (or cycles) deeper than 1000 levels. */
export function hashState(state: unknown): string {
  const lanes = { a: 0x9747b28c | 0, b: 0x3c6ef372 };
  walk(lanes, state, 0);
  const a = finish((lanes.a + lanes.b) | 0);
  const b = finish((lanes.b + a) | 0);
  const hex = (x: number) => (x >>> 0).toString(16).padStart(8, '0');
  return hex((a + b) | 0) + hex(b);
}

function walk(lanes: Lanes, value: unknown, depth: number): void {
  if (depth > DEPTH_MAX) throw new InvariantError(`state is deeper than ${DEPTH_MAX} levels`);
  switch (typeof value) {
    case 'number':
      mix(lanes, TAG.number);
      return mixNumber(lanes, value);
    case 'string':
      mix(lanes, TAG.string);
      return mixText(lanes, value);
    case 'boolean':
      return mix(lanes, value ? TAG.true : TAG.false);
    case 'undefined':
      return mix(lanes, TAG.undefined);
    case 'object':
      return value === null ? mix(lanes, TAG.null) : walkObject(lanes, value, depth + 1);
    default:
      throw new InvariantError(`state holds a ${typeof value}`);
  }
}

function walkObject(lanes: Lanes, value: object, depth: number): void {
  if (isNumberArray(value)) {
    open(lanes, TAG.numbers, value.length);
    for (let i = 0; i < value.length; i += 1) mixNumber(lanes, value[i]!);
  } else if (Array.isArray(value)) {
    open(lanes, TAG.array, value.length);
    for (let i = 0; i < value.length; i += 1) walk(lanes, value[i], depth);
  } else if (value instanceof Map) {
    open(lanes, TAG.map, value.size);
    for (const [key, item] of value) {
      walk(lanes, key, depth);
      walk(lanes, item, depth);
    }
  } else if (value instanceof Set) {
    open(lanes, TAG.set, value.size);
    for (const item of value) walk(lanes, item, depth);
  } else {
    assertPlainObject(value);
    const keys = sortedKeys(value);
    open(lanes, TAG.object, keys.length);
    for (const key of keys) {
      mixText(lanes, key);
      walk(lanes, value[key], depth);
    }
  }
}

function open(lanes: Lanes, tag: number, size: number): void {
  mix(lanes, tag);
  mix(lanes, size);
}

function mixNumber(lanes: Lanes, value: number): void {
  float[0] = value;
  const isNumber = value === value;
  mix(lanes, isNumber ? words[0]! : 0);
  mix(lanes, isNumber ? words[1]! : 0x7ff80000); // one NaN, whatever bits the machine gave it
}

function mixText(lanes: Lanes, text: string): void {
  mix(lanes, text.length);
  for (let i = 0; i < text.length; i += 1) mix(lanes, text.charCodeAt(i));
}

function mix(lanes: Lanes, word: number): void {
  const scattered = Math.imul(word, 0xcc9e2d51);
  const a = lanes.a ^ Math.imul((scattered << 15) | (scattered >>> 17), 0x1b873593);
  lanes.a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
  const b = lanes.b ^ Math.imul(word ^ lanes.a, 0x85ebca6b);
  lanes.b = (Math.imul((b << 11) | (b >>> 21), 9) + 0x38b34ae5) | 0;
}

function finish(word: number): number {
  const half = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const most = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return most ^ (most >>> 16);
}
