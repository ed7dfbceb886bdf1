/** What one line of a host's files tells: values under Prometheus names. A reader answers null for a line it cannot read. */
import { parseNumberText } from '../number-text';
import type { CaptureTime } from './capture-time';

export type HostReading = { readonly signal: string; readonly labels: readonly (readonly [string, string])[]; readonly value: number };

export type HostFileReader = {
  /** As a person calls the file. */
  readonly title: string;
  /** Whether a file of this name is one of these. */
  readonly named: (path: string) => boolean;
  /** Whether a line of a file without a name can only be one of these. */
  readonly recognises: (line: string) => boolean;
  /** A file of one line: what follows is no part of it. */
  readonly oneLine?: (path: string) => boolean;
  /** A line of headings: the path of the rows below it, which says what they need to know; null for any other line. `before` is the path until here. */
  readonly heading?: (line: string, before: string) => string | null;
  /** The path of the row after one of this path, where rows are counted. */
  readonly following?: (path: string) => string;
  /** What two lines have in common that cannot be of one round if they tell the same; default the path. */
  readonly source?: (path: string) => string;
  /** When a row was, if it says so itself. */
  readonly time?: (line: string, path: string) => CaptureTime | null;
  /** What stands between two rounds of its output; '' is an empty line. */
  readonly endsRound?: (line: string) => boolean;
  /** What to do about a line that it cannot read. */
  readonly advice?: string;
  readonly read: (line: string, path: string) => readonly HostReading[] | null;
};

export const reading = (signal: string, value: number, labels: readonly (readonly [string, string])[] = []): HostReading => ({ signal, labels, value });

/** A finite decimal number, or null. */
export function finite(text: string | undefined): number | null {
  const value = text === undefined ? null : parseNumberText(text);
  return value !== null && Number.isFinite(value) ? value : null;
}

/** All fields as finite numbers; null when one is not. */
export function allFinite(fields: readonly string[]): number[] | null {
  const numbers = fields.map(finite);
  return numbers.every((value) => value !== null) ? numbers : null;
}

/** A kernel's key as part of a metric name: `Active(anon)` → `Active_anon`, as node_exporter writes it. */
export const nameOfKey = (key: string) => key.replace(/\)$/, '').replace(/[^a-zA-Z0-9_]/g, '_');
