/** Validates a fault against the system it is meant for. */
import { unreachable } from '@/engine/kernel';
import type { FaultKind, FaultSpec } from './fault';
import { AVAILABILITY_FAULT_KINDS, isAvailabilityFaultKind, readAvailabilityFault } from './infra/availability';
import { isMeshFaultKind, MESH_FAULT_KINDS, readMeshFault } from './mesh';
import { HOST_FAULT_KINDS, isHostFaultKind } from './os/host/fault/host-fault';
import { readHostFault } from './os/host/fault/read-host-fault';
import { member, note, onlyKeys, optional, readChoice, readNumber, readText, type SpecReader } from './spec-reader';
import type { SystemSpec } from './system-spec';

const KINDS = ['node-down', 'spot-reclaim', 'cpu-hog', 'slow-service', 'memory-leak', 'kill-replica', 'load-factor', 'link-down', 'router-down', ...MESH_FAULT_KINDS, ...AVAILABILITY_FAULT_KINDS, ...HOST_FAULT_KINDS] as const;

export function readFault(at: SpecReader, system: SystemSpec): FaultSpec {
  const times = {
    atSeconds: readNumber(member(at, 'atSeconds'), { min: 0, max: 31_536_000 }),
    lastsSeconds: optional(at, 'lastsSeconds', (m) => readNumber(m, { min: 0, max: 31_536_000 })),
  };
  return { ...times, ...readFaultKind(at, system, ['kind', 'atSeconds', 'lastsSeconds']) };
}

function readFaultKind(at: SpecReader, system: SystemSpec, timeKeys: readonly string[]): FaultKind {
  const services = system.services.map((s) => s.name);
  const nodes = system.nodes.map((n) => n.name);
  const routers = system.mesh?.routers.map((r) => r.name) ?? [];
  const name = (key: string, known: readonly string[]) => {
    const text = readText(member(at, key));
    if (text !== '' && !known.includes(text)) note(member(at, key), 'unknown-name', `there is no "${text}" in this system`, known.length === 0 ? 'the system has none: add one' : `known: ${known.slice(0, 8).join(', ')}`);
    return text;
  };
  const kind = readChoice(member(at, 'kind'), KINDS);
  const keys = (...own: string[]) => onlyKeys(at, [...timeKeys, ...own]);
  if (isMeshFaultKind(kind)) return readMeshFault(at, kind, system, keys);
  if (isAvailabilityFaultKind(kind)) return readAvailabilityFault(at, kind, system, keys);
  if (isHostFaultKind(kind)) return readHostFault(at, kind, system.hosts ?? [], keys);
  switch (kind) {
    case 'node-down':
      keys('node');
      return { kind, node: name('node', nodes) };
    case 'spot-reclaim': {
      keys('node');
      const node = name('node', nodes);
      if (nodes.includes(node) && system.nodes.find((spec) => spec.name === node)?.spot !== true) note(member(at, 'node'), 'out-of-range', `"${node}" is no spot node: nobody reclaims it`, 'set spot: true on the node');
      return { kind, node };
    }
    case 'cpu-hog':
      keys('node', 'threads');
      return { kind, node: name('node', nodes), threads: readNumber(member(at, 'threads'), { min: 1, max: 10_000, integer: true }) };
    case 'slow-service':
      keys('service', 'extraMs');
      return { kind, service: name('service', services), extraMs: readNumber(member(at, 'extraMs'), { min: 0, max: 600_000 }) };
    case 'memory-leak':
      keys('service', 'mibPerSecond');
      return { kind, service: name('service', services), mibPerSecond: readNumber(member(at, 'mibPerSecond'), { min: 0, max: 100_000 }) };
    case 'kill-replica':
      keys('service', 'count');
      return { kind, service: name('service', services), count: readNumber(member(at, 'count'), { min: 1, max: 10_000, integer: true }) };
    case 'load-factor':
      keys('service', 'factor');
      return { kind, service: name('service', services), factor: readNumber(member(at, 'factor'), { min: 0.001, max: 1_000 }) };
    case 'link-down':
      keys('a', 'b');
      return { kind, a: name('a', routers), b: name('b', routers) };
    case 'router-down':
      keys('router');
      return { kind, router: name('router', routers) };
    default:
      return unreachable(kind);
  }
}
