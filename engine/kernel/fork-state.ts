/**
 * A deep copy of plain state: the fork of a world, and its snapshot. The copy shares nothing with the
 * original, and a run continued from it equals a run that was never interrupted.
 */
import { InvariantError } from './assert';

type Copyable = { slice(): unknown };

/** Copies numbers, strings, arrays, plain objects, Maps, Sets and typed arrays; refuses anything else. */
export function forkState<T>(state: T): T {
  return copy(state) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw new InvariantError(`state holds a ${typeof value}`);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return (value as unknown as Copyable).slice();
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, copy(item)]));
  if (value instanceof Set) return new Set([...value].map(copy));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new InvariantError('state holds a class instance');
  const record: Record<string, unknown> = {};
  for (const key of Object.keys(value)) record[key] = copy((value as Record<string, unknown>)[key]);
  return record;
}
