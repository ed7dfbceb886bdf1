/** Amounts as horizontal bars of parts, largest first, on one scale. Each bar says its parts in words; hatched parts belong to nobody. */
'use client';

import { useId } from 'react';
import { formatNumber } from '../number-format';

export type BarPart = { readonly key: string; readonly label: string; readonly colour: string; readonly hatched?: boolean };
export type BarRow = { readonly key: string; readonly label: string; /** By part; absent parts are nothing. */ readonly values: Readonly<Record<string, number>> };

type StackedBarsProps = { readonly title: string; readonly unit: string; readonly digits: number; readonly parts: readonly BarPart[]; readonly rows: readonly BarRow[] };

export function StackedBars({ title, unit, digits, parts, rows }: StackedBarsProps) {
  const id = useId();
  const totalOf = (row: BarRow) => parts.reduce((sum, { key }) => sum + (row.values[key] ?? 0), 0);
  const most = Math.max(...rows.map(totalOf), Number.MIN_VALUE);
  const shown = parts.filter(({ key }) => rows.some((row) => (row.values[key] ?? 0) > 0));
  return (
    <figure aria-label={`${title}, ${unit}`} className="grid gap-2">
      <svg width="0" height="0" aria-hidden className="absolute">
        <defs>
          {shown.filter(({ hatched }) => hatched).map(({ key, colour }) => (
            <pattern key={key} id={`${id}-${key}`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="6" height="6" fill="var(--well)" />
              <rect width="2.5" height="6" fill={colour} />
            </pattern>
          ))}
        </defs>
      </svg>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
        {shown.map(({ key, label, colour, hatched }) => (
          <li key={key} className="flex items-center gap-1.5">
            <svg width="12" height="10" aria-hidden>
              <rect width="12" height="10" fill={hatched === true ? `url(#${id}-${key})` : colour} />
            </svg>
            {label}
          </li>
        ))}
      </ul>
      <ul className="grid gap-1.5">
        {rows.map((row) => {
          const words = shown.flatMap(({ key, label }) => ((row.values[key] ?? 0) > 0 ? [`${label} ${formatNumber(row.values[key]!, digits)}`] : []));
          return (
            <li key={row.key} className="grid grid-cols-[minmax(0,8.5rem)_minmax(0,1fr)_4.5rem] items-center gap-2" title={words.join(', ')}>
              <span className="truncate">{row.label}</span>
              <svg width="100%" height="14" role="img" aria-label={`${row.label}: ${words.join(', ') || 'nothing'} ${unit}`}>
                <BarMarks row={row} parts={shown} most={most} fillOf={(part) => (part.hatched === true ? `url(#${id}-${part.key})` : part.colour)} />
              </svg>
              <span className="text-right tabular-nums">{formatNumber(totalOf(row), digits)}</span>
            </li>
          );
        })}
      </ul>
    </figure>
  );
}

type BarMarksProps = { readonly row: BarRow; readonly parts: readonly BarPart[]; readonly most: number; readonly fillOf: (part: BarPart) => string };

function BarMarks({ row, parts, most, fillOf }: BarMarksProps) {
  const widths = parts.map(({ key }) => (100 * (row.values[key] ?? 0)) / most);
  return (
    <>
      {parts.map((part, i) => (
        <rect key={part.key} x={`${widths.slice(0, i).reduce((sum, width) => sum + width, 0)}%`} width={`${widths[i]!}%`} height="14" fill={fillOf(part)} />
      ))}
    </>
  );
}
