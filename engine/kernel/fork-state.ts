/**
 * A deep copy of plain state: the fork of a world, and its snapshot. The copy shares nothing with the
 * original, and a run continued from it equals a run that was never interrupted. What was one object at two
 * places of the original is one object at the same two places of the copy, cycles included.
 */
import { InvariantError } from './assert';
import { assertPlainObject, isNumberArray } from './plain-state';

/** Copies plain state (see plain-state.ts); throws on anything else, rather than copying half of it. */
export function forkState<T>(state: T): T {
  return copy(state, new Map()) as T;
}

function copy(value: unknown, copies: Map<object, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw new InvariantError(`state holds a ${typeof value}`);
  if (typeof value !== 'object' || value === null) return value;
  return copies.get(value) ?? copyObject(value, copies);
}

function copyObject(value: object, copies: Map<object, unknown>): unknown {
  const remember = <C extends object>(made: C): C => {
    copies.set(value, made);
    return made;
  };
  if (isNumberArray(value)) return remember(value.slice());
  if (Array.isArray(value)) {
    const made: unknown[] = remember(new Array(value.length));
    for (let i = 0; i < value.length; i += 1) made[i] = copy(value[i], copies);
    return made;
  }
  if (value instanceof Map) {
    const made = remember(new Map<unknown, unknown>());
    for (const [key, item] of value) made.set(copy(key, copies), copy(item, copies));
    return made;
  }
  if (value instanceof Set) {
    const made = remember(new Set<unknown>());
    for (const item of value) made.add(copy(item, copies));
    return made;
  }
  assertPlainObject(value);
  const made: Record<string, unknown> = remember({});
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw new InvariantError('state holds a key named __proto__');
    made[key] = copy(value[key], copies);
  }
  return made;
}
