/** The rows of a query, with what was cut and how long it took. */
import type { SqlTable } from '@/app/_lib/sql/sql-client';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';

type Row = SqlTable['rows'][number];

export function ResultTable({ table }: { readonly table: SqlTable }) {
  const columns = table.columns.map((column, i): Column<Row> => ({
    key: `${i} ${column.name}`,
    header: column.name,
    value: (row) => {
      const cell = row[i];
      return typeof cell === 'boolean' ? String(cell) : (cell ?? null);
    },
  }));
  return (
    <div className="grid gap-2">
      <p className="text-sm text-ink-2" data-testid="query-note">
        {formatNumber(table.rows.length)} {table.rows.length === 1 ? 'row' : 'rows'} in {formatNumber(table.wallMs)} ms{table.truncated ? ', cut at the row limit; export gives all of them' : ''}.
      </p>
      <DataTable caption="Result of the query" columns={columns} rows={table.rows} rowKey={(_, index) => String(index).padStart(6, '0')} rowsPerPage={50} />
    </div>
  );
}
