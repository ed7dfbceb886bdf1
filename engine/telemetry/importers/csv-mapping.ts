/**
 * How the columns of a CSV file become samples. A person may write the mapping; `guessCsvMapping` proposes
 * one from the header and the first rows, to be shown and corrected before it is applied.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { ImportIssue } from '../recording/import-issue';
import { parseIsoTimeUs } from '../recording/iso-time';
import { canonicalLabels, LABEL_NAME, parseLabels } from '../series/labels';
import { csvRecords } from './csv-records';
import { parseNumberText } from './number-text';

export type CsvTimeUnit = 'iso' | 's' | 'ms' | 'us' | 'ns';
export type CsvDelimiter = ',' | ';' | '\t' | '|';

export type CsvMapping = {
  readonly delimiter: CsvDelimiter;
  /** The first record names the columns. */
  readonly header: boolean;
  /** `1,5` is one and a half. */
  readonly decimalComma: boolean;
  readonly time: { readonly column: number; readonly unit: CsvTimeUnit };
  readonly shape: CsvLong | CsvWide;
};

/** One sample per record. The signal stands in a column, or is the same for all. */
export type CsvLong = {
  readonly kind: 'long';
  readonly signal: { readonly column: number } | { readonly name: string };
  readonly value: number;
  /** Columns that hold one label each. */
  readonly labels: readonly { readonly column: number; readonly name: string }[];
  /** A column that holds a whole label text, `service="a",code="200"`; null when there is none. */
  readonly labelsText: number | null;
};

/** One sample per value column. */
export type CsvWide = { readonly kind: 'wide'; readonly values: readonly { readonly column: number; readonly signal: string; readonly labelsText: string }[] };

const DELIMITERS: readonly CsvDelimiter[] = [',', ';', '\t', '|'];
const LOOKED_AT = 20;
const COLUMNS_MAX = 5_000;

export function guessCsvMapping(text: string, where: string): Result<CsvMapping, ImportIssue[]> {
  const head = text.slice(0, 262_144);
  const delimiter = guessDelimiter(head);
  const records: (readonly string[])[] = [];
  for (const record of csvRecords(head, delimiter)) if (records.push(record.fields.map((field) => field.trim())) > LOOKED_AT) break;
  const first = records[0];
  if (first === undefined) return err([{ where, code: 'empty', what: 'no record in it', next: 'Export with a header and at least one row.' }]);
  if (first.length < 2 || first.length > COLUMNS_MAX) return err([{ where, code: 'unknown-format', what: `the first line has ${first.length} columns`, next: `A table needs a time and a value, at most ${COLUMNS_MAX} columns, separated by comma, semicolon, tab or |.` }]);
  const decimalComma = delimiter !== ',' && records.slice(1).some((row) => row.some((cell) => /^[-+]?\d+,\d+$/.test(cell))) && !records.slice(1).some((row) => row.some((cell) => /^[-+]?\d+\.\d+$/.test(cell)));
  const header = !first.some((cell) => isNumber(cell, decimalComma));
  const rows = header ? records.slice(1) : records;
  const names = header ? first : first.map((_, i) => (i === 0 ? 'time' : `column_${i + 1}`));
  const column = timeColumn(names, rows);
  if (column < 0) return err([{ where, code: 'missing', what: `no column of times among ${names.slice(0, 8).join(', ')}`, next: 'Name the column of times in the mapping: seconds, ms or µs since 1970, or ISO-8601.' }]);
  const unit = timeUnit(names[column]!, rows.map((row) => row[column] ?? ''));
  const shape = longShape(names, column) ?? wideShape(names, rows, column, decimalComma);
  return ok({ delimiter, header, decimalComma, time: { column, unit }, shape });
}

/** The delimiter that cuts the first lines into the most columns, evenly. */
export function guessDelimiter(head: string): CsvDelimiter {
  let best: CsvDelimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const widths: number[] = [];
    for (const record of csvRecords(head, delimiter)) if (widths.push(record.fields.length) >= LOOKED_AT) break;
    const even = widths.filter((width) => width === widths[0]).length / Math.max(1, widths.length);
    const score = ((widths[0] ?? 1) - 1) * even;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

const isNumber = (cell: string, decimalComma: boolean) => parseNumberText(decimalComma ? cell.replace(',', '.') : cell) !== null;

const TIME_NAME = /^(time|timestamp|ts|t|date|datetime|at|when|epoch)([ _(]*(iso|utc|s|sec|seconds|ms|millis|us|micros|ns|nanos)\)?)?$/i;

function timeColumn(names: readonly string[], rows: readonly (readonly string[])[]): number {
  const named = names.findIndex((name) => TIME_NAME.test(name));
  if (named >= 0) return named;
  return names.findIndex((_, column) => rows.length > 0 && rows.every((row) => looksLikeTime(row[column] ?? '')));
}

const looksLikeTime = (cell: string) => parseIsoTimeUs(cell) !== null || Number(cell) >= 1e9;

function timeUnit(name: string, cells: readonly string[]): CsvTimeUnit {
  const cell = cells.find((text) => text !== '') ?? '';
  if (parseIsoTimeUs(cell) !== null && parseNumberText(cell) === null) return 'iso';
  const suffix = /[ _(](s|sec|seconds|ms|millis|us|micros|ns|nanos)\)?$/i.exec(name)?.[1]?.toLowerCase();
  if (suffix !== undefined) return suffix.startsWith('n') ? 'ns' : suffix.startsWith('u') || suffix === 'micros' ? 'us' : suffix === 'ms' || suffix === 'millis' ? 'ms' : 's';
  const size = Math.abs(parseNumberText(cell) ?? 0);
  return size >= 1e17 ? 'ns' : size >= 1e14 ? 'us' : size >= 1e11 ? 'ms' : 's';
}

const SIGNAL_NAMES: readonly string[] = ['signal', 'metric', 'name', '__name__', 'measurement', 'series'];
const VALUE_NAMES: readonly string[] = ['value', 'val', 'v'];
const LABELS_NAMES: readonly string[] = ['labels', 'tags'];

function longShape(names: readonly string[], time: number): CsvLong | null {
  const find = (wanted: readonly string[]) => names.findIndex((name, column) => column !== time && wanted.includes(name.toLowerCase()));
  const value = find(VALUE_NAMES);
  const signal = find(SIGNAL_NAMES);
  if (value < 0 || (signal < 0 && names.length > 2)) return null;
  const labelsText = find(LABELS_NAMES);
  const labels = names.flatMap((name, column) => (column === time || column === value || column === signal || column === labelsText || !LABEL_NAME.test(name) ? [] : [{ column, name }]));
  return { kind: 'long', signal: signal < 0 ? { name: 'value' } : { column: signal }, value, labels, labelsText: labelsText < 0 ? null : labelsText };
}

/** Columns with a number in some looked-at row, or with none filled; names may carry labels: `up{job="a"}`. */
function wideShape(names: readonly string[], rows: readonly (readonly string[])[], time: number, decimalComma: boolean): CsvWide {
  const values = names.flatMap((name, column) => {
    const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell !== '');
    if (column === time || name === '' || (cells.length > 0 && !cells.some((cell) => isNumber(cell, decimalComma)))) return [];
    return [{ column, ...headerIdentity(name) }];
  });
  return { kind: 'wide', values };
}

function headerIdentity(name: string): { signal: string; labelsText: string } {
  const [, signal, inner] = /^([^{]+)\{(.*)\}$/.exec(name) ?? [];
  const labels = inner === undefined ? null : parseLabels(inner);
  return signal !== undefined && labels !== null && labels.ok ? { signal: signal.trim(), labelsText: canonicalLabels(labels.value) } : { signal: name, labelsText: '' };
}
