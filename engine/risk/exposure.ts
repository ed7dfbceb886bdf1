/**
 * Risk from many seeds of one scenario. The whole distribution of the loss is kept: its mean, its tail and
 * the chance of any loss at all, because probability × mean impact hides the run that hurts.
 */
import { invariant, mean, sampleQuantile } from '@/engine/kernel';
import type { HeatMapCell } from './heat-map';

export type Share = { readonly share: number; readonly lower: number; readonly upper: number; readonly level: number; readonly runs: number };

/** Wilson's interval of a proportion: honest at 0 of n and n of n, where the textbook one has no width. */
export function proportion(hits: number, runs: number, level: 0.8 | 0.9 | 0.95 | 0.99 = 0.95): Share {
  invariant(runs > 0 && hits >= 0 && hits <= runs, '0 ≤ hits ≤ runs, at least one run');
  const z = { 0.8: 1.2815515655, 0.9: 1.6448536270, 0.95: 1.9599639845, 0.99: 2.5758293035 }[level];
  const p = hits / runs;
  const centre = (p + (z * z) / (2 * runs)) / (1 + (z * z) / runs);
  const half = (z / (1 + (z * z) / runs)) * Math.sqrt((p * (1 - p)) / runs + (z * z) / (4 * runs * runs));
  return { share: p, lower: hits === 0 ? 0 : Math.max(0, centre - half), upper: hits === runs ? 1 : Math.min(1, centre + half), level, runs };
}

export type Exposure = {
  /** Chance that a run loses anything. */
  readonly probability: Share;
  readonly lossMean: number;
  readonly lossMedian: number;
  readonly lossP95: number;
  /** Mean of the worst twentieth of the runs (at least one). */
  readonly lossTail: number;
  readonly lossMax: number;
  readonly runs: number;
};

/** `losses` holds one number per run, in any unit (failed requests, seconds missed, dollars), never negative. */
export function exposureOf(losses: readonly number[]): Exposure {
  invariant(losses.length > 0, 'exposure needs at least one run');
  const worst = [...losses].sort((x, y) => y - x).slice(0, Math.max(1, Math.ceil(losses.length / 20)));
  return {
    probability: proportion(losses.filter((loss) => loss > 0).length, losses.length),
    lossMean: mean(losses),
    lossMedian: sampleQuantile(losses, 0.5),
    lossP95: sampleQuantile(losses, 0.95),
    lossTail: mean(worst),
    lossMax: worst[0]!,
    runs: losses.length,
  };
}

export type ComponentRisk = { readonly kind: HeatMapCell['kind']; readonly component: string; readonly worstBucket: number; readonly riskShareMax: number; readonly riskShareMean: number };

/** Components by their worst bucket, most at risk first. */
export function rankComponents(cells: readonly HeatMapCell[]): ComponentRisk[] {
  const groups = new Map<string, HeatMapCell[]>();
  for (const cell of cells) groups.set(`${cell.kind}\0${cell.component}`, [...(groups.get(`${cell.kind}\0${cell.component}`) ?? []), cell]);
  return [...groups.values()]
    .map((group) => {
      const worst = group.reduce((most, cell) => (cell.riskShare > most.riskShare ? cell : most));
      const seconds = group.reduce((sum, cell) => sum + cell.secondsObserved, 0);
      return { kind: worst.kind, component: worst.component, worstBucket: worst.bucket, riskShareMax: worst.riskShare, riskShareMean: group.reduce((sum, cell) => sum + cell.riskShare * cell.secondsObserved, 0) / seconds };
    })
    .sort((x, y) => y.riskShareMax - x.riskShareMax || y.riskShareMean - x.riskShareMean || (`${x.kind} ${x.component}` < `${y.kind} ${y.component}` ? -1 : 1));
}
