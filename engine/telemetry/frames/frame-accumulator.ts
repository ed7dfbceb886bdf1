/**
 * Scrapes in, frames out, one after another, in bounded memory: the same code turns a recording and a live
 * system into frames.
 *
 * The window of a frame is the time since the last scrape that measured anything. Rates, means and latency
 * quantiles are those of the requests that ended in it, so frames add up (the sum of rate × window is the
 * counter's increase) and mean the same as a simulated second. Longer windows are the reader's choice. Only
 * the last value of a series is kept.
 *
 * Counters follow Prometheus: a fall is a restart from zero, a stale series starts anew without a rate. A
 * counter that appears while its process already exposed others of its family began at zero, because client
 * libraries create label sets on first use.
 */
import { timeUs, US_PER_SECOND } from '@/engine/kernel';
import type { Frame, FrameSource } from '../frame';
import type { TelemetryColumns } from '../recording/columns';
import type { SystemHints } from '../recording/manifest';
import { countRequests } from './host/count-requests';
import { hostSampleOf } from './host/host-sample-of';
import { clearHostWindow, type HostWindow } from './host/host-window';
import { clearNodeWindow, nodeSample, type NodeWindow } from './node-window';
import { CLIENT_SERVICE } from './series-role';
import { clearServiceWindow, serviceSample, type ServiceWindow } from './service-window';
import { addSample, FORGET_SCRAPES, nodeOf, STALE_SCRAPES, trackSeries, type FamilySeen, type TrackedSeries } from './tracked-series';

export type FrameAccumulator = {
  readonly source: FrameSource;
  readonly hints: SystemHints;
  readonly scrapeUs: number;
  readonly tracked: Map<string, TrackedSeries>;
  readonly families: Map<string, FamilySeen>;
  readonly services: Map<string, ServiceWindow>;
  readonly nodes: Map<string, NodeWindow>;
  /** Hosts as seen from inside. */
  readonly hosts: Map<string, HostWindow>;
  scrape: number;
  /** Whether the open scrape holds a sample, and when the last one that did was closed. */
  open: boolean;
  measuredAtUs: number;
  /** Series that could have told something but came after a limit. */
  refusedSeries: number;
};

export type AccumulatorOptions = { readonly source: FrameSource; readonly scrapeSeconds: number; readonly hints: SystemHints };

export const frameAccumulator = ({ source, scrapeSeconds, hints }: AccumulatorOptions): FrameAccumulator => ({
  source,
  hints,
  scrapeUs: Math.max(1, Math.round(scrapeSeconds * US_PER_SECOND)),
  tracked: new Map(),
  families: new Map(),
  services: new Map(),
  nodes: new Map(),
  hosts: new Map(),
  scrape: 0,
  open: false,
  measuredAtUs: -Infinity,
  refusedSeries: 0,
});

/**
 * Adds what one target of the open scrape exposed. Samples that are not finite are left out: their quantity
 * stays null. A target that did not answer adds nothing.
 */
export function addSamples(accumulator: FrameAccumulator, atUs: number, samples: TelemetryColumns): void {
  const { signal, labels, value } = samples;
  for (let row = 0; row < samples.rows; row += 1) {
    if (!Number.isFinite(value[row]!)) continue;
    const series = trackSeries(accumulator, signal.dictionary[signal.keys[row]!]!, labels.dictionary[labels.keys[row]!]!);
    if (series !== null) addSample(accumulator, series, atUs, value[row]!);
  }
}

/** One whole scrape of a live system: the tables of all its targets in, its frame out. */
export function addScrape(accumulator: FrameAccumulator, atUs: number, targets: readonly TelemetryColumns[]): Frame {
  for (const samples of targets) addSamples(accumulator, atUs, samples);
  return closeScrape(accumulator, atUs);
}

/** Ends the scrape that is open: the frame of what was added since the last one. */
export function closeScrape(accumulator: FrameAccumulator, atUs: number): Frame {
  const sinceUs = atUs - accumulator.measuredAtUs;
  const windowUs = accumulator.open && sinceUs > 0 && sinceUs <= STALE_SCRAPES * accumulator.scrapeUs ? sinceUs : accumulator.scrapeUs;
  const services = orderedServices(accumulator);
  const hosts = ordered([...accumulator.hosts.values()], (window) => window.host, accumulator.hints.nodes.map((node) => node.name)).flatMap((window) => hostSampleOf(window, atUs, windowUs) ?? []);
  const samples = services.map(serviceSample);
  const counted = countRequests(hosts, samples);
  const frame: Frame = {
    atUs: timeUs(atUs),
    windowUs: timeUs(windowUs),
    source: accumulator.source,
    services: samples,
    nodes: orderedNodes(accumulator).flatMap((node) => nodeSample(node, replicasOn(node, services)) ?? []),
    mesh: null,
    ...(counted.length === 0 ? {} : { hosts: counted }),
    usdPerHour: usdPerHour(accumulator),
    watts: null,
  };
  for (const service of services) clearServiceWindow(service);
  for (const node of accumulator.nodes.values()) clearNodeWindow(node);
  for (const host of accumulator.hosts.values()) clearHostWindow(host);
  if (accumulator.open) accumulator.measuredAtUs = atUs;
  accumulator.open = false;
  accumulator.scrape += 1;
  if (accumulator.scrape % FORGET_SCRAPES === 0) forgetOld(accumulator, atUs);
  return frame;
}

const byText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);

const replicasOn = (node: NodeWindow, services: readonly ServiceWindow[]) => services.filter((s) => node.hintedServices.includes(s.service)).flatMap((s) => [...s.replicas].sort(byText));

/** The client first, then as hinted, then by name: the order of arrival must not show. */
function orderedServices(accumulator: FrameAccumulator): ServiceWindow[] {
  const hinted = [CLIENT_SERVICE, ...accumulator.hints.services.map((service) => service.name)];
  const seen = [...accumulator.services.values()].filter((window) => window.seen);
  return ordered(seen, (window) => window.service, hinted);
}

function orderedNodes(accumulator: FrameAccumulator): NodeWindow[] {
  const hinted = accumulator.hints.nodes.map((node) => node.name);
  for (const name of hinted) nodeOf(accumulator, name);
  return ordered([...accumulator.nodes.values()], (window) => window.node, hinted);
}

function ordered<W>(windows: W[], nameOf: (window: W) => string, hinted: readonly string[]): W[] {
  const place = (window: W) => (hinted.includes(nameOf(window)) ? hinted.indexOf(nameOf(window)) : hinted.length);
  return windows.sort((x, y) => place(x) - place(y) || byText(nameOf(x), nameOf(y)));
}

/** Measured prices, else the hinted ones if every hinted node has one and anything was seen at all. */
function usdPerHour(accumulator: FrameAccumulator): number | null {
  const measured = [...accumulator.nodes.values()].flatMap((node) => node.sums.get('price') ?? []);
  if (measured.length > 0) return measured.reduce((sum, price) => sum + price, 0);
  const hinted = accumulator.hints.nodes.map((node) => node.usdPerHour);
  const somethingSeen = [...accumulator.services.values()].some((service) => service.sums.size > 0);
  if (hinted.length === 0 || !somethingSeen) return null;
  return hinted.reduce<number | null>((sum, price) => (sum === null || price === null ? null : sum + price), 0);
}

function forgetOld(accumulator: FrameAccumulator, atUs: number): void {
  const oldest = atUs - FORGET_SCRAPES * accumulator.scrapeUs;
  for (const [key, series] of accumulator.tracked) if (series.atUs < oldest) accumulator.tracked.delete(key);
  for (const [key, family] of accumulator.families) if (family.atUs < oldest) accumulator.families.delete(key);
}
