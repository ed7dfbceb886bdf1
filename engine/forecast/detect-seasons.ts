/**
 * Season lengths when nobody names them: of the usual ones (a day of hours, a week of days, a year of
 * months …) those at which the changes of the series repeat themselves. At most two: a short one and a
 * longer multiple that repeats clearly better.
 */
import { autocorrelation } from './classical-decomposition';
import { fillGaps } from './fill-gaps';

const USUAL = [4, 7, 12, 24, 48, 52, 60, 96, 144, 168, 288, 336, 672, 1_008, 1_440, 2_016];
/** Autocorrelation of the changes from which on a season is believed. */
const LEAST = 0.3;

export function detectSeasons(values: Float64Array): number[] {
  const lengths = USUAL.filter((season) => values.length >= 3 * season);
  const longest = lengths[lengths.length - 1];
  if (longest === undefined) return [];
  const complete = fillGaps({ values, seasons: [] });
  const repeats = autocorrelation(complete.subarray(1).map((value, t) => value - complete[t]!), longest + 1);
  const peaks = lengths.filter((season) => repeats[season]! > LEAST && repeats[season]! >= repeats[season - 1]! && repeats[season]! >= repeats[season + 1]!);
  const strongest = Math.max(0, ...peaks.map((season) => repeats[season]!));
  const short = peaks.find((season) => repeats[season]! >= 0.75 * strongest);
  if (short === undefined) return [];
  const long = peaks.filter((season) => season > short && season % short === 0 && repeats[season]! > repeats[short]! + 0.02).sort((x, y) => repeats[y]! - repeats[x]! || x - y)[0];
  return long === undefined ? [short] : [short, long];
}
