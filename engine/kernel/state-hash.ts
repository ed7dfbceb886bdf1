/**
 * A 64-bit fingerprint of plain state, equal on every machine: two 32-bit lanes (murmur3-style mixing)
 * fed with a canonical walk. Numbers go in as their 64 IEEE bits, so −0 and 0 differ; object keys are
 * sorted; Maps and arrays keep their order, which is part of the state. Not a security hash: plans and
 * audit leaves use `sha256`.
 */
import { InvariantError } from './assert';

type Lanes = { a: number; b: number };

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** Sixteen hex digits. Throws on functions, symbols, class instances and cycles deeper than 1000. */
export function hashState(state: unknown): string {
  const lanes = { a: 0x9747b28c, b: 0x3c6ef372 };
  walk(lanes, state, 0);
  const hex = (x: number) => (finish(x) >>> 0).toString(16).padStart(8, '0');
  return hex(lanes.a ^ Math.imul(lanes.b, 5)) + hex(lanes.b ^ lanes.a);
}

function walk(lanes: Lanes, value: unknown, depth: number): void {
  if (depth > 1_000) throw new InvariantError('state is deeper than 1000 levels');
  switch (typeof value) {
    case 'number':
      return mixNumber(lanes, value);
    case 'string':
      return mixString(lanes, value);
    case 'boolean':
      return mix(lanes, value ? 0x74 : 0x66);
    case 'undefined':
      return mix(lanes, 0x75);
    case 'object':
      return value === null ? mix(lanes, 0x6e) : walkObject(lanes, value, depth + 1);
    default:
      throw new InvariantError(`state holds a ${typeof value}`);
  }
}

function walkObject(lanes: Lanes, value: object, depth: number): void {
  if (ArrayBuffer.isView(value)) {
    const numbers = value as Float64Array;
    mix(lanes, 0x7479 ^ numbers.length);
    for (let i = 0; i < numbers.length; i += 1) mixNumber(lanes, numbers[i]!);
  } else if (Array.isArray(value)) {
    mix(lanes, 0x6172 ^ value.length);
    for (const item of value) walk(lanes, item, depth);
  } else if (value instanceof Map) {
    mix(lanes, 0x6d70 ^ value.size);
    for (const [key, item] of value) {
      walk(lanes, key, depth);
      walk(lanes, item, depth);
    }
  } else if (value instanceof Set) {
    mix(lanes, 0x7365 ^ value.size);
    for (const item of value) walk(lanes, item, depth);
  } else {
    const record = value as Record<string, unknown>;
    const keys = Object.keys(record).filter((key) => record[key] !== undefined);
    keys.sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
    mix(lanes, 0x6f62 ^ keys.length);
    for (const key of keys) {
      mixString(lanes, key);
      walk(lanes, record[key], depth);
    }
  }
}

function mixNumber(lanes: Lanes, value: number): void {
  float[0] = value;
  if (value !== value) words[1] = 0x7ff80000; // one NaN
  mix(lanes, words[0]!);
  mix(lanes, words[1]!);
}

function mixString(lanes: Lanes, text: string): void {
  mix(lanes, 0x7374 ^ text.length);
  for (let i = 0; i < text.length; i += 1) mix(lanes, text.charCodeAt(i));
}

function mix(lanes: Lanes, word: number): void {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const a = lanes.a ^ Math.imul(k, 0x1b873593);
  lanes.a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
  const b = lanes.b ^ Math.imul(word ^ lanes.a, 0x85ebca6b);
  lanes.b = (Math.imul((b << 11) | (b >>> 21), 9) + 0x38b34ae5) | 0;
}

function finish(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
