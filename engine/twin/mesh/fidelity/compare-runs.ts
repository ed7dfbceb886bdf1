/** Everything that one recording can be asked about a set of simulated runs of its scenario. */
import type { LabScenario } from '../lab';
import { compareFailures } from './compare-failures';
import { compareMetrics } from './compare-metrics';
import { comparePings } from './compare-pings';
import { compareShares } from './compare-shares';
import { compareSwitches } from './compare-switches';
import { compareThroughput } from './compare-throughput';
import type { Measure } from './measure';
import type { ObservedRun } from './observed-run';

export function compareRuns(scenario: LabScenario, recorded: ObservedRun, twins: readonly ObservedRun[]): Measure[] {
  return [compareMetrics, compareSwitches, compareShares, comparePings, compareFailures, compareThroughput].flatMap((compare) => compare(scenario, recorded, twins)).filter((measure) => measure.total > 0);
}
