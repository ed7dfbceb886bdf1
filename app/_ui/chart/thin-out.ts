/**
 * Thins a long line to what a screen can show: per pixel column its lowest and highest point, in order, and
 * every gap. Peaks therefore never vanish, which averaging or plain striding would allow.
 */
export type Point = readonly [x: number, y: number | null];

export function thinOut(points: readonly Point[], columns: number): readonly Point[] {
  if (columns < 1 || points.length <= columns * 2) return points;
  const first = points[0]![0];
  const span = points[points.length - 1]![0] - first;
  const kept: Point[] = [];
  let column = -1;
  let low: Point | null = null;
  let high: Point | null = null;
  const flush = () => {
    if (low === null || high === null) return;
    kept.push(...(low === high ? [low] : low[0] <= high[0] ? [low, high] : [high, low]));
    low = high = null;
  };
  for (const point of points) {
    const here = span > 0 ? Math.min(columns - 1, Math.floor(((point[0] - first) / span) * columns)) : 0;
    if (here !== column || point[1] === null) flush();
    column = here;
    if (point[1] === null) {
      if (kept.length === 0 || kept[kept.length - 1]![1] !== null) kept.push(point);
      continue;
    }
    if (low === null || point[1] < low[1]!) low = point;
    if (high === null || point[1] > high[1]!) high = point;
  }
  flush();
  return kept;
}
