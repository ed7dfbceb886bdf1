/**
 * Frames summed into windows of at most an hour, the unit in which commitments are settled and grids change: of every
 * node how long it was paid and what it drew, of every pod on it what it was charged. As OpenCost does, a pod is charged
 * max(request, use) of each sample; a sample is a minute, which is what its metrics come in. Replicas of a service share
 * its use evenly: frames do not say more.
 */
import type { Frame } from '@/engine/telemetry';
import type { ServiceSpec, SystemSpec } from '@/engine/twin';
import type { ByResource, Resource } from '../allocation/allocate-hours';

export const WINDOW_SECONDS = 3_600;
const SAMPLE_SECONDS = 60;
const GIB = 1_073_741_824;

export type PodUsage = { readonly pod: string; readonly service: ServiceSpec; hours: number; charged: Record<Resource, number>; requested: Record<Resource, number>; used: Record<Resource, number>; cpuSeconds: number };
export type NodeUsage = { readonly node: string; paidHours: number; upHours: number; /** Null where no frame knows the power. */ joules: number | null; cpuSeconds: number; readonly pods: Map<string, PodUsage> };
export type UsageWindow = { readonly fromSeconds: number; hours: number; readonly nodes: Map<string, NodeUsage>; /** Answered requests by service. */ readonly served: Map<string, number> };

type OpenSample = { seconds: number; cpu: number; memory: number };
type Reading = { readonly system: SystemSpec; readonly requestsKnown: boolean; readonly services: Map<string, ServiceSpec | null>; readonly open: Map<PodUsage, OpenSample>; sampleEnds: number };

/** `requestsKnown` false: what a recording's system would request is not known, so pods are charged what they use. */
export function usageWindows(frames: readonly Frame[], system: SystemSpec, requestsKnown: boolean): readonly UsageWindow[] {
  const first = frames[0];
  if (first === undefined) return [];
  const beginsUs = first.atUs - first.windowUs;
  const reading: Reading = { system, requestsKnown, services: new Map(), open: new Map(), sampleEnds: SAMPLE_SECONDS };
  const windows: UsageWindow[] = [];
  for (const frame of frames) {
    const from = (frame.atUs - frame.windowUs - beginsUs) / 1e6;
    const start = Math.floor(from / WINDOW_SECONDS) * WINDOW_SECONDS;
    if (windows.at(-1)?.fromSeconds !== start) {
      closeSamples(reading);
      windows.push({ fromSeconds: start, hours: 0, nodes: new Map(), served: new Map() });
    }
    if (from >= reading.sampleEnds) {
      closeSamples(reading);
      reading.sampleEnds = (Math.floor(from / SAMPLE_SECONDS) + 1) * SAMPLE_SECONDS;
    }
    addFrame(windows.at(-1)!, frame, reading);
  }
  closeSamples(reading);
  return windows;
}

function addFrame(window: UsageWindow, frame: Frame, reading: Reading): void {
  const seconds = frame.windowUs / 1e6;
  window.hours += seconds / 3_600;
  const running = new Map<string, number>();
  for (const { up, replicas } of frame.nodes) if (up) for (const pod of replicas) running.set(serviceName(pod, reading), (running.get(serviceName(pod, reading)) ?? 0) + 1);
  const samples = new Map(frame.services.map((sample) => [sample.service, sample]));
  for (const { service, servedRps } of frame.services) if (servedRps !== null) window.served.set(service, (window.served.get(service) ?? 0) + servedRps * seconds);
  for (const sample of frame.nodes) {
    const node = nodeOf(window, sample.node);
    if (sample.paid !== false) node.paidHours += seconds / 3_600;
    if (sample.watts !== undefined) node.joules = (node.joules ?? 0) + sample.watts * seconds;
    if (!sample.up) continue;
    node.upHours += seconds / 3_600;
    node.cpuSeconds += (sample.cpuCores ?? 0) * seconds;
    for (const pod of sample.replicas) {
      const service = serviceOf(pod, reading);
      if (service === null) continue;
      const usage = podOf(node, pod, service);
      const share = 1 / (running.get(service.name) ?? 1);
      const { cpuCores = 0, memoryBytes = 0 } = samples.get(service.name) ?? {};
      const open = reading.open.get(usage) ?? { seconds: 0, cpu: 0, memory: 0 };
      open.seconds += seconds;
      open.cpu += (cpuCores ?? 0) * share * seconds;
      open.memory += ((memoryBytes ?? 0) / GIB) * share * seconds;
      reading.open.set(usage, open);
    }
  }
}

/** The minute is over: each pod is charged the larger of what it asked for and what it used. */
function closeSamples({ open, requestsKnown }: Reading): void {
  for (const [usage, sample] of open) {
    const { service } = usage;
    const hours = sample.seconds / 3_600;
    const asked: ByResource = requestsKnown
      ? { cpu: (service.cpuRequestMillicores / 1_000) * hours, memory: ((service.pod?.memoryRequestMib ?? service.memoryMib) / 1_024) * hours, gpu: gpusOf(service) * hours }
      : { cpu: 0, memory: 0, gpu: 0 };
    const used: ByResource = { cpu: sample.cpu / 3_600, memory: sample.memory / 3_600, gpu: asked.gpu };
    for (const resource of ['cpu', 'memory', 'gpu'] as const) {
      usage.charged[resource] += Math.max(asked[resource], used[resource]);
      usage.requested[resource] += asked[resource];
      usage.used[resource] += used[resource];
    }
    usage.hours += hours;
    usage.cpuSeconds += sample.cpu;
  }
  open.clear();
}

const gpusOf = ({ pod }: ServiceSpec) => Object.entries(pod?.resources ?? {}).reduce((sum, [name, pieces]) => sum + (name.endsWith('/gpu') ? pieces : 0), 0);
const none = (): Record<Resource, number> => ({ cpu: 0, memory: 0, gpu: 0 });
const serviceName = (pod: string, reading: Reading) => serviceOf(pod, reading)?.name ?? pod;

/** A replica's name begins with its service's; the longest that does is meant. */
function serviceOf(pod: string, { system, services }: Reading): ServiceSpec | null {
  const known = services.get(pod);
  if (known !== undefined) return known;
  const found = system.services.filter(({ name }) => pod === name || pod.startsWith(`${name}-`)).reduce<ServiceSpec | null>((best, each) => (best === null || each.name.length > best.name.length ? each : best), null);
  services.set(pod, found);
  return found;
}

function nodeOf({ nodes }: UsageWindow, name: string): NodeUsage {
  const known = nodes.get(name);
  if (known !== undefined) return known;
  const node: NodeUsage = { node: name, paidHours: 0, upHours: 0, joules: null, cpuSeconds: 0, pods: new Map() };
  nodes.set(name, node);
  return node;
}

function podOf({ pods }: NodeUsage, pod: string, service: ServiceSpec): PodUsage {
  const known = pods.get(pod);
  if (known !== undefined) return known;
  const usage: PodUsage = { pod, service, hours: 0, charged: none(), requested: none(), used: none(), cpuSeconds: 0 };
  pods.set(pod, usage);
  return usage;
}
