/**
 * What state may be made of, said once for everything that walks it: numbers, strings, booleans, null,
 * undefined, arrays, plain objects, Maps, Sets and typed arrays of numbers. A class instance would lose its
 * methods in a worker, a function cannot be compared, so both are refused where they are met.
 */
import { InvariantError } from './assert';

export type NumberArray = Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array | Uint8ClampedArray;

/** True for typed arrays of numbers; throws on DataView and on arrays of bigint. */
export function isNumberArray(value: object): value is NumberArray {
  if (!ArrayBuffer.isView(value)) return false;
  if (value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array) throw new InvariantError('state holds a DataView or a bigint array');
  return true;
}

/** Throws unless `value` is an object literal (or has no prototype). */
export function assertPlainObject(value: object): asserts value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new InvariantError(`state holds an instance of ${value.constructor?.name ?? 'a class'}`);
}

/** The members that count, in the one order that does not depend on how the object was built. */
export const sortedKeys = (record: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));

export const DEPTH_MAX = 1_000;
