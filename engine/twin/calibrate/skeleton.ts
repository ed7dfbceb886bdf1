/**
 * The structure of the recorded system, from the recorder's hints where it gave them and from the samples
 * where it did not: services, who calls whom, nodes. Everything that has to be fitted starts as zero here.
 */
import { mean } from '@/engine/kernel';
import type { Frame, SystemHints } from '@/engine/telemetry';
import type { NodeSpec, ServiceSpec, SystemSpec } from '../system-spec';
import { samplesOf } from './window-means';

export type Skeleton = { readonly system: SystemSpec; readonly entries: readonly string[]; readonly warnings: readonly string[] };

const CLIENT = 'client';
const MIB = 1_048_576;
const DEFAULT_START_UP_SECONDS = 5;
const REPLICAS_MAX = 64;

export function skeletonOf(frames: readonly Frame[], hints: SystemHints): Skeleton {
  const names = [...new Set(frames.flatMap((frame) => frame.services.map((s) => s.service)))].filter((name) => name !== CLIENT);
  const warnings: string[] = [];
  if (hints.services.length === 0 && names.length > 1) warnings.push('The recording does not say who calls whom: every service takes its own measured arrivals, and a change in one does not reach the others.');
  const nodes = nodesOf(frames, hints, warnings);
  const services = withoutCircles(names.map((name) => serviceOf(name, names, frames, hints, nodes, warnings)), warnings);
  const called = new Set(services.flatMap((service) => (service.calls ?? []).map((call) => call.service)));
  return { system: { nodes, services, loads: [] }, entries: names.filter((name) => !called.has(name)), warnings };
}

/** Drops calls that would send a request round in a circle: a recorder may see call-backs, a twin's request must end. */
function withoutCircles(services: readonly ServiceSpec[], warnings: string[]): ServiceSpec[] {
  const kept = new Map<string, string[]>(services.map((service) => [service.name, []]));
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => from === to || (!seen.has(from) && (kept.get(from) ?? []).some((next) => reaches(next, to, seen.add(from))));
  return services.map((service) => {
    const calls = (service.calls ?? []).filter((call) => {
      if (reaches(call.service, service.name)) {
        warnings.push(`${service.name} and ${call.service} call each other in a circle: the call from ${service.name} is left out.`);
        return false;
      }
      kept.get(service.name)!.push(call.service);
      return true;
    });
    return { ...service, calls };
  });
}

function nodesOf(frames: readonly Frame[], hints: SystemHints, warnings: string[]): NodeSpec[] {
  const named = hints.nodes.map((node) => ({ name: node.name, cpuMillicores: Math.round(node.cpuCores * 1_000), memoryMib: Math.round((node.memoryBytes ?? 64 * 1_024 * MIB) / MIB), usdPerHour: node.usdPerHour ?? 0 }));
  if (named.length > 0) return named;
  const seen = frames.at(-1)?.nodes ?? [];
  if (seen.length > 0) return seen.map((node) => ({ name: node.node, cpuMillicores: Math.round(node.cpuCapacityCores * 1_000), memoryMib: 65_536, usdPerHour: 0 }));
  warnings.push('The recording names no node: one with 64 cores and no price is assumed, so contention between services and money are not modelled.');
  return [{ name: 'unknown-node', cpuMillicores: 64_000, memoryMib: 262_144, usdPerHour: 0 }];
}

function serviceOf(name: string, names: readonly string[], frames: readonly Frame[], hints: SystemHints, nodes: readonly NodeSpec[], warnings: string[]): ServiceSpec {
  const hint = hints.services.find((s) => s.name === name);
  const samples = samplesOf(frames, name);
  const last = samples.findLast((s) => s.replicas !== null);
  if (hint?.lanes === null || hint === undefined) warnings.push(`The lanes of ${name} are not known: one CPU lane per replica (an event loop) is assumed.`);
  const calls = (hint?.calls ?? []).filter((call) => names.includes(call.service));
  const memory = samples.flatMap((s) => (s.memoryBytes === null || !s.replicasReady ? [] : [s.memoryBytes / s.replicasReady]));
  return {
    name,
    replicas: last?.replicas ?? 1,
    replicasMin: 0,
    replicasMax: REPLICAS_MAX,
    lanes: hint?.lanes ?? 1,
    demand: { meanMs: 0 },
    calls: calls.map((call) => ({ service: call.service, perRequest: call.perRequest ?? callsPerRequest(frames, name, call.service) })),
    startUp: { meanMs: (hint?.startUpSeconds ?? DEFAULT_START_UP_SECONDS) * 1_000, cv: 0.2 },
    cpuRequestMillicores: 0,
    quotaMillicores: samples.at(-1)?.quotaMillicores ?? null,
    memoryMib: memory.length === 0 ? 0 : Math.round(mean(memory) / MIB),
    ...(hint?.node !== null && hint?.node !== undefined && nodes.some((n) => n.name === hint.node) ? { nodes: [hint.node] } : {}),
  };
}

function callsPerRequest(frames: readonly Frame[], caller: string, called: string): number {
  const total = (service: string) => samplesOf(frames, service).reduce((sum, s) => sum + (s.offeredRps ?? s.servedRps ?? 0), 0);
  const own = total(caller);
  return own === 0 ? 1 : total(called) / own;
}
