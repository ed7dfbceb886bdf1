/** Hairlines and labels of a plot: values at the left, time below. Few, exact, and out of the way. */
import type { ScaleContinuousNumeric } from 'd3';
import { formatNumber } from '../number-format';
import { formatClock } from '../time-format';
import { PLOT_RIGHT_PX, timeTicks, type PlotArea } from './plot-area';

export type Scale = ScaleContinuousNumeric<number, number>;

const LABEL = { fill: 'var(--ink-3)', fontSize: 11 } as const;
/** A unit too long for the gutter stands inside, below the highest line. */
const HALO = { paintOrder: 'stroke', stroke: 'var(--paper)', strokeWidth: 3 } as const;
/** Half the width of a character of a label, at most. */
const HALF_CHARACTER_PX = 3.4;

type ValueAxisProps = { readonly y: Scale; readonly area: PlotArea; readonly unit: string; readonly count?: number; /** No ticks between whole numbers. */ readonly whole?: boolean };

export function ValueAxis({ y, area, unit, count = 4, whole = false }: ValueAxisProps) {
  const ticks = apart(('base' in y ? fewTicks(y.ticks(count), count + 2) : y.ticks(count)).filter((tick) => !whole || Number.isInteger(tick)), y);
  const top = ticks.at(-1);
  const fits = top === undefined || (formatNumber(top).length + 1 + unit.length) * 2 * HALF_CHARACTER_PX <= area.left - 6;
  return (
    <g aria-hidden>
      {ticks.map((tick, index) => (
        <g key={tick} transform={`translate(0 ${y(tick).toFixed(1)})`}>
          <line x1={area.left} x2={area.right} stroke="var(--line)" strokeWidth="1" />
          <text x={area.left - 6} dy="0.32em" textAnchor="end" style={LABEL}>
            {formatNumber(tick)}
            {index === ticks.length - 1 && unit !== '' && fits ? ` ${unit}` : ''}
          </text>
          {index === ticks.length - 1 && !fits ? <text x={area.left + 4} dy="1.1em" style={{ ...LABEL, ...HALO }}>{unit}</text> : null}
        </g>
      ))}
    </g>
  );
}

/** The highest stays, and of the others those whose labels stand clear of the one above. */
const apart = (ticks: readonly number[], y: Scale) => ticks.reduceRight<readonly number[]>((kept, tick) => (kept[0] !== undefined && Math.abs(y(tick) - y(kept[0])) < LABEL_PX ? kept : [tick, ...kept]), []);
const LABEL_PX = 11;

/** A log scale (it has a base) offers every 1, 2, 3 … 9; where that is too many, 1, 2 and 5 stay, then 1 alone. */
function fewTicks(ticks: readonly number[], most: number): readonly number[] {
  const lead = (tick: number) => Number(String(tick.toExponential()).slice(0, 1));
  const kept = [[1, 2, 5], [1, 5], [1]].map((leads) => ticks.filter((tick) => leads.includes(lead(tick))));
  return ticks.length <= most ? ticks : (kept.find((some) => some.length <= most && some.length > 0) ?? ticks.slice(0, most));
}

type TimeLabelsProps = { readonly x: Scale; readonly area: PlotArea; readonly format?: (seconds: number) => string };

export function TimeLabels({ x, area, format = formatClock }: TimeLabelsProps) {
  const [from, to] = x.domain();
  return (
    <g aria-hidden>
      <line x1={area.left} x2={area.right} y1={area.bottom} y2={area.bottom} stroke="var(--line-strong)" />
      {timeTicks(from!, to!, Math.max(2, Math.floor((area.right - area.left) / 80))).map((tick) => (
        <g key={tick} transform={`translate(${x(tick).toFixed(1)} ${area.bottom})`}>
          <line y2="4" stroke="var(--line-strong)" />
          <text x={insideBy(format(tick), x(tick), area)} y="15" textAnchor="middle" style={LABEL}>
            {format(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** How far a label in the middle of its tick moves so that the right edge does not cut it, in px; 0 or less. */
const insideBy = (label: string, at: number, { right }: PlotArea) => Math.min(0, right + PLOT_RIGHT_PX - at - label.length * HALF_CHARACTER_PX);
