/** The state that turns one series into its share of frames: its last value, and whose quantity it is. */
import { US_PER_SECOND } from '@/engine/kernel';
import { familyOf } from '../catalogue/catalogue';
import { parseLabels, type Labels } from '../series/labels';
import type { FrameAccumulator } from './frame-accumulator';
import { hostRole, type HostRole } from './host/host-role';
import { addHostGauge, addHostIncrease, hostWindow, registerRole, type HostWindow } from './host/host-window';
import { addNodeGauge, addNodeIncrease, isNodeCounter, nodeWindow, type NodeWindow } from './node-window';
import { seriesRole, type SeriesRole } from './series-role';
import { addServiceGauge, addServiceIncrease, bucketPlace, isServiceCounter, serviceWindow, type ServiceWindow } from './service-window';

/** A series whose last sample is older than this many scrapes is stale: its next sample starts anew. */
export const STALE_SCRAPES = 4;
/** Series not seen for this many scrapes are forgotten. */
export const FORGET_SCRAPES = 300;
const TRACKED_SERIES_MAX = 100_000;
/** Labels with endless values (a request id as `service`) must not become endless services, nodes or buckets. */
const SERVICES_MAX = 500;
const NODES_MAX = 5_000;
const BUCKETS_MAX = 500;
const GROUPS_MAX = 500;
const ALL_GROUPS_MAX = 5_000;
const MOUNTS_MAX = 100;
const DEVICES_MAX = 100;
const UNITS_MAX = 1_000;

/** When a process last exposed a metric family, and the time before that. */
export type FamilySeen = { scrape: number; atUs: number; beforeUs: number };

type Owner = { readonly kind: 'service'; readonly role: SeriesRole & { owner: 'service' }; readonly window: ServiceWindow } | { readonly kind: 'node'; readonly role: SeriesRole & { owner: 'node' }; readonly window: NodeWindow };

/** Opaque to callers, who get it once and add samples to it. */
export type TrackedSeries = { readonly owner: Owner | null; readonly counter: boolean; readonly bucket: number; /** What it tells about a host seen from inside, besides. */ readonly host: { readonly role: HostRole; readonly window: HostWindow } | null; readonly family: FamilySeen; atUs: number; value: number };

/** The tracked series for a sample name and its canonical label text; null when it tells nothing about a frame. */
export function trackSeries(accumulator: FrameAccumulator, signal: string, labelsText: string, labels?: Labels): TrackedSeries | null {
  const key = `${signal}{${labelsText}}`;
  const known = accumulator.tracked.get(key);
  if (known !== undefined) return known;
  const parsed = labels ?? parsedOrNull(labelsText);
  const role = parsed === null ? null : seriesRole(signal, parsed, accumulator.hints);
  const inside = parsed === null ? null : hostRole(signal, parsed, accumulator.hints);
  if (role === null && inside === null) return null;
  const fits = { role: role !== null && hasRoom(accumulator, role) ? role : null, inside: inside !== null && hasRoomInside(accumulator, inside) ? inside : null };
  if (accumulator.tracked.size >= TRACKED_SERIES_MAX || fits.role !== role || fits.inside !== inside) accumulator.refusedSeries += 1;
  if (accumulator.tracked.size >= TRACKED_SERIES_MAX || (fits.role === null && fits.inside === null)) return null;
  const tracked = newSeries(accumulator, signal, fits);
  accumulator.tracked.set(key, tracked);
  return tracked;
}

function hasRoom({ services, nodes }: FrameAccumulator, role: SeriesRole): boolean {
  if (role.owner === 'node') return nodes.has(role.name) || nodes.size < NODES_MAX;
  const window = services.get(role.name);
  if (window === undefined) return services.size < SERVICES_MAX;
  return role.part !== 'latency-bucket' || window.bounds.length < BUCKETS_MAX || window.bounds.includes(role.bound);
}

/** Groups, file systems, disks and units of one host, and groups of all. */
function hasRoomInside({ hosts }: FrameAccumulator, role: HostRole): boolean {
  const window = hosts.get(role.host);
  if (window === undefined) return hosts.size < NODES_MAX;
  if (role.of === 'mount') return window.mounts.has(role.mount) || window.mounts.size < MOUNTS_MAX;
  if (role.of === 'device') return window.devices.has(role.device) || window.devices.size < DEVICES_MAX;
  if (role.of === 'unit') return window.units.has(role.unit) || window.units.size < UNITS_MAX;
  return (role.of !== 'group' && role.of !== 'group-pressure' && role.of !== 'cpuset') || window.groups.has(role.group.key) || (window.groups.size < GROUPS_MAX && groupsOfHosts(hosts) < ALL_GROUPS_MAX);
}

export const groupsOfHosts = (hosts: ReadonlyMap<string, HostWindow>) => [...hosts.values()].reduce((sum, { groups }) => sum + groups.size, 0);

function parsedOrNull(labelsText: string): Labels | null {
  const labels = parseLabels(labelsText);
  return labels.ok ? labels.value : null;
}

type Roles = { readonly role: SeriesRole | null; readonly inside: HostRole | null };

function newSeries(accumulator: FrameAccumulator, signal: string, { role, inside }: Roles): TrackedSeries {
  const familyKey = role === null ? `${familyOf(signal)} host ${inside?.host ?? ''}` : `${familyOf(signal)} ${role.owner} ${role.name} ${role.owner === 'service' ? (role.replica ?? '') : ''}`;
  const family = accumulator.families.get(familyKey) ?? { scrape: -1, atUs: -Infinity, beforeUs: -Infinity };
  accumulator.families.set(familyKey, family);
  const host = inside === null ? null : { role: inside, window: hostOf(accumulator, inside.host) };
  if (host !== null) registerRole(host.window, host.role);
  const fresh = { family, host, atUs: -Infinity, value: 0 };
  if (role === null) return { owner: null, counter: inside?.counter ?? false, bucket: 0, ...fresh };
  if (role.owner === 'node') return { owner: { kind: 'node', role, window: nodeOf(accumulator, role.name) }, counter: isNodeCounter(role.part), bucket: 0, ...fresh };
  const window = serviceOf(accumulator, role.name);
  return { owner: { kind: 'service', role, window }, counter: isServiceCounter(role.part), bucket: role.part === 'latency-bucket' ? bucketPlace(window, role.bound) : 0, ...fresh };
}

function serviceOf(accumulator: FrameAccumulator, name: string): ServiceWindow {
  const window = accumulator.services.get(name) ?? serviceWindow(name);
  accumulator.services.set(name, window);
  return window;
}

function hostOf(accumulator: FrameAccumulator, name: string): HostWindow {
  const window = accumulator.hosts.get(name) ?? hostWindow(name);
  accumulator.hosts.set(name, window);
  return window;
}

export function nodeOf(accumulator: FrameAccumulator, name: string): NodeWindow {
  const known = accumulator.nodes.get(name);
  if (known !== undefined) return known;
  const { nodes, services } = accumulator.hints;
  const hintedServices = services.filter((service) => service.node === name).map((service) => service.name);
  const window = nodeWindow(name, nodes.find((node) => node.name === name)?.cpuCores ?? null, hintedServices);
  accumulator.nodes.set(name, window);
  return window;
}

/** Adds one finite sample to the scrape that is open. A sample not newer than the last of its series is ignored. */
export function addSample(accumulator: FrameAccumulator, series: TrackedSeries, atUs: number, value: number): void {
  if (!(atUs > series.atUs)) return;
  accumulator.open = true;
  noteFamily(accumulator, series.family, atUs);
  if (series.owner !== null) noteOwner(series.owner);
  if (series.host?.role.of === 'host' && series.host.role.cpu !== null) series.host.window.cpus.add(series.host.role.cpu);
  if (series.counter) addIncrease(accumulator, series, atUs, value);
  else addGauge(accumulator, series, atUs, value);
  series.atUs = atUs;
  series.value = value;
}

function noteFamily(accumulator: FrameAccumulator, family: FamilySeen, atUs: number): void {
  if (family.scrape === accumulator.scrape) return;
  family.scrape = accumulator.scrape;
  family.beforeUs = family.atUs;
  family.atUs = atUs;
}

function noteOwner(owner: Owner): void {
  if (owner.kind === 'service') {
    owner.window.seen = true;
    if (owner.role.replica !== null) owner.window.replicas.add(owner.role.replica);
  } else if (owner.role.cpu !== null) owner.window.cpus.add(owner.role.cpu);
}

function addIncrease(accumulator: FrameAccumulator, series: TrackedSeries, atUs: number, value: number): void {
  const fromZero = atUs - series.atUs > FORGET_SCRAPES * accumulator.scrapeUs;
  const elapsedUs = atUs - (fromZero ? series.family.beforeUs : series.atUs);
  if (!(elapsedUs > 0 && elapsedUs <= STALE_SCRAPES * accumulator.scrapeUs)) return;
  const increase = fromZero || value < series.value ? value : value - series.value;
  const { owner, host } = series;
  if (host !== null) addHostIncrease(host.window, host.role, increase, elapsedUs, value < series.value);
  if (owner?.kind === 'service') addServiceIncrease(owner.window, owner.role.part, series.bucket, increase, elapsedUs);
  else if (owner !== null) addNodeIncrease(owner.window, owner.role.part, increase, elapsedUs);
}

function addGauge(accumulator: FrameAccumulator, series: TrackedSeries, atUs: number, value: number): void {
  const { owner, host } = series;
  if (host !== null) addHostGauge(host.window, host.role, value);
  if (owner === null) return;
  if (owner.kind === 'node') {
    addNodeGauge(owner.window, owner.role.part, value);
    return;
  }
  addServiceGauge(owner.window, owner.role.part, value);
  const elapsedUs = atUs - series.atUs;
  if (owner.role.part !== 'in-flight' || elapsedUs > STALE_SCRAPES * accumulator.scrapeUs) return;
  owner.window.inFlightChangePerSecond += ((value - series.value) * US_PER_SECOND) / elapsedUs;
}
