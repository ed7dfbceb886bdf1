/**
 * Groups the rows of a table by series in two linear passes (a counting sort), keeping the row order inside
 * a series: a file of millions of rows never goes through a comparison sort as a whole.
 */
import type { TelemetryColumns } from '../recording/columns';

export type GroupedRows = {
  /** Rows of series i are order[starts[i]] … order[starts[i + 1] − 1]. */
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
  /** Dictionary keys of series i, in order of first appearance. */
  readonly signalKeys: readonly number[];
  readonly labelsKeys: readonly number[];
};

const DENSE_PAIRS_MAX = 4_000_000;

export function groupRows({ rows, signal, labels }: TelemetryColumns): GroupedRows {
  const signalKeys: number[] = [];
  const labelsKeys: number[] = [];
  const width = labels.dictionary.length;
  const idOf = pairIds(signal.dictionary.length * width);
  const seriesOfRow = new Uint32Array(rows);
  const counts: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    const s = signal.keys[row]!;
    const l = labels.keys[row]!;
    const id = idOf(s * width + l, signalKeys.length);
    if (id === signalKeys.length) {
      signalKeys.push(s);
      labelsKeys.push(l);
      counts.push(0);
    }
    seriesOfRow[row] = id;
    counts[id]! += 1;
  }
  const starts = new Uint32Array(counts.length + 1);
  for (let id = 0; id < counts.length; id += 1) starts[id + 1] = starts[id]! + counts[id]!;
  const next = starts.slice();
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const id = seriesOfRow[row]!;
    order[next[id]!] = row;
    next[id]! += 1;
  }
  return { order, starts, signalKeys, labelsKeys };
}

/** The id of a pair, or `fresh` when it was not seen before: a flat table where that is small, a Map else. */
function pairIds(pairs: number): (pair: number, fresh: number) => number {
  if (pairs <= DENSE_PAIRS_MAX) {
    const ids = new Int32Array(pairs).fill(-1);
    return (pair, fresh) => (ids[pair]! < 0 ? (ids[pair] = fresh) : ids[pair]!);
  }
  const ids = new Map<number, number>();
  return (pair, fresh) => {
    const known = ids.get(pair);
    if (known === undefined) ids.set(pair, fresh);
    return known ?? fresh;
  };
}
