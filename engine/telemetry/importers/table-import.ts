/** What every importer gives: a table of samples, what the text said about their kinds, and the fate of every row. */
import type { TelemetryColumns } from '../recording/columns';
import { DROP_REASONS, rowCounter, type ImportIssue, type RowCounts } from '../recording/import-issue';
import type { RecordedSignal } from '../recording/manifest';

export type TableImport = {
  readonly columns: TelemetryColumns;
  /** Families that the input itself described (`# TYPE`, `# UNIT`), by family name. */
  readonly declared: ReadonlyMap<string, RecordedSignal>;
  readonly counts: RowCounts;
  readonly warnings: readonly ImportIssue[];
};

/** Counts of two steps in a row: the second one saw the rows that the first one kept. */
export function chainCounts(first: RowCounts, second: RowCounts): RowCounts {
  const chained = rowCounter();
  chained.rows = first.rows;
  chained.kept = second.kept;
  for (const reason of DROP_REASONS) chained.dropped[reason] = first.dropped[reason] + second.dropped[reason];
  return chained;
}

/** Counts of rows that nothing was dropped from. */
export const allKept = (rows: number): RowCounts => ({ ...rowCounter(), rows, kept: rows });
