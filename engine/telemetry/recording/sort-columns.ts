/**
 * The row order of a written recording: by signal, labels, time. A series then lies in one piece, which
 * makes the file several times smaller (times have constant steps, counters small ones) and lets a reader
 * with column statistics skip what it does not ask for. Readers must not rely on it.
 */
import { groupRows } from '../series/group-rows';
import type { TelemetryColumns } from './columns';

/** Equal (signal, labels, time) keep their order. Rows without a time come first in their series. */
export function sortColumns(columns: TelemetryColumns): TelemetryColumns {
  const { signal, labels, atUs, value, rows } = columns;
  const grouped = groupRows(columns);
  const compare = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
  const bySeries = grouped.signalKeys.map((_, id) => id);
  bySeries.sort(
    (x, y) =>
      compare(signal.dictionary[grouped.signalKeys[x]!]!, signal.dictionary[grouped.signalKeys[y]!]!) ||
      compare(labels.dictionary[grouped.labelsKeys[x]!]!, labels.dictionary[grouped.labelsKeys[y]!]!) ||
      x - y,
  );
  const order = new Uint32Array(rows);
  let next = 0;
  for (const id of bySeries) {
    const rowsOfSeries = grouped.order.subarray(grouped.starts[id]!, grouped.starts[id + 1]!);
    sortByTime(rowsOfSeries, atUs);
    order.set(rowsOfSeries, next);
    next += rowsOfSeries.length;
  }
  return {
    rows,
    atUs: Float64Array.from(order, (row) => atUs[row]!),
    value: Float64Array.from(order, (row) => value[row]!),
    signal: { keys: Int32Array.from(order, (row) => signal.keys[row]!), dictionary: signal.dictionary },
    labels: { keys: Int32Array.from(order, (row) => labels.keys[row]!), dictionary: labels.dictionary },
  };
}

/** Sorts in place; recordings nearly always are in order already, so that is looked at first. */
export function sortByTime(rowsOfSeries: Uint32Array, atUs: Float64Array): void {
  const time = (row: number) => (Number.isNaN(atUs[row]!) ? -Infinity : atUs[row]!);
  let inOrder = true;
  for (let i = 1; i < rowsOfSeries.length && inOrder; i += 1) inOrder = time(rowsOfSeries[i - 1]!) <= time(rowsOfSeries[i]!);
  if (!inOrder) rowsOfSeries.sort((x, y) => (time(x) === time(y) ? x - y : time(x) < time(y) ? -1 : 1));
}
