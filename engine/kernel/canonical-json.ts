/**
 * Canonical JSON (RFC 8785): one text for one value, so that its digest means the value. Keys are sorted
 * by UTF-16 code units, numbers print as ECMAScript prints them, no space is added.
 */
import { InvariantError } from './assert';

/** Throws on what JSON cannot say: NaN, ±Infinity, functions, lone surrogates, Maps. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new InvariantError(`canonical JSON has no ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new InvariantError(`canonical JSON has no ${typeof value}`);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new InvariantError('canonical JSON takes plain objects only');
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record).filter((key) => record[key] !== undefined);
  keys.sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
  return `{${keys.map((key) => `${quoted(key)}:${canonicalJson(record[key])}`).join(',')}}`;
}

function quoted(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new InvariantError('canonical JSON takes well-formed Unicode only');
  return JSON.stringify(text);
}
