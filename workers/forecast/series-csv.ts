/**
 * The CSV that `forecast` reads (`series,step,value`) and the one it writes (`series,h,mean,lo80,hi80,…`).
 * Rows may come in any order; a missing step or an empty value is a gap. The step of a series is the
 * greatest common divisor of its step numbers, so 0, 60, 120 are three steps, not 121.
 */
import type { Forecast } from '@/engine/forecast';
import { err, ok, type Result } from '@/engine/kernel';

export type SeriesTable = {
  /** In the order of first appearance. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** Rows that said the same series and step again; the last one counts. */
  readonly duplicates: number;
  readonly emptyValues: number;
};
export type CsvIssue = { readonly line: number; readonly message: string };

const LONGEST = 200_000;
const ISSUES_SHOWN = 10;

/** Reads the table; at most ten issues come back, the count of the others in the last. */
export function parseSeriesCsv(csv: string): Result<SeriesTable, readonly CsvIssue[]> {
  const lines = csv.split(/\r?\n/);
  const header = cellsOf(lines[0] ?? '').map((name) => name.toLowerCase());
  const [seriesAt, stepAt, valueAt] = ['series', 'step', 'value'].map((name) => header.indexOf(name)) as [number, number, number];
  if (Math.min(seriesAt, stepAt, valueAt) < 0) return err([{ line: 1, message: `the header is "${lines[0] ?? ''}"; it must name series, step and value` }]);
  const steps = new Map<string, Map<number, number | null>>();
  const issues: CsvIssue[] = [];
  let duplicates = 0;
  let emptyValues = 0;
  lines.forEach((line, i) => {
    if (i === 0 || line.trim() === '') return;
    const cells = cellsOf(line);
    const name = cells[seriesAt] ?? '';
    const step = wholeNumber(cells[stepAt]);
    const value = numberOrGap(cells[valueAt]);
    if (step === null) return void issues.push({ line: i + 1, message: `the step is "${cells[stepAt] ?? ''}", not a whole number` });
    if (value === undefined) return void issues.push({ line: i + 1, message: `the value is "${cells[valueAt]}", not a number` });
    const known = steps.get(name) ?? new Map<number, number | null>();
    if (known.has(step)) duplicates += 1;
    if (value === null) emptyValues += 1;
    steps.set(name, known.set(step, value));
  });
  if (steps.size === 0 && issues.length === 0) issues.push({ line: 1, message: 'there are no rows below the header' });
  const series = [...steps].flatMap(([name, known]) => {
    const values = regularValues(known);
    if (values === null) issues.push({ line: 1, message: `series "${name}" spans more than ${LONGEST} steps; use a wider step` });
    return values === null ? [] : [{ name, values }];
  });
  if (issues.length === 0) return ok({ series, duplicates, emptyValues });
  return err(issues.length <= ISSUES_SHOWN ? issues : [...issues.slice(0, ISSUES_SHOWN), { line: issues[ISSUES_SHOWN]!.line, message: `and ${issues.length - ISSUES_SHOWN} more` }]);
}

export const forecastCsvHeader = (levels: readonly number[]) => `series,h,mean${levels.map((level) => `,lo${percent(level)},hi${percent(level)}`).join('')}\n`;

/** One line per step; a bound that nobody can know is an empty cell. */
export function forecastCsvRows(series: string, { mean, bands }: Forecast): string {
  const name = /[",\n\r]/.test(series) ? `"${series.replaceAll('"', '""')}"` : series;
  return mean.map((value, h) => `${[name, h + 1, shown(value), ...bands.flatMap((band) => [shown(band.lower[h]!), shown(band.upper[h]!)])].join(',')}\n`).join('');
}

const percent = (level: number) => String(Number((100 * level).toPrecision(12)));
const shown = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(9))));

function regularValues(known: ReadonlyMap<number, number | null>): (number | null)[] | null {
  const order = [...known.keys()].sort((x, y) => x - y);
  const first = order[0]!;
  const width = order.reduce((divisor, step) => greatestCommonDivisor(divisor, step - first), 0) || 1;
  const length = (order[order.length - 1]! - first) / width + 1;
  if (length > LONGEST) return null;
  return Array.from({ length }, (_, i) => known.get(first + i * width) ?? null);
}

function greatestCommonDivisor(x: number, y: number): number {
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

function wholeNumber(text: string | undefined): number | null {
  const value = text === undefined || text === '' ? NaN : Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/** null for a gap, undefined for something that is no number. */
function numberOrGap(text: string | undefined): number | null | undefined {
  if (text === undefined || /^(|na|nan|null|-)$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim());
  return [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '').trim() : quoted.replaceAll('""', '"')));
}
