/**
 * What a dead router leaves behind, exact to the sampling step: its last TQ stays frozen, its entries vanish
 * with the purge, and after a reboot its neighbours follow the fresh sequence numbers at once.
 */
import type { LabEvent, LabScenario } from '../lab';
import { measureOf, type Comparison, type Measure } from './measure';
import type { ObservedRun, RouteSeries } from './observed-run';
import { componentOf, watchedUntil } from './phases';

/** OGMs already on their way still arrive. */
const IN_FLIGHT_SECONDS = 2;
const PURGE_SECONDS = 200;
const BAR = 1;

type Down = LabEvent & { readonly type: 'node_down'; readonly node: string };

export function compareFailures(scenario: LabScenario, recorded: ObservedRun, twins: readonly ObservedRun[]): Measure[] {
  const downs = scenario.events.filter((event): event is Down => event.type === 'node_down');
  return [
    measureOf('dead router: TQ frozen until purge', 'tables', BAR, downs.flatMap((down) => watch(scenario, down, recorded, twins, frozenValues, 0))),
    measureOf('dead router: seconds until purged', 'tables', BAR, downs.filter((down) => watchedUntil(scenario, down) - down.t > PURGE_SECONDS + IN_FLIGHT_SECONDS).flatMap((down) => watch(scenario, down, recorded, twins, goneAfter, scenario.sampleEvery))),
    measureOf('reboot: seconds until neighbours follow', 'tables', BAR, reboots(scenario, recorded, twins)),
  ];
}

type Reading = (series: RouteSeries, down: Down, until: number) => number;

/** Direct neighbours of the dead router: others may still learn another way to it. */
function watch(scenario: LabScenario, down: Down, recorded: ObservedRun, twins: readonly ObservedRun[], read: Reading, tolerance: number): Comparison[] {
  const until = watchedUntil(scenario, down);
  const near = [...componentOf(scenario, down.node)].filter((node) => node !== down.node);
  return near.flatMap((node) => {
    const series = recorded.routes.get(`${node}|${down.node}`);
    const theirs = twins.flatMap((twin) => twin.routes.get(`${node}|${down.node}`) ?? []).map((twin) => read(twin, down, until));
    return series === undefined || theirs.length === 0 ? [] : [between(`${scenario.name}: ${node}→${down.node} after ${down.t} s`, read(series, down, until), theirs, tolerance)];
  });
}

function between(what: string, recorded: number, theirs: readonly number[], tolerance: number): Comparison {
  const lower = theirs.reduce((x, y) => (y < x ? y : x), Infinity) - tolerance;
  const upper = theirs.reduce((x, y) => (y > x ? y : x), -Infinity) + tolerance;
  return { what, recorded, lower, upper, held: recorded >= lower && recorded <= upper };
}

/** Number of different TQ values shown while the router is dead and not yet purged. */
const frozenValues: Reading = ({ times, metrics, hops }, { t }, until) => {
  const last = Math.min(until, t + PURGE_SECONDS - IN_FLIGHT_SECONDS);
  return new Set(metrics.filter((_, i) => hops[i] !== null && times[i]! > t + IN_FLIGHT_SECONDS && times[i]! < last)).size;
};

/** Seconds from the failure to the first sample that no longer lists the router. */
const goneAfter: Reading = ({ times, hops }, { t }, until) => {
  const shown = times.findLastIndex((time, i) => time < until && hops[i] !== null);
  return shown < 0 ? 0 : Math.round((times[shown]! - t) * 1_000) / 1_000;
};

/** From the reboot to the first sample in which a neighbour's frozen TQ has moved. */
function reboots(scenario: LabScenario, recorded: ObservedRun, twins: readonly ObservedRun[]): Comparison[] {
  const out: Comparison[] = [];
  for (const event of scenario.events) {
    if (event.type !== 'node_up' || event.reboot !== true) continue;
    for (const { a, b } of scenario.links) {
      const neighbour = a === event.node ? b : b === event.node ? a : null;
      if (neighbour === null) continue;
      const key = `${neighbour}|${event.node}`;
      const moves = (run: ObservedRun) => movesAfter(run.links.get(key), event.t);
      out.push(between(`${scenario.name}: ${neighbour}←${event.node} after ${event.t} s`, moves(recorded), twins.map(moves), scenario.sampleEvery));
    }
  }
  return out;
}

function movesAfter(series: { readonly times: readonly number[]; readonly metrics: readonly number[] } | undefined, t: number): number {
  if (series === undefined) return Infinity;
  const before = series.metrics[series.times.findLastIndex((time) => time <= t)];
  const moved = series.times.findIndex((time, i) => time > t && series.metrics[i] !== before);
  return moved < 0 ? Infinity : Math.round((series.times[moved]! - t) * 1_000) / 1_000;
}
