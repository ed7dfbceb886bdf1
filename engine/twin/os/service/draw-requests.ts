/**
 * Requests as the laboratory's load generator draws them: mulberry32, a Poisson process by thinning or a steady
 * rhythm, then the work of every station. A scenario without recorded inputs gives the requests its recording would have.
 */
import { drawWorkMs, exponentialOf, mulberry32 } from '../cpu/lab/lab-arrivals';
import type { WorkDistribution } from '../cpu/lab';

export type RateProfile = readonly (readonly [atS: number, rps: number])[];
export type RequestPlan = { readonly profile: RateProfile; readonly durationS: number; readonly arrival: 'poisson' | 'const'; readonly works: readonly WorkDistribution[]; readonly seed: number };
export type DrawnRequest = { readonly atUs: number; readonly worksUs: readonly number[] };

const REQUESTS_MAX = 5_000_000;

export function drawRequests({ profile, durationS, arrival, works, seed }: RequestPlan): DrawnRequest[] {
  const unit = mulberry32(seed);
  const peak = Math.max(...profile.map(([, rps]) => rps));
  const drawn: DrawnRequest[] = [];
  if (!(peak > 0)) return drawn;
  for (let atS = 0; drawn.length < REQUESTS_MAX; ) {
    atS += arrival === 'const' ? 1 / Math.max(1e-6, rateOf(profile, atS)) : exponentialOf(unit, 1 / peak);
    if (atS >= durationS) break;
    if (arrival !== 'const' && unit() * peak > rateOf(profile, atS)) continue;
    drawn.push({ atUs: Math.round(atS * 1e6), worksUs: works.map((work) => Math.round(drawWorkMs(unit, work) * 1_000)) });
  }
  return drawn;
}

/** Straight lines between the corners of the profile. */
export function rateOf(profile: RateProfile, atS: number): number {
  let i = 0;
  while (i < profile.length - 2 && profile[i + 1]![0] <= atS) i += 1;
  const [fromS, from] = profile[i]!;
  const [toS, to] = profile[i + 1] ?? profile[i]!;
  return toS > fromS ? from + (to - from) * Math.min(1, Math.max(0, (atS - fromS) / (toS - fromS))) : to;
}
