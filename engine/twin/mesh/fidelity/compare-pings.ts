/**
 * Delivery of pings per pair and phase: within three percentage points of the simulated mean, or within what chance
 * does to so many pings. Where losses come in bursts, outages or changing routes, chance is more than binomial,
 * and the spread of the simulated runs says how much.
 */
import { mean, predictionInterval } from '@/engine/kernel';
import type { LabScenario } from '../lab';
import { measureOf, type Comparison, type Measure } from './measure';
import type { ObservedRun } from './observed-run';
import { phases, type Span } from './phases';

const TOLERANCE = 0.03;
const Z_99 = 2.5758;
const LEVEL = 0.99;
const BAR = 0.98;

export function comparePings(scenario: LabScenario, recorded: ObservedRun, twins: readonly ObservedRun[]): Measure[] {
  const out: Comparison[] = [];
  for (const span of phases(scenario))
    for (const { src, dst } of pairsOf(scenario)) {
      const mine = delivered(recorded, src, dst, span);
      if (mine.sent === 0) continue;
      const theirs = twins.map((twin) => delivered(twin, src, dst, span));
      const shares = theirs.filter((d) => d.sent > 0).map((d) => d.arrived / d.sent);
      const expected = mean(shares);
      const share = mine.arrived / mine.sent;
      const half = Math.max(TOLERANCE, Z_99 * Math.sqrt((expected * (1 - expected)) / mine.sent), predictionInterval(shares, LEVEL).upper - expected);
      out.push({ what: `${scenario.name}: ${src}→${dst} from ${span.from} s`, recorded: share, lower: expected - half, upper: expected + half, held: Math.abs(share - expected) <= half });
    }
  return [measureOf('ping delivery', 'pairs and phases', BAR, out)];
}

/** Two pings of one pair are told apart by nothing in their records; they are judged together. */
const pairsOf = ({ pings }: LabScenario) => pings.filter(({ src, dst }, i) => pings.findIndex((other) => other.src === src && other.dst === dst) === i);

function delivered(run: ObservedRun, src: string, dst: string, { from, to }: Span): { sent: number; arrived: number } {
  let sent = 0;
  let arrived = 0;
  for (const ping of run.pings) {
    if (ping.s !== src || ping.d !== dst || ping.t < from || ping.t >= to) continue;
    sent += ping.tx;
    arrived += ping.rx;
  }
  return { sent, arrived };
}
