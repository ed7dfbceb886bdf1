/** Validates a command: its shape here; whether its object exists is the target's to say. */
import type { Command } from './command';
import { isMeshKind, MESH_COMMAND_KINDS, readMeshCommand } from './mesh/commands';
import { HOST_COMMAND_KINDS, isHostKind } from './os/host/command/host-order';
import { readHostOrder } from './os/host/command/read-host-order';
import { has, member, onlyKeys, optional, readChoice, readNumber, readText, type SpecReader } from './spec-reader';

export const COMMAND_KINDS = ['set-replicas', 'set-cpu-quota', 'restart-replica', 'roll-out', 'cordon-node', 'uncordon-node', 'drain-node', 'remove-node', 'restore-node', ...MESH_COMMAND_KINDS, ...HOST_COMMAND_KINDS] as const;

export function readCommand(at: SpecReader): Command {
  const kind = readChoice(member(at, 'kind'), COMMAND_KINDS);
  if (isMeshKind(kind)) return readMeshCommand(at, kind);
  if (isHostKind(kind)) return readHostOrder(at, kind);
  switch (kind) {
    case 'set-replicas':
      onlyKeys(at, ['kind', 'service', 'replicas']);
      return { kind, service: readText(member(at, 'service')), replicas: readNumber(member(at, 'replicas'), { min: 0, max: 10_000, integer: true }) };
    case 'set-cpu-quota':
      onlyKeys(at, ['kind', 'service', 'quotaMillicores']);
      return {
        kind,
        service: readText(member(at, 'service')),
        quotaMillicores: has(at, 'quotaMillicores') ? readNumber(member(at, 'quotaMillicores'), { min: 10, max: 1_000_000, integer: true }) : null,
      };
    case 'restart-replica':
      onlyKeys(at, ['kind', 'service', 'replica']);
      return { kind, service: readText(member(at, 'service')), replica: readText(member(at, 'replica')) };
    case 'roll-out': {
      onlyKeys(at, ['kind', 'service', 'cpuRequestMillicores', 'memoryRequestMib']);
      const cpuRequestMillicores = optional(at, 'cpuRequestMillicores', (m) => readNumber(m, { min: 0, max: 1_000_000, integer: true }));
      const memoryRequestMib = optional(at, 'memoryRequestMib', (m) => readNumber(m, { min: 0, max: 10_000_000 }));
      return { kind, service: readText(member(at, 'service')), ...(cpuRequestMillicores === undefined ? {} : { cpuRequestMillicores }), ...(memoryRequestMib === undefined ? {} : { memoryRequestMib }) };
    }
    default:
      onlyKeys(at, ['kind', 'node']);
      return { kind, node: readText(member(at, 'node')) };
  }
}
