/** Energy of a history bucket by bucket, and what it costs the climate on a grid; a bucket without a power model has neither. */
import { carbonKg, gridOf, meanGrams } from '@/engine/cost';
import type { CarbonSpec } from '@/engine/twin';

export type EnergyBucket = { readonly fromSeconds: number; readonly kwh: number | null };
export type CarbonRow = { readonly fromSeconds: number; readonly kwh: number | null; readonly gramsPerKwh: number; readonly grams: number | null };

/** `kwh` is that of the machines; the overhead of the data centre comes on top once. */
export function carbonRows(buckets: readonly EnergyBucket[], bucketSeconds: number, carbon: CarbonSpec, zone: string): { readonly rows: readonly CarbonRow[]; readonly basis: string } {
  const grid = gridOf(carbon, zone);
  const rows = buckets.map(({ fromSeconds, kwh }): CarbonRow => {
    const gramsPerKwh = meanGrams(grid, fromSeconds, fromSeconds + bucketSeconds);
    const drawn = kwh === null ? null : kwh * (carbon.pue ?? 1);
    return { fromSeconds, kwh: drawn, gramsPerKwh, grams: drawn === null ? null : carbonKg(drawn, { gramsPerKwh }) * 1_000 };
  });
  return { rows, basis: grid.basis };
}
