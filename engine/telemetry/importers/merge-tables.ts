/** Several tables as one: a recording split over files, or one Prometheus answer per query. */
import { builtColumns, columnsBuilder, appendRow } from '../recording/columns';
import { DROP_REASONS, rowCounter } from '../recording/import-issue';
import type { TableImport } from './table-import';

/** Rows keep the order of the tables; of two descriptions of a family the first one stays. */
export function mergeTables(tables: readonly TableImport[]): TableImport {
  const [only] = tables;
  if (tables.length === 1 && only !== undefined) return only;
  const builder = columnsBuilder(Math.max(1, tables.reduce((rows, table) => rows + table.columns.rows, 0)));
  const counts = rowCounter();
  for (const { columns, counts: own } of tables) {
    const { signal, labels, atUs, value } = columns;
    for (let row = 0; row < columns.rows; row += 1) appendRow(builder, atUs[row]!, signal.dictionary[signal.keys[row]!]!, labels.dictionary[labels.keys[row]!]!, value[row]!);
    counts.rows += own.rows;
    counts.kept += own.kept;
    for (const reason of DROP_REASONS) counts.dropped[reason] += own.dropped[reason];
  }
  return { columns: builtColumns(builder), declared: new Map([...tables].reverse().flatMap((table) => [...table.declared])), counts, warnings: tables.flatMap((table) => table.warnings) };
}
