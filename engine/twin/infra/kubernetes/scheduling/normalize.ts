/**
 * Upstream's default normalisation: the largest raw score becomes `max`, the others in proportion, truncated;
 * `reverse` turns the scale around. With nothing above 0 the list stays, or is all `max` when reversed.
 */
export function normalizeScores(raw: readonly number[], max: number, reverse: boolean): readonly number[] {
  let largest = 0;
  for (const score of raw) if (score > largest) largest = score;
  if (largest === 0) return reverse ? raw.map(() => max) : raw;
  return raw.map((score) => {
    const scaled = Math.trunc((max * score) / largest);
    return reverse ? max - scaled : scaled;
  });
}
