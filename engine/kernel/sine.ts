/**
 * Sine of a full-turn angle from + − × ÷ only (see math.ts for why): reduce to a quarter turn, then the
 * Taylor series to x^21, whose rest is below 2e-18 there.
 */
const TAU = 6.283185307179586;

/** sin(2π·turns). NaN for non-finite input. */
export function sineOfTurns(turns: number): number {
  let t = turns - Math.round(turns); // [-0.5, 0.5]
  if (t > 0.25) t = 0.5 - t;
  else if (t < -0.25) t = -0.5 - t;
  const x = t * TAU;
  const z = x * x;
  const sine = x * (1 - (z / 6) * (1 - (z / 20) * (1 - (z / 42) * (1 - (z / 72) * (1 - (z / 110) * (1 - (z / 156) * (1 - (z / 210) * (1 - (z / 272) * (1 - (z / 342) * (1 - z / 420))))))))));
  return Math.min(1, Math.max(-1, sine)); // the last rounding may step over
}
