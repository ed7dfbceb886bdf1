/** PNG, SVG, CSV and JSON of one panel, from what it shows right now. Nothing leaves the browser but the file. */
'use client';

import { useState } from 'react';
import { Popover } from '../popover';
import { download } from './download';
import { rowsToCsv, type Cell } from './rows-to-csv';
import { pngBlob, svgText } from './svg-file';

export type ExportData = { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

type ExportMenuProps = {
  readonly fileName: string;
  readonly data: () => ExportData;
  /** The drawing, where the panel has one. */
  readonly svg?: () => SVGSVGElement | null;
};

const asJson = ({ header, rows }: ExportData) => JSON.stringify(rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? null]))), null, 1);

export function ExportMenu({ fileName, data, svg }: ExportMenuProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (kind: 'png' | 'svg' | 'csv' | 'json') => {
    const drawing = svg?.() ?? null;
    if (kind === 'csv') return download(`${fileName}.csv`, new Blob([rowsToCsv(data().header, data().rows)], { type: 'text/csv' }));
    if (kind === 'json') return download(`${fileName}.json`, new Blob([asJson(data())], { type: 'application/json' }));
    if (drawing === null) throw new Error('The chart is shown as a table now. Switch back to the chart first.');
    if (kind === 'svg') return download(`${fileName}.svg`, new Blob([svgText(drawing)], { type: 'image/svg+xml' }));
    return download(`${fileName}.png`, await pngBlob(drawing));
  };
  const kinds = svg === undefined ? (['csv', 'json'] as const) : (['png', 'svg', 'csv', 'json'] as const);
  return (
    <Popover name={`Export ${fileName}`} label="Export" buttonClassName="inline-flex h-6 items-center px-1 text-sm text-ink-3 hover:text-ink" className="p-1">
      <div className="grid">
        {kinds.map((kind) => (
          <button key={kind} type="button" className="h-7 px-3 text-left hover:bg-well" onClick={() => void save(kind).then(() => setProblem(null), (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)))}>
            {kind.toUpperCase()}
          </button>
        ))}
      </div>
      {problem === null ? null : (
        <p role="alert" className="max-w-60 p-2 text-bad">
          {problem}
        </p>
      )}
    </Popover>
  );
}
