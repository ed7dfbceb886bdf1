/** BATMAN_V: throughput of routes, which does not depend on chance where no frame is lost. */
import type { LabScenario } from '../lab';
import { measureOf, type Comparison, type Measure } from './measure';
import type { ObservedRun, RouteSeries } from './observed-run';
import { componentOf, phases, type Span } from './phases';

/** After a change the average needs this long to settle (weight 1/8, every 0.5 s). */
const SETTLE_SECONDS = 30;
const BAR = 1;

export function compareThroughput(scenario: LabScenario, recorded: ObservedRun, twins: readonly ObservedRun[]): Measure[] {
  if (scenario.algo !== 'BATMAN_V') return [];
  const spans = phases(scenario).map(({ from, to }, i) => ({ from: i === 0 ? from : from + SETTLE_SECONDS, to }));
  const out: Comparison[] = [];
  for (const [key, series] of recorded.routes) {
    const router = key.slice(0, key.indexOf('|'));
    if (!isLossFree(scenario, router)) continue;
    for (const span of spans) {
      const mine = settledIn(series, span);
      if (mine === null) continue;
      const theirs = twins.map((twin) => settledIn(twin.routes.get(key), span));
      const agrees = theirs.every((value) => value === mine);
      const other = theirs.find((value) => value !== mine) ?? mine;
      out.push({ what: `${scenario.name}: ${key.replace('|', '→')} from ${span.from} s`, recorded: mine, lower: Math.min(mine, other), upper: Math.max(mine, other), held: agrees });
    }
  }
  return [measureOf('BATMAN_V throughput, kbit/s', 'routes', BAR, out)];
}

function isLossFree(scenario: LabScenario, router: string): boolean {
  const near = componentOf(scenario, router);
  return scenario.links.every(({ a, loss }) => !near.has(a) || (loss[0] === 0 && loss[1] === 0));
}

/** The value shown throughout the second half of a span; null when it moves. */
function settledIn(series: RouteSeries | undefined, { from, to }: Span): number | null {
  if (series === undefined) return null;
  const values = new Set(series.metrics.filter((_, i) => series.times[i]! >= (from + to) / 2 && series.times[i]! < to));
  return values.size === 1 ? [...values][0]! : null;
}
