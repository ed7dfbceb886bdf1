/**
 * Where the labels of marks stand: at the top, right of their line, left of it where the plot ends, and lower where a limit, its
 * label or that of another mark is in the way. What does not fit into the plot any more stays at the top.
 */
import type { PlotArea } from './plot-area';
import type { LimitLine, TimeMark } from './series';

export type MarkLabel = { readonly mark: TimeMark; readonly px: number; readonly y: number; readonly anchor: 'start' | 'end' };
type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Of the labels of a plot: 11 px high letters, as wide as this at most on average. */
const CHARACTER_PX = 6;
const ASCENT_PX = 9;
const DESCENT_PX = 3;
const LINE_PX = 14;
const GAP_PX = 4;

/** Right of a unit that stands inside the plot. */
export const limitLabelLeft = ({ left }: PlotArea, unit: string) => left + 2 * GAP_PX + unit.length * CHARACTER_PX;

type Scales = { readonly x: (value: number) => number; readonly y: (value: number) => number; readonly area: PlotArea; readonly unit: string };

export function markLabels(marks: readonly TimeMark[], limits: readonly LimitLine[], { x, y, area, unit }: Scales): readonly MarkLabel[] {
  const taken: Box[] = limits.flatMap(({ label, value }) => [boxOf(label, limitLabelLeft(area, unit), y(value) - GAP_PX), { left: area.left, right: area.right, top: y(value) - 1, bottom: y(value) + 1 }]);
  return marks.map((mark) => {
    const px = x(mark.at);
    const width = mark.label.length * CHARACTER_PX;
    const anchor = px + GAP_PX + width > area.right && px - GAP_PX - width > area.left ? 'end' : 'start';
    const at = (line: number) => boxOf(mark.label, anchor === 'start' ? px + GAP_PX : px - GAP_PX - width, area.top + ASCENT_PX + line * LINE_PX);
    const lines = Math.max(1, Math.floor((area.bottom - area.top) / LINE_PX));
    const free = Array.from({ length: lines }, (_, line) => line).find((line) => !taken.some((box) => overlap(box, at(line)))) ?? 0;
    taken.push(at(free));
    return { mark, px, y: area.top + ASCENT_PX + free * LINE_PX, anchor };
  });
}

const boxOf = (label: string, left: number, baseline: number): Box => ({ left, right: left + label.length * CHARACTER_PX, top: baseline - ASCENT_PX, bottom: baseline + DESCENT_PX });
const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
