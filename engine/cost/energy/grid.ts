/**
 * Grams per kWh over time for a place: a series that begins with the run and repeats, a stated figure, the table's figure
 * of its region, or the world's average. `basis` says which, because a bill in kilograms is worth as much as its factor.
 */
import type { CarbonSpec, GridSpec } from '@/engine/twin';
import { intensityOf, WORLD_AVERAGE } from './grid-intensities';

export type Grid = { readonly basis: string; readonly stepSeconds: number; readonly gramsPerKwh: readonly number[] };

const HOUR = 3_600;
const steady = (basis: string, grams: number): Grid => ({ basis, stepSeconds: HOUR, gramsPerKwh: [grams] });

/** The grid of a zone: its own, else that of the system, else what its name says, else the average. */
export function gridOf(carbon: CarbonSpec | undefined, zone: string): Grid {
  const own = carbon?.zones?.find((each) => each.zone === zone);
  return fromSpec(own) ?? fromSpec(carbon) ?? fromPlace(zone) ?? steady(`${WORLD_AVERAGE.place} (${WORLD_AVERAGE.source})`, WORLD_AVERAGE.gramsPerKwh);
}

function fromSpec(grid: GridSpec | undefined): Grid | null {
  if (grid?.series !== undefined) return { basis: 'series of the system', ...grid.series };
  if (grid?.gramsPerKwh !== undefined) return steady('figure of the system', grid.gramsPerKwh);
  return grid?.region === undefined ? null : fromPlace(grid.region);
}

function fromPlace(place: string): Grid | null {
  const known = intensityOf(place);
  return known === null ? null : steady(`${known.place} (${known.source})`, known.gramsPerKwh);
}

/** Mean grams per kWh between two seconds, exact where the series changes inside. */
export function meanGrams({ stepSeconds, gramsPerKwh }: Grid, fromSeconds: number, toSeconds: number): number {
  if (gramsPerKwh.length === 1) return gramsPerKwh[0]!;
  const at = (step: number) => gramsPerKwh[((step % gramsPerKwh.length) + gramsPerKwh.length) % gramsPerKwh.length]!;
  if (toSeconds <= fromSeconds) return at(Math.floor(fromSeconds / stepSeconds));
  let sum = 0;
  for (let from = fromSeconds; from < toSeconds; ) {
    const step = Math.floor(from / stepSeconds);
    const until = Math.min(toSeconds, (step + 1) * stepSeconds);
    sum += at(step) * (until - from);
    from = until;
  }
  return sum / (toSeconds - fromSeconds);
}
