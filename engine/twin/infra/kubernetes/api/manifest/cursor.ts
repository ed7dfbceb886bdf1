/**
 * Walks an untyped Kubernetes object. What is absent is absent; what has the wrong type is noted with its
 * path and left out, so that one odd field never loses the object. Fields nobody asks for (environment,
 * secrets, annotations) are never touched.
 */
import type { SpecIssue } from '../../../../spec-issue';
import type { Labels } from '../labels';
import type { ResourceList } from '../pod';
import { parseQuantity } from '../quantity';

export type Cursor = { readonly path: string; readonly value: unknown; readonly issues: SpecIssue[] };

export const cursorAt = (path: string, value: unknown, issues: SpecIssue[]): Cursor => ({ path, value, issues });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isAbsent = ({ value }: Cursor) => value === undefined || value === null;

export function wrong(at: Cursor, expected: string, code: SpecIssue['code'] = 'wrong-type'): undefined {
  at.issues.push({ path: at.path, code, message: `expected ${expected}, found ${shown(at.value)}`, suggestion: 'Check the manifest; this field is left out until it is right.' });
  return undefined;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isRecord(value) ? 'an object' : String(JSON.stringify(value)).slice(0, 60);
}

/** A member; absent when the object is absent. */
export function child(at: Cursor, key: string): Cursor {
  const value = isRecord(at.value) && Object.hasOwn(at.value, key) ? at.value[key] : undefined;
  if (!isAbsent(at) && !isRecord(at.value)) wrong(at, 'an object');
  return { path: at.path === '' ? key : `${at.path}.${key}`, value, issues: at.issues };
}

export function textAt(at: Cursor): string | undefined {
  if (isAbsent(at)) return undefined;
  return typeof at.value === 'string' ? at.value : wrong(at, 'a text');
}

export function flagAt(at: Cursor): boolean | undefined {
  if (isAbsent(at)) return undefined;
  return typeof at.value === 'boolean' ? at.value : wrong(at, 'true or false');
}

export function integerAt(at: Cursor): number | undefined {
  if (isAbsent(at)) return undefined;
  return typeof at.value === 'number' && Number.isSafeInteger(at.value) ? at.value : wrong(at, 'a whole number');
}

/** The items of a list; undefined when there is no list. */
export function itemsAt(at: Cursor): readonly Cursor[] | undefined {
  if (isAbsent(at)) return undefined;
  if (!Array.isArray(at.value)) return wrong(at, 'a list');
  return at.value.map((value: unknown, i) => ({ path: `${at.path}[${i}]`, value, issues: at.issues }));
}

export const textsAt = (at: Cursor): readonly string[] | undefined => itemsAt(at)?.flatMap((item) => textAt(item) ?? []);

export function labelsAt(at: Cursor): Labels | undefined {
  if (isAbsent(at)) return undefined;
  if (!isRecord(at.value)) return wrong(at, 'an object of texts');
  return Object.fromEntries(Object.keys(at.value).flatMap((key) => {
    const value = textAt(child(at, key));
    return value === undefined ? [] : [[key, value] as const];
  }));
}

/** Quantities by name: cpu in millicores, the rest in base units. */
export function resourcesAt(at: Cursor): ResourceList | undefined {
  if (isAbsent(at)) return undefined;
  if (!isRecord(at.value)) return wrong(at, 'an object of quantities');
  return Object.fromEntries(Object.keys(at.value).flatMap((name) => {
    const amount = quantityAt(child(at, name), name);
    return amount === undefined ? [] : [[name, amount] as const];
  }));
}

function quantityAt(at: Cursor, name: string): number | undefined {
  if (typeof at.value !== 'string' && typeof at.value !== 'number') return isAbsent(at) ? undefined : wrong(at, 'a quantity such as 500m or 2Gi');
  const parsed = parseQuantity(at.value, name === 'cpu' ? 1000 : 1);
  if (!parsed.ok) return wrong(at, parsed.error.code === 'too-large' ? 'a quantity below 2^53' : 'a quantity such as 500m or 2Gi', parsed.error.code === 'too-large' ? 'out-of-range' : 'not-parsable');
  return parsed.value < 0 ? wrong(at, 'a quantity of 0 or more', 'out-of-range') : parsed.value;
}
