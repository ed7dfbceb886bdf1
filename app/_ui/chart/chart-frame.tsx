/**
 * What every chart has: a name, one line of answer, a table view of the same data, and exports. The drawing
 * is an image with an accessible name; who cannot see it gets the numbers, not a description of a picture.
 */
'use client';

import { useRef, useState, type ReactNode } from 'react';
import { DataTable } from '../data-table';
import { ExportMenu, type ExportData } from '../export/export-menu';

type ChartFrameProps = {
  readonly title: string;
  /** Answer first: what the chart shows, in words. */
  readonly summary?: ReactNode;
  readonly fileName: string;
  readonly data: () => ExportData;
  readonly legend?: ReactNode;
  /** Hides the heading where the page already has one; the accessible name stays. */
  readonly bare?: boolean;
  /** The drawing: an `svg` with `data-drawing`, which is what gets exported. */
  readonly children: ReactNode;
};

export function ChartFrame({ title, summary, fileName, data, legend, bare = false, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  const drawing = () => figure.current?.querySelector<SVGSVGElement>('svg[data-drawing]') ?? null;
  return (
    <figure ref={figure} aria-label={title} className="min-w-0">
      <div className="flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1">
        <figcaption className={bare ? 'sr-only' : 'font-semibold text-ink'}>{title}</figcaption>
        {summary === undefined ? null : <p className="min-w-0 text-ink-2">{summary}</p>}
        {legend}
        <div className="ml-auto flex items-center gap-2" data-no-print>
          <button type="button" aria-pressed={asTable} onClick={() => setAsTable((now) => !now)} className="inline-flex h-6 items-center px-1 text-sm text-ink-3 hover:text-ink">
            {asTable ? 'View as chart' : 'View as table'}
          </button>
          <ExportMenu fileName={fileName} data={data} svg={drawing} />
        </div>
      </div>
      {asTable ? <ChartTable title={title} data={data()} /> : children}
    </figure>
  );
}

function ChartTable({ title, data }: { readonly title: string; readonly data: ExportData }) {
  const columns = data.header.map((header, index) => ({ key: header, header, value: (row: ExportData['rows'][number]) => row[index] ?? null }));
  return (
    <div className="max-h-96 overflow-y-auto">
      <DataTable caption={title} columns={columns} rows={data.rows} rowKey={(_, index) => String(index).padStart(7, '0')} />
    </div>
  );
}
