/**
 * Canonical JSON (RFC 8785): one text for one value, so that its digest means the value. Keys are sorted
 * by UTF-16 code units, numbers print as ECMAScript prints them, no space is added.
 */
import { InvariantError } from './assert';
import { assertPlainObject, DEPTH_MAX, sortedKeys } from './plain-state';

/**
 * Throws on what JSON cannot say: NaN, ±Infinity, functions, lone surrogates, class instances, Maps, cycles,
 * `undefined` (members of objects that are undefined are left out).
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > DEPTH_MAX) throw new InvariantError(`canonical JSON ends at ${DEPTH_MAX} levels`);
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new InvariantError(`canonical JSON has no ${value}`);
      return JSON.stringify(value);
    case 'string':
      return quoted(value);
    case 'object':
      return value === null ? 'null' : writeObject(value, depth + 1);
    default:
      throw new InvariantError(`canonical JSON has no ${typeof value}`);
  }
}

function writeObject(value: object, depth: number): string {
  if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, depth)).join(',')}]`;
  assertPlainObject(value);
  return `{${sortedKeys(value)
    .map((key) => `${quoted(key)}:${write(value[key], depth)}`)
    .join(',')}}`;
}

function quoted(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new InvariantError('canonical JSON takes well-formed Unicode only');
  return JSON.stringify(text);
}
