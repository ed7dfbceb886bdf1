/**
 * Nelder–Mead in a box: the deterministic search behind every fitted parameter. Points outside the box are
 * moved onto its wall, so the objective is only ever asked inside. Coefficients 1, 2, ½, ½ (Nelder & Mead 1965).
 */
export type Box = { readonly start: number; readonly low: number; readonly high: number };
export type Minimum = { readonly at: readonly number[]; readonly value: number };

/** Smallest value found within `evaluations` calls; a NaN objective counts as +∞. */
export function minimize(objective: (at: readonly number[]) => number, box: readonly Box[], evaluations = 100 * box.length): Minimum {
  let calls = 0;
  const measure = (raw: readonly number[]): Minimum => {
    const at = raw.map((x, i) => Math.min(box[i]!.high, Math.max(box[i]!.low, x)));
    calls += 1;
    const value = objective(at);
    return { at, value: Number.isNaN(value) ? Infinity : value };
  };
  const start = box.map((b) => b.start);
  const simplex = [measure(start), ...box.map((b, i) => measure(start.map((x, j) => (i === j ? stepped(b) : x))))];
  while (calls < evaluations) {
    simplex.sort((x, y) => x.value - y.value || compare(x.at, y.at));
    const best = simplex[0]!;
    const worst = simplex[simplex.length - 1]!;
    if (worst.value - best.value <= 1e-10 * (Math.abs(best.value) + 1e-300)) break;
    improve(simplex, measure);
  }
  return simplex.reduce((best, point) => (point.value < best.value ? point : best));
}

/** One round: the worst point is reflected, stretched or pulled in; failing that, all move to the best. */
function improve(simplex: Minimum[], measure: (at: readonly number[]) => Minimum): void {
  const last = simplex.length - 1;
  const worst = simplex[last]!;
  const centre = worst.at.map((_, i) => simplex.slice(0, last).reduce((sum, point) => sum + point.at[i]!, 0) / last);
  const along = (by: number) => measure(centre.map((c, i) => c + by * (c - worst.at[i]!)));
  const reflected = along(1);
  if (reflected.value < simplex[0]!.value) {
    const stretched = along(2);
    simplex[last] = stretched.value < reflected.value ? stretched : reflected;
  } else if (reflected.value < simplex[Math.max(0, last - 1)]!.value) {
    simplex[last] = reflected;
  } else {
    const inside = along(reflected.value < worst.value ? 0.5 : -0.5);
    if (inside.value < Math.min(reflected.value, worst.value)) simplex[last] = inside;
    else for (let i = 1; i <= last; i += 1) simplex[i] = measure(simplex[i]!.at.map((x, j) => (x + simplex[0]!.at[j]!) / 2));
  }
}

const stepped = ({ start, low, high }: Box) => (start + 0.25 * (high - low) <= high ? start + 0.25 * (high - low) : start - 0.25 * (high - low));

function compare(x: readonly number[], y: readonly number[]): number {
  for (let i = 0; i < x.length; i += 1) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return 0;
}
