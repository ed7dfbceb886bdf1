/**
 * Share of the time after the start-up that every router spends on each next hop: of all that its table listed, and
 * of those that the recording or a run used. The second leaves out the many that nobody ever chose.
 */
import { mean } from '@/engine/kernel';
import type { LabScenario } from '../lab';
import { measureOf, type Comparison, type Measure } from './measure';
import type { ObservedRun, RouteSeries } from './observed-run';
import { warmSeconds, type Span } from './phases';

const TOLERANCE = 0.15;
const BAR = 0.9;

export function compareShares(scenario: LabScenario, recorded: ObservedRun, twins: readonly ObservedRun[]): Measure[] {
  const listed: Comparison[] = [];
  const used: Comparison[] = [];
  const span = { from: warmSeconds(scenario), to: scenario.duration };
  for (const key of recorded.routes.keys()) {
    const mine = sharesIn(recorded, key, span);
    const theirs = twins.map((twin) => sharesIn(twin, key, span));
    const chosen = new Set([...mine.keys(), ...theirs.flatMap((shares) => [...shares.keys()])]);
    for (const hop of new Set([...chosen, ...(recorded.candidates.get(key) ?? [])])) {
      const expected = mean(theirs.map((shares) => shares.get(hop) ?? 0));
      const share = mine.get(hop) ?? 0;
      const what = `${scenario.name}: ${key.replace('|', '→')} via ${hop ?? 'none'}`;
      const comparison = { what, recorded: share, lower: expected - TOLERANCE, upper: expected + TOLERANCE, held: Math.abs(share - expected) <= TOLERANCE };
      listed.push(comparison);
      if (chosen.has(hop)) used.push(comparison);
    }
  }
  return [measureOf('share of time per next hop listed', 'shares', BAR, listed), measureOf('share of time per next hop used', 'shares', BAR, used)];
}

/** Next hop (null for none) → share of the router's samples in the span. */
function sharesIn(run: ObservedRun, key: string, { from, to }: Span): Map<string | null, number> {
  const times = run.sampleTimes.get(key.slice(0, key.indexOf('|'))) ?? [];
  const series: RouteSeries | undefined = run.routes.get(key);
  const counts = new Map<string | null, number>();
  let total = 0;
  times.forEach((t, i) => {
    if (t < from || t >= to) return;
    const hop = series?.hops[i] ?? null;
    counts.set(hop, (counts.get(hop) ?? 0) + 1);
    total += 1;
  });
  for (const [hop, count] of counts) counts.set(hop, count / total);
  return counts;
}
