/** Mean TQ per link and per route in calm stretches against the band of the simulated means. */
import { predictionInterval } from '@/engine/kernel';
import type { LabScenario } from '../lab';
import { measureOf, type Comparison, type Measure } from './measure';
import type { LinkSeries, ObservedRun } from './observed-run';
import { calmSpans, type Span } from './phases';

const LEVEL = 0.99;
const BAR = 0.95;
/** A series seen in fewer runs than this says nothing about a band. */
const RUNS_MIN = 5;
/** TQ is whole numbers; so narrow a difference is none. */
const HALF_STEP = 0.5;

export function compareMetrics(scenario: LabScenario, recorded: ObservedRun, twins: readonly ObservedRun[]): Measure[] {
  if (scenario.algo === 'BATMAN_V') return [];
  const spans = calmSpans(scenario);
  return [
    measureOf('link TQ, mean in calm stretches', 'series', BAR, spans.flatMap((span) => compareMaps(recorded.links, twins.map((twin) => twin.links), span, '<-'))),
    measureOf('route TQ, mean in calm stretches', 'series', BAR, spans.flatMap((span) => compareMaps(recorded.routes, twins.map((twin) => twin.routes), span, '→'))),
  ];
}

function compareMaps(recorded: ReadonlyMap<string, LinkSeries>, twins: readonly ReadonlyMap<string, LinkSeries>[], span: Span, arrow: string): Comparison[] {
  const out: Comparison[] = [];
  for (const [key, series] of recorded) {
    const mean = meanIn(series, span);
    if (mean === null) continue;
    const means = twins.map((twin) => meanIn(twin.get(key), span)).filter((m) => m !== null);
    if (means.length < RUNS_MIN) {
      out.push({ what: `${key.replace('|', arrow)} from ${span.from} s (seen in ${means.length} runs)`, recorded: mean, lower: NaN, upper: NaN, held: false });
      continue;
    }
    const band = predictionInterval(means, LEVEL);
    const lower = band.lower - HALF_STEP;
    const upper = band.upper + HALF_STEP;
    out.push({ what: `${key.replace('|', arrow)} from ${span.from} s`, recorded: mean, lower, upper, held: mean >= lower && mean <= upper });
  }
  return out;
}

/** Mean over the samples that listed it; null when none did. */
export function meanIn(series: LinkSeries | undefined, { from, to }: Span): number | null {
  if (series === undefined) return null;
  let sum = 0;
  let count = 0;
  series.times.forEach((t, i) => {
    if (t < from || t >= to) return;
    sum += series.metrics[i]!;
    count += 1;
  });
  return count === 0 ? null : sum / count;
}
