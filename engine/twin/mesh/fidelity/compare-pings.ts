/** Delivery of pings per pair and phase. */
import type { LabScenario } from '../lab';
import { measureOf, type Comparison, type Measure } from './measure';
import type { ObservedRun } from './observed-run';
import { phases, type Span } from './phases';

const TOLERANCE = 0.03;
const Z_99 = 2.5758;
const BAR = 1;

export function comparePings(scenario: LabScenario, recorded: ObservedRun, twins: readonly ObservedRun[]): Measure[] {
  const out: Comparison[] = [];
  for (const span of phases(scenario))
    for (const { src, dst } of scenario.pings) {
      const mine = delivered(recorded, src, dst, span);
      if (mine.sent === 0) continue;
      const theirs = twins.map((twin) => delivered(twin, src, dst, span));
      const expected = theirs.reduce((sum, d) => sum + d.arrived, 0) / theirs.reduce((sum, d) => sum + d.sent, 0);
      const share = mine.arrived / mine.sent;
      const half = Math.max(TOLERANCE, Z_99 * Math.sqrt((expected * (1 - expected)) / mine.sent));
      out.push({ what: `${src}→${dst} from ${span.from} s`, recorded: share, lower: expected - half, upper: expected + half, held: Math.abs(share - expected) <= half });
    }
  return [measureOf('ping delivery', 'pairs and phases', BAR, out)];
}

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
