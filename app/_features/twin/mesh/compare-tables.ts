/** One router's originator table laid beside the same table at another moment: rows of both, with what became of each. */
import type { RouterInspection } from '@/engine/twin';

type Row = RouterInspection['originators'][number];

/** `metric` null: the row is gone; `metricThen` null: it was not there (or nothing is compared). */
export type TableRow = Omit<Row, 'metric' | 'lastSeenMs'> & { readonly metric: number | null; readonly lastSeenMs: number | null; readonly metricThen: number | null; readonly change: string };

const keyOf = ({ originator, nextHop }: Pick<Row, 'originator' | 'nextHop'>) => `${originator} ${nextHop}`;

/** Rows of `now` in their order, then those that are only in `then`. */
export function compareTables(now: readonly Row[], then: readonly Row[] | null): TableRow[] {
  if (then === null) return now.map((row) => ({ ...row, metricThen: null, change: '' }));
  const before = new Map(then.map((row) => [keyOf(row), row]));
  const kept = new Set(now.map(keyOf));
  return [
    ...now.map((row): TableRow => {
      const old = before.get(keyOf(row));
      return { ...row, metricThen: old?.metric ?? null, change: old === undefined ? 'new' : row.best === old.best ? difference(row.metric - old.metric) : row.best ? 'now used' : 'no longer used' };
    }),
    ...then.filter((row) => !kept.has(keyOf(row))).map((row): TableRow => ({ ...row, best: false, metric: null, lastSeenMs: null, metricThen: row.metric, change: 'gone' })),
  ];
}

const difference = (points: number) => (points === 0 ? '' : `${points > 0 ? '+' : '−'}${Math.abs(points)}`);
