/** The value of a promised metric over a window of frames: the same arithmetic for rehearsed and measured ones. */
import { mean, unreachable } from '@/engine/kernel';
import type { Frame, HostSample, LatencyParts, ProgramSample, ServiceSample } from '@/engine/telemetry';
import { os, type SystemSpec } from '@/engine/twin';
import type { PromiseMetric } from '../plan/plan';

/** Null when no frame measured it. Latencies in ms, shares 0..1, CPU in cores, money in $/h of allocated CPU. */
export function measureMetric(metric: PromiseMetric, subject: string, frames: readonly Frame[], system: SystemSpec): number | null {
  const samples = frames.flatMap((frame) => frame.services.filter((s) => s.service === subject));
  const average = (of: (s: ServiceSample) => number | null) => {
    const values = samples.flatMap((s) => of(s) ?? []);
    return values.length === 0 ? null : mean(values);
  };
  switch (metric) {
    case 'latencyP95Ms':
      return scaled(average((s) => s.latencyP95Us), 0.001);
    case 'latencyMeanMs': {
      const served = samples.reduce((sum, s) => sum + (s.latencyMeanUs === null ? 0 : (s.servedRps ?? 0)), 0);
      return served === 0 ? null : samples.reduce((sum, s) => sum + (s.latencyMeanUs ?? 0) * (s.servedRps ?? 0), 0) / served / 1_000;
    }
    case 'errorShare': {
      const errors = samples.reduce((sum, s) => sum + (s.errorRps ?? 0), 0);
      const ended = samples.reduce((sum, s) => sum + (s.errorRps ?? 0) + (s.servedRps ?? 0), 0);
      return ended === 0 ? null : errors / ended;
    }
    case 'cpuCores':
      return average((s) => s.cpuCores);
    case 'usdPerHour':
      return allocatedCost(frames, system);
    case 'downShare':
      return meanOnHost(frames, subject, downShare);
    case 'diskUsedShare':
      return meanOnHost(frames, subject, ({ disk }) => (disk === null ? null : disk.usedBytes / (disk.usedBytes + disk.availableBytes)));
    default:
      return unreachable(metric);
  }
}

function meanOnHost(frames: readonly Frame[], host: string, of: (sample: HostSample) => number | null): number | null {
  const values = frames.flatMap((frame) => frame.hosts?.flatMap((sample) => (sample.host === host ? (of(sample) ?? []) : [])) ?? []);
  return values.length === 0 ? null : mean(values);
}

/** Programs that should run and do not. */
export const downShare = ({ programs }: HostSample) => (programs.length === 0 ? 0 : programs.filter(({ phase }) => phase !== 'ready').length / programs.length);

/** Settings that left the configuration, on all hosts together; the mean over the frames that tell. */
export function driftOf(frames: readonly Frame[]): number {
  const counts = frames.flatMap(({ hosts = [] }) => (hosts.length === 0 ? [] : [hosts.reduce((sum, { upkeep }) => sum + (upkeep?.drift.length ?? 0), 0)]));
  return counts.length === 0 ? 0 : mean(counts);
}

/**
 * What programs miss: all of it while they are down; of work that is known by its CPU use alone, the share of its runnable time in which something held
 * it back; of requests that no objective judges (`judged` by service), the share that fails, or of their time in which they are not worked on.
 */
export const lackingShare = (sample: HostSample, judged: ReadonlySet<string>) => (sample.programs.length === 0 ? 0 : sample.programs.reduce((sum, program) => sum + lackOf(program, sample, judged), 0) / sample.programs.length);

function lackOf(program: ProgramSample, sample: HostSample, judged: ReadonlySet<string>): number {
  if (program.phase !== 'ready') return 1;
  if (program.wantedCores !== null) return heldShare(program, sample);
  if (program.arrivedRps === null || judged.has(os.serviceOfProgram(sample.host, program))) return 0;
  const { failedRps, servedRps, spent } = program;
  const ended = (failedRps ?? 0) + (servedRps ?? 0);
  return Math.max(ended === 0 ? 0 : (failedRps ?? 0) / ended, spent === null ? 0 : waitedShare(spent));
}

/** Of the time a request is with the program, for a lane, a CPU or quota. */
function waitedShare({ queuedMs, runQueueMs, throttledMs, onCpuMs }: LatencyParts): number {
  const waited = queuedMs + runQueueMs + throttledMs;
  return waited + onCpuMs === 0 ? 0 : waited / (waited + onCpuMs);
}

function heldShare({ group: name, cpuCores, wantedCores }: ProgramSample, { groups }: HostSample): number {
  const group = groups.find((each) => each.group === name);
  const held = (group?.waitingTasks ?? 0) + (group?.throttledTasks ?? 0);
  const unmet = wantedCores === null || wantedCores === 0 || cpuCores === null ? 0 : Math.max(0, 1 - cpuCores / wantedCores);
  return Math.max(unmet, held === 0 ? 0 : held / (held + (cpuCores ?? 0)));
}

const scaled = (value: number | null, by: number) => (value === null ? null : value * by);

/**
 * Money of the CPU that services hold: replicas × (quota, else request) × the nodes' mean price of a core.
 * A node that stays costs the same whatever runs on it; this is the share of it that is in use.
 */
function allocatedCost(frames: readonly Frame[], system: SystemSpec): number | null {
  if (system.nodes.length === 0) return null;
  const cores = system.nodes.reduce((sum, node) => sum + node.cpuMillicores / 1_000, 0);
  const usdPerCoreHour = system.nodes.reduce((sum, node) => sum + node.usdPerHour, 0) / cores;
  const costs = frames.flatMap((frame) => {
    const held = frame.services.flatMap((sample) => {
      const spec = system.services.find((s) => s.name === sample.service);
      return spec === undefined || sample.replicas === null ? [] : [(sample.replicas * (sample.quotaMillicores ?? spec.cpuRequestMillicores)) / 1_000];
    });
    return held.length === 0 ? [] : [held.reduce((sum, c) => sum + c, 0) * usdPerCoreHour];
  });
  return costs.length === 0 ? null : mean(costs);
}
