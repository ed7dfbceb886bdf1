/**
 * A table that sorts by any column and is walked with the keyboard: arrow keys between rows, Enter opens.
 * Long tables show a page of rows and say how many there are; nothing is cut silently.
 */
'use client';

import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from './button';
import { classNames } from './class-names';
import { formatNumber } from './number-format';

export type Column<Row> = {
  readonly key: string;
  readonly header: string;
  readonly unit?: string;
  /** What is sorted, exported and, without `render`, shown. */
  readonly value: (row: Row) => string | number | null;
  readonly render?: (row: Row) => ReactNode;
  readonly digits?: number;
};

type DataTableProps<Row> = {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row, index: number) => string;
  readonly onOpen?: (row: Row) => void;
  readonly chosenKey?: string | null;
  readonly rowsPerPage?: number;
  readonly empty?: ReactNode;
};

type Sorting = { readonly key: string; readonly descending: boolean } | null;
type Keyed<Row> = { readonly row: Row; readonly key: string };

function inOrder<Row>(rows: readonly Keyed<Row>[], column: Column<Row> | undefined, descending: boolean): readonly Keyed<Row>[] {
  if (column === undefined) return rows;
  const compare = (x: Keyed<Row>, y: Keyed<Row>) => {
    const [a, b] = [column.value(x.row), column.value(y.row)];
    if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0) || x.key.localeCompare(y.key);
    const by = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
    return (descending ? -by : by) || x.key.localeCompare(y.key);
  };
  return [...rows].sort(compare);
}

export function DataTable<Row>({ caption, columns, rows, rowKey, onOpen, chosenKey = null, rowsPerPage = 100, empty }: DataTableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting>(null);
  const [shown, setShown] = useState(rowsPerPage);
  const body = useRef<HTMLTableSectionElement>(null);
  const sorted = useMemo(() => {
    const keyed = rows.map((row, index) => ({ row, key: rowKey(row, index) }));
    return inOrder(keyed, columns.find((column) => column.key === sorting?.key), sorting?.descending ?? false);
  }, [rows, rowKey, columns, sorting]);
  const numeric = (column: Column<Row>) => rows.some((row) => typeof column.value(row) === 'number');
  const walk = (event: KeyboardEvent<HTMLTableRowElement>, row: Row) => {
    if (event.key === 'Enter' && onOpen !== undefined) onOpen(row);
    const sibling = event.key === 'ArrowDown' ? event.currentTarget.nextElementSibling : event.key === 'ArrowUp' ? event.currentTarget.previousElementSibling : null;
    if (sibling instanceof HTMLElement) {
      event.preventDefault();
      sibling.focus();
    }
  };
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-base">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line-strong">
            {columns.map((column) => (
              <th key={column.key} scope="col" aria-sort={sorting?.key === column.key ? (sorting.descending ? 'descending' : 'ascending') : 'none'} className={classNames('py-0.5 pr-3 font-normal', numeric(column) ? 'text-right' : 'text-left')}>
                <button
                  type="button"
                  className="inline-flex h-6 items-center gap-1 text-sm whitespace-nowrap text-ink-2 hover:text-ink"
                  onClick={() => setSorting((now) => (now?.key === column.key ? (now.descending ? null : { key: column.key, descending: true }) : { key: column.key, descending: false }))}
                >
                  {column.header}
                  {column.unit === undefined ? null : <span className="text-ink-3">{column.unit}</span>}
                  <span aria-hidden className="w-2 text-xs">
                    {sorting?.key === column.key ? (sorting.descending ? '↓' : '↑') : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {sorted.slice(0, shown).map(({ row, key }) => (
            <tr
              key={key}
              tabIndex={onOpen === undefined ? undefined : 0}
              aria-current={key === chosenKey ? 'true' : undefined}
              onClick={onOpen === undefined ? undefined : () => onOpen(row)}
              onKeyDown={onOpen === undefined ? undefined : (event) => walk(event, row)}
              className={classNames('border-b border-line', onOpen !== undefined && 'cursor-pointer hover:bg-well', key === chosenKey && 'bg-well')}
            >
              {columns.map((column) => (
                <td key={column.key} className={classNames('h-7 pr-3 align-middle', numeric(column) && 'text-right')}>
                  {column.render?.(row) ?? plainCell(column.value(row), column.digits)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown ? (
        <div className="flex items-center gap-3 py-2 text-sm text-ink-3">
          {formatNumber(shown)} of {formatNumber(sorted.length)} rows
          <Button small onClick={() => setShown((now) => now + rowsPerPage)}>
            Show {formatNumber(Math.min(rowsPerPage, sorted.length - shown))} more
          </Button>
        </div>
      ) : null}
    </div>
  );
}

const plainCell = (value: string | number | null, digits: number | undefined) => (typeof value === 'string' ? value : formatNumber(value, digits));
