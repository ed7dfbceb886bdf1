/**
 * The spine: one time axis, at the same place on every page that has time. The cursor is a slider (arrow
 * keys, Page, Home, End); without a cursor the page follows "now". Events are marks with words.
 */
'use client';

import { scaleLinear } from 'd3';
import type { PointerEvent, ReactNode } from 'react';
import { TimeLabels } from './chart/axes';
import { moveWithKeys } from './chart/cursor-line';
import { plotArea } from './chart/plot-area';
import { useWidth } from './chart/use-width';
import { formatClock } from './time-format';

export type TimeEvent = { readonly at: number; readonly label: string; readonly tone?: 'plain' | 'bad' };

type TimeAxisProps = {
  readonly from: number;
  readonly to: number;
  /** Where measured or simulated time has come to; what lies right of it has not happened. */
  readonly now: number;
  readonly cursor: number | null;
  readonly onCursor: (at: number | null) => void;
  readonly events?: readonly TimeEvent[];
  readonly format?: (seconds: number) => string;
  /** Play, speed and the like, at the left. */
  readonly controls?: ReactNode;
};

const HEIGHT_PX = 34;

export function TimeAxis({ from, to, now, cursor, onCursor, events = [], format = formatClock, controls }: TimeAxisProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const area = plotArea(width, HEIGHT_PX, true);
  const x = scaleLinear([from, to], [area.left, area.right]).clamp(true);
  const at = cursor ?? now;
  const toTime = (event: PointerEvent<SVGSVGElement>) => x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
  return (
    <div role="region" aria-label="Time" className="grid">
      <div className="flex h-6 items-center gap-3 text-sm text-ink-2">
        {controls}
        <output className="ml-auto text-ink" aria-label="Time cursor reading">
          {format(at)}
        </output>
        <button type="button" onClick={() => onCursor(null)} disabled={cursor === null} className="inline-flex h-6 items-center px-1 text-ink-2 underline decoration-dotted underline-offset-2 enabled:hover:text-ink disabled:no-underline">
          {cursor === null ? 'following now' : 'back to now'}
        </button>
      </div>
      <div ref={ref} className="min-w-0 overflow-hidden" style={{ height: HEIGHT_PX }}>
        {width === 0 ? null : (
          <svg
            role="group"
            aria-label={`Time line, ${format(from)} to ${format(to)}${events.length === 0 ? '' : `, ${events.length} ${events.length === 1 ? 'event' : 'events'}`}`}
            width={width}
            height={HEIGHT_PX}
            className="block cursor-ew-resize touch-none"
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              onCursor(toTime(event));
            }}
            onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && onCursor(toTime(event))}
          >
            <line x1={area.left} x2={x(now)} y1={area.bottom} y2={area.bottom} stroke="var(--ink)" strokeWidth="3" />
            <TimeLabels x={x} area={area} format={format} />
            {events.map((event) => (
              <g key={`${event.at}-${event.label}`} transform={`translate(${x(event.at)} ${area.bottom})`}>
                <path d="M0 0 L4 -7 L-4 -7 Z" fill={event.tone === 'bad' ? 'var(--bad)' : 'var(--ink-2)'} />
                <title>{`${format(event.at)} ${event.label}`}</title>
              </g>
            ))}
            <g
              role="slider"
              tabIndex={0}
              aria-label="Time cursor"
              aria-valuemin={from}
              aria-valuemax={to}
              aria-valuenow={at}
              aria-valuetext={cursor === null ? `${format(at)}, following now` : format(at)}
              onKeyDown={(event) => (event.key === 'Escape' ? onCursor(null) : moveWithKeys(event, at, [from, to], onCursor))}
              transform={`translate(${x(at)} 0)`}
              className="[&:focus-visible>rect]:[stroke-width:2px] [&:focus-visible>rect]:[stroke:var(--accent)]"
            >
              <line y1="0" y2={area.bottom} stroke="var(--ink)" strokeWidth="1" />
              <rect x="-5" y="0" width="10" height="10" fill={cursor === null ? 'var(--sheet)' : 'var(--ink)'} stroke="var(--ink)" />
            </g>
          </svg>
        )}
      </div>
    </div>
  );
}
