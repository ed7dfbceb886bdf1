/** What one run showed, recorded or simulated, in the shape the comparisons ask for. */
import type { LabRecord, PingRecord } from '../lab';

/** One value per table sample; `hop` is null and `metric` 0 while the router had no route. */
export type RouteSeries = { readonly times: number[]; readonly hops: (string | null)[]; readonly metrics: number[] };
export type LinkSeries = { readonly times: number[]; readonly metrics: number[] };

export type ObservedRun = {
  readonly sampleSeconds: number;
  /** Times at which each router's table was read. */
  readonly sampleTimes: Map<string, number[]>;
  /** `router|originator` → route in use. */
  readonly routes: Map<string, RouteSeries>;
  /** `router|originator` → every next hop that its table listed, used or not. */
  readonly candidates: Map<string, Set<string>>;
  /** `router|neighbour` → metric of the neighbour's own OGMs heard straight, where listed. */
  readonly links: Map<string, LinkSeries>;
  readonly pings: PingRecord[];
};

/** `sampleSeconds`: times are rounded to it, because reading the tables of many nodes takes some milliseconds. */
export const observedRun = (sampleSeconds: number): ObservedRun => ({ sampleSeconds, sampleTimes: new Map(), routes: new Map(), candidates: new Map(), links: new Map(), pings: [] });

/** Adds one record; records of one router must come in order of time. */
export function observe(run: ObservedRun, record: LabRecord): void {
  if (record.k === 'ping') run.pings.push(record);
  if (record.k !== 'orig') return;
  const times = entry(run.sampleTimes, record.n, () => []);
  const t = Math.round(Math.round(record.t / run.sampleSeconds) * run.sampleSeconds * 1_000) / 1_000;
  times.push(t);
  for (const [originator, hop, metric, , best] of record.r) {
    entry(run.candidates, `${record.n}|${originator}`, () => new Set<string>()).add(hop);
    if (best === 1) addRoute(run, record.n, originator, { hop, metric, sample: times.length - 1, t });
    if (originator !== hop) continue;
    const link = entry(run.links, `${record.n}|${originator}`, (): LinkSeries => ({ times: [], metrics: [] }));
    link.times.push(t);
    link.metrics.push(metric);
  }
}

type Seen = { readonly hop: string; readonly metric: number; readonly sample: number; readonly t: number };

function addRoute(run: ObservedRun, router: string, originator: string, { hop, metric, sample, t }: Seen): void {
  const series = entry(run.routes, `${router}|${originator}`, (): RouteSeries => ({ times: [], hops: [], metrics: [] }));
  const times = run.sampleTimes.get(router)!;
  for (let i = series.times.length; i < sample; i += 1) push(series, times[i]!, null, 0);
  push(series, t, hop, metric);
}

function push(series: RouteSeries, t: number, hop: string | null, metric: number): void {
  series.times.push(t);
  series.hops.push(hop);
  series.metrics.push(metric);
}

/** The route at a sample; null past the last time the originator was listed. */
export const hopAt = (series: RouteSeries | undefined, sample: number): string | null => series?.hops[sample] ?? null;

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
