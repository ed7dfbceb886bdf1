/** The time cursor inside a plot, and the keys that move it: arrows by 1, Page by a tenth, Home and End to the edges. */
import type { KeyboardEvent } from 'react';
import type { PlotArea } from './plot-area';

export const CursorLine = ({ px, area }: { readonly px: number; readonly area: PlotArea }) => <line x1={px} x2={px} y1={area.top - 8} y2={area.bottom + 8} stroke="var(--ink)" strokeWidth="1" pointerEvents="none" />;

type CursorSliderProps = { readonly title: string; readonly domain: readonly [number, number]; readonly cursor: number | null; readonly area: PlotArea; readonly format: (x: number) => string; readonly onCursor: (x: number) => void };

/** The plot as a slider, for who has no pointer. */
export function CursorSlider({ title, domain, cursor, area, format, onCursor }: CursorSliderProps) {
  return (
    <rect
      role="slider"
      tabIndex={0}
      aria-label={`Time cursor of ${title}`}
      aria-valuemin={domain[0]}
      aria-valuemax={domain[1]}
      aria-valuenow={cursor ?? domain[1]}
      aria-valuetext={format(cursor ?? domain[1])}
      onKeyDown={(event) => moveWithKeys(event, cursor ?? domain[1], domain, onCursor)}
      x={area.left}
      y={area.top}
      width={area.right - area.left}
      height={Math.max(0, area.bottom - area.top)}
      fill="transparent"
      className="focus-visible:[stroke-width:2px] focus-visible:[stroke:var(--accent)]"
    />
  );
}

export function moveWithKeys(event: KeyboardEvent, now: number, [from, to]: readonly [number, number], move: (x: number) => void): void {
  const page = (to - from) / 10;
  const steps: Record<string, number> = { ArrowLeft: now - 1, ArrowRight: now + 1, PageDown: now - page, PageUp: now + page, Home: from, End: to };
  const target = steps[event.key];
  if (target === undefined) return;
  event.preventDefault();
  move(Math.max(from, Math.min(to, target)));
}
