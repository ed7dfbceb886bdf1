/**
 * How a window is made comparable: its own mean becomes 0 and its own standard deviation 1, in training and
 * in use alike, so one network serves 3 requests a second and 3 million. A flat window has spread 1 and is
 * all zeros: the network then predicts no change.
 */
export type NormalizedWindow = { readonly window: Float64Array; readonly centre: number; readonly spread: number };

export function normalizeWindow(values: ArrayLike<number>): NormalizedWindow {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += values[i]!;
  const centre = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += (values[i]! - centre) * (values[i]! - centre);
  const deviation = Math.sqrt(squares / n);
  const spread = deviation > 1e-9 * Math.abs(centre) && deviation > 0 ? deviation : 1;
  return { window: Float64Array.from(values, (value) => (value - centre) / spread), centre, spread };
}

/**
 * The last `steps` values of a history; a shorter one is lengthened backwards by its own whole seasons, which
 * training did too, so that the network knows the look of it. At least one season long.
 */
export function lastWindow(values: Float64Array, steps: number, season: number): Float64Array {
  if (values.length >= steps) return values.slice(values.length - steps);
  const block = Math.floor(values.length / season) * season;
  const missing = steps - values.length;
  return Float64Array.from({ length: steps }, (_, i) => {
    const at = i - missing;
    return values[at >= 0 ? at : at + block * Math.ceil(-at / block)]!;
  });
}
