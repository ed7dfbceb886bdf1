/**
 * Labels of a series, and their one text form: names sorted by UTF-16 code units, values escaped as in the
 * Prometheus text format (backslash, quote, newline), joined by commas: `code="200",service="frontend"`.
 * Equal label sets have equal texts, so the text is the identity of a series within its signal.
 *
 * A Map, because a label may be called `__proto__`.
 */
import { err, ok, type Result } from '@/engine/kernel';

export type Labels = ReadonlyMap<string, string>;

/** A label without a value is a label that is not there (Prometheus data model), so empty values are left out. */
export function canonicalLabels(labels: Iterable<readonly [string, string]>): string {
  const pairs = [...labels].filter(([, value]) => value !== '');
  pairs.sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
  return pairs.map(([name, value]) => `${name}="${escapeValue(value)}"`).join(',');
}

const escapeValue = (value: string) => (/[\\"\n]/.test(value) ? value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n') : value);

export const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** What one pass over label pairs found: `end` is the index after the last pair it took. */
export type ScannedLabels = { readonly labels: Map<string, string>; readonly end: number };

/**
 * Reads `name="value"` pairs from `start` until something else than a pair or a comma follows. Spaces around
 * tokens and one trailing comma are allowed, as in the text format. The error says what was expected.
 */
export function scanLabels(text: string, start: number): Result<ScannedLabels, string> {
  const labels = new Map<string, string>();
  let at = skipSpace(text, start);
  for (;;) {
    const nameStart = at;
    while (at < text.length && isNameCode(text.charCodeAt(at))) at += 1;
    if (at === nameStart) return ok({ labels, end: at });
    const name = text.slice(nameStart, at);
    if (!LABEL_NAME.test(name)) return err(`“${name}” is not a label name`);
    if (labels.has(name)) return err(`label ${name} is written twice`);
    at = skipSpace(text, at);
    if (text[at] !== '=') return err(`expected = after label ${name}`);
    at = skipSpace(text, at + 1);
    const value = scanQuoted(text, at);
    if (value === null) return err(`the value of label ${name} is not a closed "…" string`);
    labels.set(name, value.text);
    at = skipSpace(text, value.end);
    if (text[at] !== ',') return ok({ labels, end: at });
    at = skipSpace(text, at + 1);
  }
}

/** The inverse of `canonicalLabels`; also takes label texts in another order or with spaces. */
export function parseLabels(text: string): Result<Labels, string> {
  const scanned = scanLabels(text, 0);
  if (!scanned.ok) return scanned;
  if (scanned.value.end !== text.length) return err(`unexpected “${text.slice(scanned.value.end, scanned.value.end + 8)}” in labels`);
  return ok(scanned.value.labels);
}

function scanQuoted(text: string, start: number): { text: string; end: number } | null {
  if (text[start] !== '"') return null;
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  if (at >= text.length) return null;
  const raw = text.slice(start + 1, at);
  return { text: raw.includes('\\') ? raw.replace(/\\([\\"n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped)) : raw, end: at + 1 };
}

const isNameCode = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);

function skipSpace(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1;
  return at;
}
