/**
 * A series: one signal, one label set, its samples in time order. A gap is the absence of samples; nothing
 * is ever filled in. All samples of a set lie in two shared arrays, so a set crosses to a worker as two buffers.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { TelemetryColumns } from '../recording/columns';
import { addIssue, dropRow, issueList, keepRow, listedIssues, rowCounter, type DropReason, type ImportIssue, type IssueList, type RowCounter, type RowCounts } from '../recording/import-issue';
import { IMPORT_LIMITS, tooLarge } from '../recording/limits';
import { sortByTime } from '../recording/sort-columns';
import { groupRows } from './group-rows';
import { canonicalLabels, parseLabels, type Labels } from './labels';

export type Series = {
  readonly signal: string;
  readonly labels: Labels;
  readonly labelsText: string;
  /** Microseconds since the Unix epoch, strictly increasing. */
  readonly atUs: Float64Array;
  /** Finite. */
  readonly values: Float64Array;
};

/** Sorted by signal, then label text; no two series are equal in both. */
export type SeriesSet = { readonly series: readonly Series[]; readonly samples: number; readonly startUs: number; readonly endUs: number };

export type SeriesImport = { readonly set: SeriesSet; readonly counts: RowCounts; readonly warnings: readonly ImportIssue[] };

/**
 * Rows in any order → series. Rows without a time, without a finite value, with unreadable labels or with
 * the time of an earlier row of the same series are dropped and counted. `where` names the input in issues.
 */
export function seriesFromColumns(columns: TelemetryColumns, where: string): Result<SeriesImport, ImportIssue[]> {
  if (columns.rows > IMPORT_LIMITS.rowsMax) return err([tooLarge(where, 'rowsMax', columns.rows)]);
  const grouped = groupRows(columns);
  if (grouped.signalKeys.length > IMPORT_LIMITS.seriesMax) return err([tooLarge(where, 'seriesMax', grouped.signalKeys.length)]);
  const into: Taken = { atUs: new Float64Array(columns.rows), values: new Float64Array(columns.rows), next: 0, counter: rowCounter(), issues: issueList() };
  const spans: Span[] = [];
  for (let id = 0; id < grouped.signalKeys.length; id += 1) {
    const signal = columns.signal.dictionary[grouped.signalKeys[id]!] ?? '';
    const labelsText = columns.labels.dictionary[grouped.labelsKeys[id]!] ?? '';
    const rowsOfSeries = grouped.order.subarray(grouped.starts[id]!, grouped.starts[id + 1]!);
    const labels = parseLabels(labelsText);
    if (signal === '' || !labels.ok) {
      const what = signal === '' ? 'rows without a signal name' : `labels “${labelsText.slice(0, 80)}”: ${labels.ok ? '' : labels.error}`;
      addIssue(into.issues, { where, code: 'wrong-type', what: `${what} (${rowsOfSeries.length} rows dropped)`, next: 'Write labels as name="value", joined by commas.' });
      for (let i = 0; i < rowsOfSeries.length; i += 1) dropRow(into.counter, signal === '' ? 'malformed' : 'bad-labels');
      continue;
    }
    sortByTime(rowsOfSeries, columns.atUs);
    const start = into.next;
    takeRows(columns, rowsOfSeries, into);
    if (into.next > start) spans.push({ signal, labels: labels.value, labelsText: canonicalLabels(labels.value), start, end: into.next });
  }
  return ok({ set: setOf(spans, into), counts: into.counter, warnings: listedIssues(into.issues) });
}

type Taken = { readonly atUs: Float64Array; readonly values: Float64Array; next: number; readonly counter: RowCounter; readonly issues: IssueList };
type Span = { readonly signal: string; readonly labels: Labels; readonly labelsText: string; readonly start: number; readonly end: number };

function takeRows(columns: TelemetryColumns, rowsOfSeries: Uint32Array, into: Taken): void {
  let last = -Infinity;
  for (const row of rowsOfSeries) {
    const atUs = columns.atUs[row]!;
    const value = columns.value[row]!;
    const reason = dropReason(atUs, value, last);
    if (reason !== null) {
      dropRow(into.counter, reason);
      continue;
    }
    into.atUs[into.next] = last = atUs;
    into.values[into.next++] = value;
    keepRow(into.counter);
  }
}

/** Times from 1970 to 2255, where microseconds are exact in a double. */
const LATEST_US = 9_007_199_254_740_991;

function dropReason(atUs: number, value: number, last: number): DropReason | null {
  if (!(atUs >= 0 && atUs <= LATEST_US)) return 'bad-time';
  if (Number.isNaN(value)) return 'not-a-number';
  if (value === Infinity || value === -Infinity) return 'infinite';
  return atUs === last ? 'duplicate' : null;
}

function setOf(spans: Span[], taken: Taken): SeriesSet {
  spans.sort((x, y) => (x.signal < y.signal ? -1 : x.signal > y.signal ? 1 : x.labelsText < y.labelsText ? -1 : x.labelsText > y.labelsText ? 1 : x.start - y.start));
  const series: Series[] = [];
  for (const { signal, labels, labelsText, start, end } of spans) {
    const before = series[series.length - 1];
    const next = { signal, labels, labelsText, atUs: taken.atUs.subarray(start, end), values: taken.values.subarray(start, end) };
    if (before !== undefined && before.signal === signal && before.labelsText === labelsText) series[series.length - 1] = mergeSeries(before, next, taken.counter);
    else series.push(next);
  }
  let startUs = Infinity;
  let endUs = -Infinity;
  let samples = 0;
  for (const { atUs } of series) {
    startUs = Math.min(startUs, atUs[0]!);
    endUs = Math.max(endUs, atUs[atUs.length - 1]!);
    samples += atUs.length;
  }
  return { series, samples, startUs: samples === 0 ? 0 : startUs, endUs: samples === 0 ? 0 : endUs };
}

/** Two spellings of one label set (`b="2",a="1"`) are one series; of equal times the first spelling stays. */
function mergeSeries(x: Series, y: Series, counter: RowCounter): Series {
  const atUs = new Float64Array(x.atUs.length + y.atUs.length);
  const values = new Float64Array(atUs.length);
  let i = 0;
  let j = 0;
  let next = 0;
  while (i < x.atUs.length || j < y.atUs.length) {
    const fromX = j >= y.atUs.length || (i < x.atUs.length && x.atUs[i]! <= y.atUs[j]!);
    const at = fromX ? x.atUs[i]! : y.atUs[j]!;
    const value = fromX ? x.values[i++]! : y.values[j++]!;
    if (next > 0 && atUs[next - 1] === at) {
      counter.kept -= 1;
      counter.dropped.duplicate += 1;
      continue;
    }
    atUs[next] = at;
    values[next++] = value;
  }
  return { ...x, atUs: atUs.slice(0, next), values: values.slice(0, next) };
}

/** All series of a signal, in the order of the set. */
export const seriesNamed = (set: SeriesSet, signal: string) => set.series.filter((series) => series.signal === signal);
