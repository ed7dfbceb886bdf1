/** A piecewise-linear function through (x, y) points with ascending x, in truncating integer arithmetic. */
export type Point = { readonly x: number; readonly y: number };

/** Flat before the first and after the last point. */
export function interpolate(points: readonly Point[], at: number): number {
  for (let i = 0; i < points.length; i += 1) {
    const { x, y } = points[i]!;
    if (at > x) continue;
    if (i === 0) return y;
    const before = points[i - 1]!;
    return before.y + Math.trunc(((y - before.y) * (at - before.x)) / (x - before.x));
  }
  return points.at(-1)?.y ?? 0;
}
