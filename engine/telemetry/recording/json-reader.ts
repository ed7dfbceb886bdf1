/**
 * Reads untrusted JSON into typed values, collecting one issue per wrong place instead of stopping at the
 * first. Members are looked up as own properties only, so `__proto__` and `constructor` are names like any other.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { addIssue, issueList, type ImportIssue, type IssueList } from './import-issue';

export type JsonReader = IssueList & { readonly where: string };
export const jsonReader = (where: string): JsonReader => ({ ...issueList(), where });

/** Parses a text; the issue says where it broke. Depth is no danger: V8's and JSC's parsers and this reader do not recurse into what is not asked for. */
export function parseJson(text: string, where: string): Result<unknown, ImportIssue[]> {
  if (text.trim() === '') return err([{ where, code: 'empty', what: 'the file is empty', next: 'Check that the download or copy finished.' }]);
  try {
    const value: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    return ok(value);
  } catch (error) {
    const what = `not valid JSON: ${error instanceof Error ? error.message.slice(0, 160) : 'unreadable'}`;
    return err([{ where, code: 'not-parsable', what, next: 'Check that the whole file was copied; NaN, comments and trailing commas are not JSON.' }]);
  }
}

export function reject(reader: JsonReader, path: string, code: ImportIssue['code'], what: string, next: string): null {
  addIssue(reader, { where: path === '' ? reader.where : `${reader.where}: ${path}`, code, what, next });
  return null;
}

export type JsonObject = { readonly path: string; readonly members: ReadonlyMap<string, unknown> };

export function objectAt(reader: JsonReader, value: unknown, path: string): JsonObject | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return reject(reader, path, 'wrong-type', `is ${kindOf(value)}, not an object`, 'Write { … } here.');
  return { path, members: new Map(Object.entries(value)) };
}

export const pathOf = ({ path }: JsonObject, key: string) => (path === '' ? key : `${path}.${key}`);

export function textAt(reader: JsonReader, object: JsonObject, key: string, options: { optional?: boolean; pattern?: RegExp; expected?: string } = {}): string {
  const value = object.members.get(key);
  if (options.optional === true && (value === undefined || value === null)) return '';
  if (typeof value !== 'string') reject(reader, pathOf(object, key), value === undefined ? 'missing' : 'wrong-type', value === undefined ? 'is missing' : `is ${kindOf(value)}, not text`, `Add "${key}": "…".`);
  else if (options.pattern !== undefined && !options.pattern.test(value)) reject(reader, pathOf(object, key), 'out-of-range', `“${value.slice(0, 60)}” is not ${options.expected}`, `Write ${options.expected}.`);
  else return value;
  return '';
}

export function nullableTextAt(reader: JsonReader, object: JsonObject, key: string): string | null {
  const value = object.members.get(key);
  return value === undefined || value === null ? null : textAt(reader, object, key);
}

export type Range = { readonly min: number; readonly max: number };

export function numberAt(reader: JsonReader, object: JsonObject, key: string, { min, max }: Range): number {
  const value = object.members.get(key);
  if (typeof value !== 'number') reject(reader, pathOf(object, key), value === undefined ? 'missing' : 'wrong-type', value === undefined ? 'is missing' : `is ${kindOf(value)}, not a number`, `Add "${key}": a number from ${min} to ${max}.`);
  else if (!(value >= min && value <= max)) reject(reader, pathOf(object, key), 'out-of-range', `${value} is outside ${min} … ${max}`, `Write a number from ${min} to ${max}.`);
  else return value;
  return min;
}

export function nullableNumberAt(reader: JsonReader, object: JsonObject, key: string, range: Range): number | null {
  const value = object.members.get(key);
  return value === undefined || value === null ? null : numberAt(reader, object, key, range);
}

const LIST_LENGTH_MAX = 100_000;

/** Every entry goes through `read`; a null result (already reported) leaves the entry out. A missing list is an empty one. */
export function listAt<T>(reader: JsonReader, object: JsonObject, key: string, read: (entry: unknown, path: string) => T | null): T[] {
  const value = object.members.get(key);
  if (value === undefined || value === null) return [];
  const path = pathOf(object, key);
  if (!Array.isArray(value)) {
    reject(reader, path, 'wrong-type', `is ${kindOf(value)}, not a list`, 'Write [ … ] here.');
    return [];
  }
  if (value.length > LIST_LENGTH_MAX) {
    reject(reader, path, 'too-large', `has ${value.length} entries, the limit is ${LIST_LENGTH_MAX}`, 'Keep only what the recording needs.');
    return [];
  }
  const entries: readonly unknown[] = value;
  return entries.flatMap((entry, i) => {
    const item = read(entry, `${path}[${i}]`);
    return item === null ? [] : [item];
  });
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : typeof value === 'undefined' ? 'missing' : `a ${typeof value}`;
}
