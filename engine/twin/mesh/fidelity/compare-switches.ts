/**
 * When routes change after a cut, a failure or a repair. Watched are the routes that ran over what failed
 * (followed hop by hop in the recording), and after a repair those that had run over it before. Times are those
 * of the first table sample that shows the change; a run that started on another way is left out of the band.
 */
import type { LabEvent, LabScenario } from '../lab';
import { measureOf, type Comparison, type Measure } from './measure';
import { hopAt, type ObservedRun } from './observed-run';
import { componentOf, placeOf, watchedUntil } from './phases';

const BAR = 0.9;
const RUNS_MIN = 5;
const LOWER = 0.025;
const UPPER = 0.975;

type Watch = { readonly router: string; readonly target: string; readonly event: LabEvent; readonly until: number };

export function compareSwitches(scenario: LabScenario, recorded: ObservedRun, twins: readonly ObservedRun[]): Measure[] {
  const out: Comparison[] = [];
  for (const event of scenario.events) {
    const failure = failureOf(scenario, event);
    if (failure === null) continue;
    const until = watchedUntil(scenario, event);
    for (const { router, target } of routesOver(scenario, recorded, failure)) {
      const watch = { router, target, event, until };
      out.push(...(failure === event ? compareLeaving(watch, recorded, twins, scenario) : compareReturn(watch, failure, recorded, twins, scenario)));
    }
  }
  return [measureOf('time of next-hop change after an event', 'changes', BAR, out)];
}

/** The event itself when it breaks something; the break it repairs; null for other events. */
function failureOf(scenario: LabScenario, event: LabEvent): LabEvent | null {
  if (event.type === 'link_cut' || event.type === 'carrier_down' || event.type === 'node_down') return event;
  const breaks = (earlier: LabEvent) =>
    earlier.t < event.t &&
    ((event.type === 'link_restore' && earlier.type === 'link_cut' && earlier.a === event.a && earlier.b === event.b) ||
      (event.type === 'carrier_up' && earlier.type === 'carrier_down' && earlier.a === event.a && earlier.b === event.b) ||
      (event.type === 'node_up' && earlier.type === 'node_down' && earlier.node === event.node && event.reboot !== true));
  return scenario.events.filter(breaks).at(-1) ?? null;
}

const nodeOf = (name: string) => name.split('>')[0]!;

/** Pairs whose recorded route ran over what failed, just before it did. */
function routesOver(scenario: LabScenario, recorded: ObservedRun, failure: LabEvent): { router: string; target: string }[] {
  const near = [...componentOf(scenario, placeOf(failure))];
  const pairs = near.flatMap((router) => near.filter((target) => target !== router).map((target) => ({ router, target })));
  return pairs.filter(({ router, target }) => {
    const path = pathAt(recorded, router, target, failure.t);
    if ('node' in failure) return path.slice(1, -1).includes(failure.node);
    return path.some((hop, i) => i > 0 && ((path[i - 1] === failure.a && hop === failure.b) || (path[i - 1] === failure.b && hop === failure.a)));
  });
}

function pathAt(run: ObservedRun, router: string, target: string, t: number): string[] {
  const path = [router];
  for (let at = router; at !== target && path.length < 60; ) {
    const hop = hopAt(run.routes.get(`${at}|${target}`), sampleBefore(run, at, t));
    if (hop === null || path.includes(nodeOf(hop))) return [];
    at = nodeOf(hop);
    path.push(at);
  }
  return path;
}

function sampleBefore(run: ObservedRun, router: string, t: number): number {
  const times = run.sampleTimes.get(router) ?? [];
  let sample = -1;
  while (sample + 1 < times.length && times[sample + 1]! <= t) sample += 1;
  return sample;
}

/** Seconds from `since` to the first sample at which `arrived` holds; Infinity when it never does. */
function waitFor(run: ObservedRun, { router, target, until }: Watch, since: number, arrived: (hop: string | null) => boolean): number {
  const series = run.routes.get(`${router}|${target}`);
  const times = run.sampleTimes.get(router) ?? [];
  for (let i = sampleBefore(run, router, since) + 1; i < times.length && times[i]! < until; i += 1) if (arrived(hopAt(series, i))) return Math.round((times[i]! - since) * 1_000) / 1_000;
  return Infinity;
}

function compareLeaving(watch: Watch, recorded: ObservedRun, twins: readonly ObservedRun[], scenario: LabScenario): Comparison[] {
  const { event, router, target } = watch;
  const before = (run: ObservedRun) => hopAt(run.routes.get(`${router}|${target}`), sampleBefore(run, router, event.t));
  const hop = before(recorded);
  const leaves = (run: ObservedRun) => waitFor(run, watch, event.t, (now) => now !== hop);
  return judge(watch, 'leaves', leaves(recorded), twins.filter((twin) => before(twin) === hop).map(leaves), scenario);
}

function compareReturn(watch: Watch, failure: LabEvent, recorded: ObservedRun, twins: readonly ObservedRun[], scenario: LabScenario): Comparison[] {
  const { event, router, target } = watch;
  const at = (run: ObservedRun, t: number) => hopAt(run.routes.get(`${router}|${target}`), sampleBefore(run, router, t));
  const home = at(recorded, failure.t);
  const away = at(recorded, event.t);
  if (home === away) return [];
  const returns = (run: ObservedRun) => waitFor(run, watch, event.t, (now) => now === home);
  return judge(watch, 'returns', returns(recorded), twins.filter((twin) => at(twin, event.t) === away).map(returns), scenario);
}

/** A time says only that the change fell into the sampling step before it, so the band is widened by less than a step. */
function judge({ event, router, target }: Watch, verb: string, recorded: number, twins: readonly number[], scenario: LabScenario): Comparison[] {
  if (twins.length < RUNS_MIN || (recorded === Infinity && twins.every((t) => t === Infinity))) return [];
  const lower = orderQuantile(twins, LOWER);
  const upper = orderQuantile(twins, UPPER);
  const inBand = recorded > lower - scenario.sampleEvery && (recorded < upper + scenario.sampleEvery || upper === Infinity);
  return [{ what: `${scenario.name}: ${router}→${target} ${verb} after ${event.type} at ${event.t} s`, recorded, lower, upper, held: inBand }];
}

/** Quantile as an order statistic, rounded outwards: few runs must not make the band narrower than it is. Infinity (never) is a value. */
function orderQuantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((x, y) => x - y);
  const rank = q * (sorted.length - 1);
  return sorted[q < 0.5 ? Math.floor(rank) : Math.ceil(rank)]!;
}
