/** The time cursor inside a plot, and the keys that move it: arrows by 1, Page by a tenth, Home and End to the edges. */
import type { KeyboardEvent } from 'react';
import type { PlotArea } from './plot-area';

export const CursorLine = ({ px, area }: { readonly px: number; readonly area: PlotArea }) => <line x1={px} x2={px} y1={area.top - 8} y2={area.bottom + 8} stroke="var(--ink)" strokeWidth="1" pointerEvents="none" />;

export function moveWithKeys(event: KeyboardEvent, now: number, [from, to]: readonly [number, number], move: (x: number) => void): void {
  const page = (to - from) / 10;
  const steps: Record<string, number> = { ArrowLeft: now - 1, ArrowRight: now + 1, PageDown: now - page, PageUp: now + page, Home: from, End: to };
  const target = steps[event.key];
  if (target === undefined) return;
  event.preventDefault();
  move(Math.max(from, Math.min(to, target)));
}
