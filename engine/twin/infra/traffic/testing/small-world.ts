/** Small systems for the tests of this module, read as a person's document is. */
import { seconds } from '@/engine/kernel';
import { advanceWorld } from '../../../advance-world';
import { scheduleFault } from '../../../apply-fault';
import { compileWorld } from '../../../compile-world';
import type { FaultSpec } from '../../../fault';
import { parseSystem } from '../../../read-system';
import type { LoadSpec, ServiceSpec, SystemSpec } from '../../../system-spec';
import type { World } from '../../../world';

const plain = { replicas: 1, lanes: 1, queueLimit: 100_000, startUp: { meanMs: 0 }, cpuRequestMillicores: 0, memoryMib: 64, timeoutMs: 3_600_000 };

export const service = (name: string, meanMs: number, rest: Partial<ServiceSpec> = {}): ServiceSpec => ({ ...plain, name, demand: { meanMs, law: 'exponential' }, ...rest });

export const poisson = (name: string, rps: number): LoadSpec => ({ service: name, arrivals: 'poisson', profile: { kind: 'constant', rps } });

export const users = (name: string, count: number, thinkMs: number): LoadSpec => ({ service: name, arrivals: 'closed', profile: { kind: 'users', users: count, think: { meanMs: thinkMs, law: 'exponential' } } });

export function system(services: readonly ServiceSpec[], loads: readonly LoadSpec[], rest: Partial<SystemSpec> = {}): SystemSpec {
  const written: SystemSpec = { nodes: [{ name: 'n', cpuMillicores: 64_000, memoryMib: 65_536, usdPerHour: 0 }], services, loads, ...rest };
  const read = parseSystem(JSON.parse(JSON.stringify(written)));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** The system's world after `until` seconds; totals count from `warmUp` on. */
export function lived(spec: SystemSpec, until: number, { seed = 11, warmUp = 0, faults = [] }: { readonly seed?: number; readonly warmUp?: number; readonly faults?: readonly FaultSpec[] } = {}): World {
  const world = compileWorld(spec, seed, warmUp);
  for (const fault of faults) scheduleFault(world, fault);
  advanceWorld(world, seconds(until));
  return world;
}

/** Paths of what is wrong with a system that is written like this. */
export function complaints(document: unknown): string[] {
  const read = parseSystem(document);
  return read.ok ? [] : read.error.map(({ path }) => path);
}
