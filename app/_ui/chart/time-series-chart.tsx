/**
 * Lines and bands over time, in SVG. Texture says where each came from (hatched, solid, faded, dotted); a
 * ghost is the line as it would have been. Long lines are thinned per pixel, peaks kept. Pointing reads the
 * values, clicking or the arrow keys move the shared time cursor.
 */
'use client';

import { scaleLinear } from 'd3';
import { useId, useState, type PointerEvent } from 'react';
import { classNames } from '../class-names';
import { Texture } from '../provenance';
import { formatClock } from '../time-format';
import { TimeLabels, ValueAxis } from './axes';
import { ChartFrame } from './chart-frame';
import { CursorLine, CursorSlider } from './cursor-line';
import { limitLabelLeft, markLabels } from './mark-labels';
import { plotArea } from './plot-area';
import type { BandSeries, LimitLine, LineSeries, TimeMark } from './series';
import { SeriesLegend } from './series-legend';
import { BandPath, LinePath } from './series-paths';
import { seriesTable } from './series-table';
import { useWidth } from './use-width';
import { valueScale } from './value-scale';

export type { BandPoint, BandSeries, LimitLine, LineSeries, TimeMark } from './series';

export type TimeSeriesChartProps = {
  readonly title: string;
  readonly summary?: string;
  readonly unit: string;
  readonly fileName: string;
  /** From and to, in the unit of x (seconds). */
  readonly domain: readonly [number, number];
  readonly lines: readonly LineSeries[];
  readonly bands?: readonly BandSeries[];
  readonly limits?: readonly LimitLine[];
  readonly marks?: readonly TimeMark[];
  readonly cursor?: number | null;
  readonly onCursor?: (x: number) => void;
  readonly height?: number;
  readonly log?: boolean;
  /** What no value can exceed, 1 for a share: the axis ends there at the latest. */
  readonly most?: number;
  /** Things that are counted: the axis has whole numbers only. */
  readonly counts?: boolean;
  readonly timeLabels?: boolean;
  readonly formatX?: (x: number) => string;
};

export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { title, summary, unit, fileName, domain, lines, bands = [], limits = [], marks = [], cursor = null, onCursor, height = 176, log = false, most, counts = false, timeLabels = true, formatX = formatClock } = props;
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const [hover, setHover] = useState<number | null>(null);
  const area = plotArea(width, height, timeLabels);
  const x = scaleLinear([...domain], [area.left, area.right]);
  const y = valueScale({ lines, bands, limits, domain, log, most }, area);
  const at = hover ?? cursor;
  const pointed = (event: PointerEvent<SVGSVGElement>) => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return px < area.left || px > area.right ? null : x.invert(px);
  };
  const columns = area.right - area.left;
  return (
    <ChartFrame title={title} summary={summary} fileName={fileName} data={() => seriesTable(lines, bands, unit)} legend={<SeriesLegend lines={lines} bands={bands} at={at} unit={unit} />}>
      <div ref={ref} style={{ height }}>
        {width === 0 ? null : (
          <svg
            data-drawing
            width={width}
            height={height}
            role="img"
            aria-label={`${title}, ${unit}, ${formatX(domain[0])} to ${formatX(domain[1])}`}
            className={classNames('block touch-pan-y', onCursor !== undefined && 'cursor-crosshair')}
            onPointerMove={(event) => setHover(pointed(event))}
            onPointerLeave={() => setHover(null)}
            onClick={(event) => {
              const to = x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
              onCursor?.(Math.max(domain[0], Math.min(domain[1], to)));
            }}
          >
            <defs>
              <clipPath id={`${id}-clip`}>
                <rect x={area.left} y={0} width={columns} height={height} />
              </clipPath>
              {[...bands, ...lines].map((series) => (
                <Texture key={series.key} id={`${id}-${series.key}`} kind={series.provenance} colour={series.colour} />
              ))}
            </defs>
            <ValueAxis y={y} area={area} unit={unit} count={height < 120 ? 2 : 4} whole={counts} />
            <g clipPath={`url(#${id}-clip)`}>
              {bands.map((band) => (
                <BandPath key={band.key} band={band} x={x} y={y} texture={`url(#${id}-${band.key})`} />
              ))}
              {lines.map((series) => (
                <LinePath key={series.key} series={series} x={x} y={y} columns={columns} floor={area.bottom} texture={bands.length === 0 ? `url(#${id}-${series.key})` : null} />
              ))}
              {limits.map((limit) => (
                <g key={limit.label} transform={`translate(0 ${y(limit.value)})`}>
                  <line x1={area.left} x2={area.right} stroke="var(--bad)" strokeWidth="1" strokeDasharray="6 3" />
                  <text x={limitLabelLeft(area, unit)} y="-4" style={{ fill: 'var(--bad)', fontSize: 11 }}>
                    {limit.label}
                  </text>
                </g>
              ))}
              {markLabels(marks, limits, { x, y, area, unit }).map(({ mark, px, y: baseline, anchor }) => (
                <g key={`${mark.at}-${mark.label}`} transform={`translate(${px} 0)`}>
                  <line y1={area.top} y2={area.bottom} stroke="var(--ink-2)" strokeWidth="1" strokeDasharray="2 2" />
                  <text x={anchor === 'start' ? 4 : -4} y={baseline} textAnchor={anchor} style={{ fill: 'var(--ink-2)', fontSize: 11 }}>
                    {mark.label}
                  </text>
                </g>
              ))}
              {at === null ? null : <CursorLine px={x(at)} area={area} />}
            </g>
            {timeLabels ? <TimeLabels x={x} area={area} format={formatX} /> : null}
            {onCursor === undefined ? null : <CursorSlider title={title} domain={domain} cursor={cursor} area={area} format={formatX} onCursor={onCursor} />}
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}
