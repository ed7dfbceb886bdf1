/**
 * Reads untyped documents (YAML, JSON) into specs and collects every issue instead of stopping at the
 * first. A reader stands at one path; asking it for a member that is wrong notes an issue and returns
 * a harmless value, so validation always reaches the end.
 */
import type { SpecIssue } from './spec-issue';

export type SpecReader = { readonly path: string; readonly value: unknown; readonly issues: SpecIssue[] };
type Range = { readonly min?: number; readonly max?: number; readonly integer?: boolean };
type Fields = Readonly<Record<string, unknown>>;

export const specReader = (value: unknown): SpecReader => ({ path: '', value, issues: [] });

export function note(at: SpecReader, code: SpecIssue['code'], message: string, suggestion: string): void {
  at.issues.push({ path: at.path, code, message, suggestion });
}

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const shown = (value: unknown) => {
  const text = typeof value === 'string' ? `"${value}"` : Array.isArray(value) ? 'a list' : isRecord(value) ? 'an object' : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

export const has = (at: SpecReader, key: string) => isRecord(at.value) && at.value[key] !== undefined && at.value[key] !== null;

/** The reader of one member. */
export function member(at: SpecReader, key: string): SpecReader {
  const value = isRecord(at.value) && Object.hasOwn(at.value, key) ? at.value[key] : undefined;
  return { path: at.path === '' ? key : `${at.path}.${key}`, value, issues: at.issues };
}

/** Notes members that the spec does not know (a misspelt key would otherwise do nothing). */
export function onlyKeys(at: SpecReader, known: readonly string[]): boolean {
  if (!isRecord(at.value)) {
    note(at, at.value === undefined ? 'missing' : 'wrong-type', `expected an object, found ${shown(at.value)}`, `write an object with ${known.slice(0, 4).join(', ')}…`);
    return false;
  }
  for (const key of Object.keys(at.value)) {
    if (known.includes(key)) continue;
    const near = known.find((k) => k.toLowerCase() === key.toLowerCase() || k.startsWith(key) || key.startsWith(k));
    note(member(at, key), 'unknown-key', `"${key}" is not a known key`, near === undefined ? `known keys: ${known.join(', ')}` : `did you mean "${near}"?`);
  }
  return true;
}

export function readNumber(at: SpecReader, range: Range = {}): number {
  const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, integer = false } = range;
  if (typeof at.value !== 'number' || !Number.isFinite(at.value)) {
    note(at, at.value === undefined ? 'missing' : 'wrong-type', `expected a number, found ${shown(at.value)}`, `write a number from ${min} to ${max}`);
    return min > 0 ? min : 0;
  }
  if (at.value < min || at.value > max) {
    note(at, 'out-of-range', `${at.value} is outside ${min}…${max}`, `choose a value from ${min} to ${max}`);
    return at.value < min ? min : max;
  }
  if (integer && !Number.isInteger(at.value)) note(at, 'wrong-type', `${at.value} is not a whole number`, `write ${Math.round(at.value)}`);
  return at.value;
}

export function readText(at: SpecReader, maxLength = 200): string {
  if (typeof at.value === 'string' && at.value.length > 0 && at.value.length <= maxLength) return at.value;
  note(at, at.value === undefined ? 'missing' : 'wrong-type', `expected a text of 1 to ${maxLength} characters, found ${shown(at.value)}`, 'write it in quotes');
  return '';
}

export function readFlag(at: SpecReader): boolean {
  if (typeof at.value === 'boolean') return at.value;
  note(at, at.value === undefined ? 'missing' : 'wrong-type', `expected true or false, found ${shown(at.value)}`, 'write true or false');
  return false;
}

export function readChoice<const T extends string | number>(at: SpecReader, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === at.value);
  if (found !== undefined) return found;
  note(at, at.value === undefined ? 'missing' : 'out-of-range', `expected one of ${choices.join(', ')}, found ${shown(at.value)}`, `write ${choices[0]}`);
  return choices[0]!;
}

/** Reads every item of a list; a missing list is empty unless `min` asks for items. */
export function readList<T>(at: SpecReader, read: (item: SpecReader) => T, { min = 0, max = 10_000 } = {}): T[] {
  if (!Array.isArray(at.value)) {
    if (at.value !== undefined || min > 0) note(at, at.value === undefined ? 'missing' : 'wrong-type', `expected a list, found ${shown(at.value)}`, 'write a list');
    return [];
  }
  if (at.value.length < min || at.value.length > max) note(at, 'out-of-range', `the list has ${at.value.length} items`, `give ${min} to ${max} items`);
  // Array.from visits holes too: a sparse list must not come out sparse
  return Array.from(at.value.slice(0, max), (value: unknown, i) => read({ path: `${at.path}[${i}]`, value, issues: at.issues }));
}

/** Reads a member when it is there. */
export const optional = <T>(at: SpecReader, key: string, read: (member: SpecReader) => T): T | undefined => (has(at, key) ? read(member(at, key)) : undefined);
