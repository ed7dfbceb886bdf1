/** Name and namespace of an object, which is refused without a usable name. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { FoundObject } from '../found-object';

export type Metadata = { readonly name: string; readonly namespace: string; readonly labels: kubernetes.Labels; readonly at: kubernetes.Cursor; readonly metadata: kubernetes.Cursor; readonly spec: kubernetes.Cursor; readonly status: kubernetes.Cursor };

/** DNS subdomains have at most 253 characters. */
const NAME_MAX = 253;

/** Null when the object has no name to know it by; the issue says so. */
export function metadataOf({ value, path }: FoundObject, issues: SpecIssue[]): Metadata | null {
  const at = kubernetes.cursorAt(path, value, issues);
  const metadata = kubernetes.child(at, 'metadata');
  const nameAt = kubernetes.child(metadata, 'name');
  const name = kubernetes.textAt(nameAt);
  if (name === undefined || name === '' || name.length > NAME_MAX) {
    issues.push({ path: nameAt.path, code: name === undefined ? 'missing' : 'out-of-range', message: `a ${String(value.kind ?? 'thing').slice(0, 60)} without a name of 1 to ${NAME_MAX} characters`, suggestion: 'Give it its name; it is left out until then.' });
    return null;
  }
  const namespace = kubernetes.textAt(kubernetes.child(metadata, 'namespace')) ?? 'default';
  return { name, namespace: namespace === '' ? 'default' : namespace.slice(0, NAME_MAX), labels: kubernetes.labelsAt(kubernetes.child(metadata, 'labels')) ?? {}, at, metadata, spec: kubernetes.child(at, 'spec'), status: kubernetes.child(at, 'status') };
}

/** A number or a text such as `25%`, as a text. */
export function amountText(at: kubernetes.Cursor): string | null {
  const { value } = at;
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  if (typeof value === 'string' && /^\d{1,9}%?$/.test(value)) return value;
  kubernetes.wrong(at, 'a whole number or a share such as 25%');
  return null;
}

/** A whole number from `min` to `max`; what lies outside is told and taken to the nearest. */
export function countAt(at: kubernetes.Cursor, fallback: number, { min = 0, max = 1_000_000 } = {}): number {
  const value = kubernetes.integerAt(at);
  if (value === undefined) return fallback;
  if (value >= min && value <= max) return value;
  kubernetes.wrong(at, `a whole number from ${min} to ${max}`, 'out-of-range');
  return value < min ? min : max;
}
