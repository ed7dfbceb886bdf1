/** The times of a scenario that may be compared: phases between events, calm stretches, and what an event touches. */
import type { LabEvent, LabScenario } from '../lab';

export type Span = { readonly from: number; readonly to: number };

/** Events this close together begin one phase. */
const ONE_MOMENT_SECONDS = 5;
/** BATMAN_IV forgets in 64 intervals; a hundred leave five values for the ring and some hops. */
const WARM_INTERVALS = 100;
const WARM_SECONDS_V = 30;
const CALM_SECONDS_MIN = 20;

export function warmSeconds(scenario: LabScenario): number {
  return scenario.algo === 'BATMAN_V' ? WARM_SECONDS_V : (WARM_INTERVALS * Number(scenario.settings.orig_interval ?? 1_000)) / 1_000;
}

/** Stretches between moments of events, the start-up left out. */
export function phases(scenario: LabScenario): Span[] {
  const moments: number[] = [];
  for (const { t } of scenario.events) if (moments.length === 0 || t - moments[moments.length - 1]! > ONE_MOMENT_SECONDS) moments.push(t);
  const edges = [...moments, scenario.duration];
  const warm = Math.min(warmSeconds(scenario), edges[0]!);
  return edges.map((to, i) => ({ from: i === 0 ? warm : edges[i - 1]!, to })).filter(({ from, to }) => to - from >= ONE_MOMENT_SECONDS);
}

/** Phases less the time that the windows need to forget what was before. */
export function calmSpans(scenario: LabScenario): Span[] {
  const warm = warmSeconds(scenario);
  const first = scenario.events[0]?.t ?? scenario.duration;
  return phases(scenario)
    .map(({ from, to }) => ({ from: from < first ? from : from + ONE_MOMENT_SECONDS + warm, to }))
    .filter(({ from, to }) => to - from >= CALM_SECONDS_MIN);
}

/** Nodes that hang together with a node, over all links of the scenario. */
export function componentOf(scenario: LabScenario, node: string): ReadonlySet<string> {
  const seen = new Set([node]);
  for (let before = 0; before !== seen.size; ) {
    before = seen.size;
    for (const { a, b } of scenario.links) {
      if (seen.has(a)) seen.add(b);
      if (seen.has(b)) seen.add(a);
    }
  }
  return seen;
}

export const placeOf = (event: LabEvent) => ('node' in event ? event.node : event.a);

/** Until when an event's effect can be watched: the next event in its component, or the end. */
export function watchedUntil(scenario: LabScenario, event: LabEvent): number {
  const near = componentOf(scenario, placeOf(event));
  return scenario.events.find((other) => other.t > event.t && near.has(placeOf(other)))?.t ?? scenario.duration;
}
