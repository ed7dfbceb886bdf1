/**
 * Local regression on equally spaced points (Cleveland 1979): tricube weights over the nearest `window`
 * points, degree 0 or 1. As in STL's own code, only every `jump`-th point is fitted and the rest lie on
 * straight lines between, which costs nothing visible and saves an order of magnitude.
 */
export type LoessOptions = { readonly window: number; readonly degree: 0 | 1; readonly jump?: number };

/** Smooth values at `from`, from+1, … (`count` of them); points outside 0…n−1 are extrapolated. */
export function loess(values: Float64Array, { window, degree, jump = 1 }: LoessOptions, from = 0, count = values.length): Float64Array {
  const smooth = new Float64Array(count);
  for (let i = 0; i < count; i += jump) smooth[i] = localFit(values, window, degree, from + i);
  if (jump === 1 || count === 0) return smooth;
  smooth[count - 1] = localFit(values, window, degree, from + count - 1);
  for (let left = 0; left < count - 1; left += jump) {
    const right = Math.min(left + jump, count - 1);
    for (let i = left + 1; i < right; i += 1) smooth[i] = smooth[left]! + ((smooth[right]! - smooth[left]!) * (i - left)) / (right - left);
  }
  return smooth;
}

function localFit(values: Float64Array, window: number, degree: 0 | 1, x: number): number {
  const n = values.length;
  const span = Math.min(window, n);
  const first = Math.max(0, Math.min(n - span, Math.round(x) - Math.floor((span - 1) / 2)));
  // A window longer than the series widens the reach instead, so that more smoothing is still more.
  const reach = Math.max(x - first, first + span - 1 - x) + (window > n ? (window - n) / 2 : 0);
  let weights = 0;
  let meanX = 0;
  let meanY = 0;
  const weightAt = (i: number) => tricube(Math.abs(i - x), reach);
  for (let i = first; i < first + span; i += 1) {
    const w = weightAt(i);
    weights += w;
    meanX += w * i;
    meanY += w * values[i]!;
  }
  if (weights <= 0) return values[Math.max(0, Math.min(n - 1, Math.round(x)))]!;
  meanX /= weights;
  meanY /= weights;
  if (degree === 0) return meanY;
  let square = 0;
  let cross = 0;
  for (let i = first; i < first + span; i += 1) {
    const w = weightAt(i);
    square += w * (i - meanX) * (i - meanX);
    cross += w * (i - meanX) * (values[i]! - meanY);
  }
  return square <= 1e-12 * weights ? meanY : meanY + ((x - meanX) * cross) / square;
}

function tricube(distance: number, reach: number): number {
  if (reach <= 0 || distance <= 0.001 * reach) return 1;
  if (distance >= 0.999 * reach) return 0;
  const share = distance / reach;
  const c = 1 - share * share * share;
  return c * c * c;
}
