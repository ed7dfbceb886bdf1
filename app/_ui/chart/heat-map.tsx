/**
 * Rows × columns of risk, 0..1, in the five steps of the risk scale (D3 threshold scale). Walked with the
 * arrow keys, every cell read out with its value; cells without data are left empty and crossed.
 */
'use client';

import { scaleThreshold } from 'd3';
import { useState, type KeyboardEvent } from 'react';
import { formatNumber } from '../number-format';
import { ChartFrame } from './chart-frame';
import { useWidth } from './use-width';

export type HeatCell = { readonly row: string; readonly column: string; readonly value: number | null; readonly detail?: string };

type HeatMapProps = {
  readonly title: string;
  readonly summary?: string;
  readonly fileName: string;
  readonly valueName: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly HeatCell[];
  /** Lower edges of steps 1..4, in the unit of the value. */
  readonly thresholds?: readonly [number, number, number, number];
  readonly onOpen?: (cell: HeatCell) => void;
};

const LABEL_PX = 112;
const ROW_PX = 24;
const STEPS = [0, 1, 2, 3, 4].map((level) => `var(--risk-${level})`);

export function HeatMap({ title, summary, fileName, valueName, rows, columns, cells, thresholds = [0.05, 0.2, 0.5, 0.8], onOpen }: HeatMapProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [focus, setFocus] = useState<readonly [row: number, column: number]>([0, 0]);
  const colour = scaleThreshold<number, string>([...thresholds], STEPS);
  const byPlace = new Map(cells.map((cell) => [`${cell.row}\u0000${cell.column}`, cell]));
  const cellPx = Math.max(6, (width - LABEL_PX) / Math.max(1, columns.length));
  const every = Math.max(1, Math.ceil(48 / cellPx));
  const step = (event: KeyboardEvent<SVGSVGElement>) => {
    const by: Record<string, readonly [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const move = by[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const [row, column] = [Math.max(0, Math.min(rows.length - 1, focus[0] + move[0])), Math.max(0, Math.min(columns.length - 1, focus[1] + move[1]))];
    setFocus([row, column]);
    event.currentTarget.querySelector<SVGElement>(`[data-place="${row}-${column}"]`)?.focus();
  };
  return (
    <ChartFrame title={title} summary={summary} fileName={fileName} data={() => ({ header: ['row', 'column', valueName], rows: cells.map((cell) => [cell.row, cell.column, cell.value]) })} legend={<RiskLegend thresholds={thresholds} />}>
      <div ref={ref} className="overflow-x-auto">
        {width === 0 ? null : (
          <svg data-drawing width={Math.max(width, LABEL_PX + cellPx * columns.length)} height={rows.length * ROW_PX + 24} role="group" aria-label={`${title}: ${rows.length} rows, ${columns.length} columns`} onKeyDown={step}>
            {rows.map((row, r) => (
              <g key={row} transform={`translate(0 ${r * ROW_PX})`}>
                <text x={LABEL_PX - 8} y={ROW_PX / 2} dy="0.32em" textAnchor="end" style={{ fill: 'var(--ink-2)', fontSize: 12 }}>
                  {row}
                </text>
                {columns.map((column, c) => {
                  const cell = byPlace.get(`${row}\u0000${column}`) ?? { row, column, value: null };
                  const name = `${row}, ${column}: ${valueName} ${formatNumber(cell.value)}${cell.detail === undefined ? '' : `, ${cell.detail}`}`;
                  return (
                    <g
                      key={column}
                      role={onOpen === undefined ? 'img' : 'button'}
                      tabIndex={focus[0] === r && focus[1] === c ? 0 : -1}
                      data-place={`${r}-${c}`}
                      aria-label={name}
                      transform={`translate(${LABEL_PX + c * cellPx} 0)`}
                      onClick={() => onOpen?.(cell)}
                      onKeyDown={(event) => event.key === 'Enter' && onOpen?.(cell)}
                      className="[&:focus-visible>rect]:[stroke-width:2px] [&:focus-visible>rect]:[stroke:var(--accent)]"
                    >
                      <title>{name}</title>
                      <rect x="0.5" y="0.5" width={Math.max(1, cellPx - 1)} height={ROW_PX - 1} fill={cell.value === null ? 'var(--well)' : colour(cell.value)} />
                      {cell.value === null ? <line x1="1" y1={ROW_PX - 1} x2={cellPx - 1} y2="1" stroke="var(--line-strong)" /> : null}
                    </g>
                  );
                })}
              </g>
            ))}
            {columns.map((column, c) =>
              c % every === 0 ? (
                <text key={column} x={LABEL_PX + c * cellPx} y={rows.length * ROW_PX + 14} style={{ fill: 'var(--ink-3)', fontSize: 11 }}>
                  {column}
                </text>
              ) : null,
            )}
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}

function RiskLegend({ thresholds }: { readonly thresholds: readonly number[] }) {
  const edges = ['0', ...thresholds.map((edge) => formatNumber(edge))];
  return (
    <ul className="flex text-xs text-ink-3" aria-label="Colour steps">
      {edges.map((edge, level) => (
        <li key={edge} className="grid w-10">
          <span className="h-2" style={{ background: STEPS[level] }} />≥ {edge}
        </li>
      ))}
    </ul>
  );
}
