/** The command that takes another one back, worked out from the state before it; null when nothing can. */
import { unreachable } from '@/engine/kernel';
import type { Command, EffectClass } from './command';
import { effectClassOfMesh, inverseMeshCommand, isMeshCommand } from './mesh/commands';
import { hostEffectClass } from './os/host/command/host-command';
import { isHostOrder } from './os/host/command/host-order';
import type { HostSettings } from './os/host/command/host-settings';
import { inverseHostOrder } from './os/host/command/inverse-host-order';

/** What the inverse must know of the system before the command. */
export type CommandContext = {
  readonly services: readonly { readonly service: string; readonly replicas: number | null; readonly quotaMillicores: number | null; readonly cpuRequestMillicores?: number | null; readonly memoryRequestMib?: number | null }[];
  readonly routers?: readonly { readonly router: string; readonly hopPenalty: number | null }[];
  readonly hosts?: readonly HostSettings[];
};

export function inverseCommand(command: Command, before: CommandContext): Command | null {
  if (isMeshCommand(command)) return inverseMeshCommand(command, 'router' in command ? (before.routers?.find(({ router }) => router === command.router)?.hopPenalty ?? null) : null);
  if (isHostOrder(command)) return inverseHostOrder(command, before.hosts?.find(({ host }) => host === command.host));
  switch (command.kind) {
    case 'set-replicas': {
      const replicas = before.services.find((s) => s.service === command.service)?.replicas ?? null;
      return replicas === null ? null : { ...command, replicas };
    }
    case 'set-cpu-quota': {
      const service = before.services.find((s) => s.service === command.service);
      return service === undefined ? null : { ...command, quotaMillicores: service.quotaMillicores };
    }
    case 'restart-replica':
      return null;
    case 'roll-out':
      return inverseRollOut(command, before);
    case 'cordon-node':
    case 'drain-node':
      return { kind: 'uncordon-node', node: command.node };
    case 'uncordon-node':
      return { kind: 'cordon-node', node: command.node };
    case 'remove-node':
      return { kind: 'restore-node', node: command.node };
    case 'restore-node':
      return { kind: 'remove-node', node: command.node };
    default:
      return unreachable(command);
  }
}

/** A restart cannot be taken back; new requests can, where the old ones are known. */
function inverseRollOut({ kind, service, cpuRequestMillicores, memoryRequestMib }: Extract<Command, { kind: 'roll-out' }>, { services }: CommandContext): Command | null {
  const before = services.find((s) => s.service === service);
  const cpu = cpuRequestMillicores === undefined ? undefined : (before?.cpuRequestMillicores ?? null);
  const memory = memoryRequestMib === undefined ? undefined : (before?.memoryRequestMib ?? null);
  if ((cpu === undefined && memory === undefined) || cpu === null || memory === null) return null;
  return { kind, service, ...(cpu === undefined ? {} : { cpuRequestMillicores: cpu }), ...(memory === undefined ? {} : { memoryRequestMib: memory }) };
}

/** Conditional writes where the target keeps versions; setting a value is repeatable; a restart is neither. */
export function effectClassOf(command: Command): EffectClass {
  if (isMeshCommand(command)) return effectClassOfMesh(command);
  if (isHostOrder(command)) return hostEffectClass(command);
  switch (command.kind) {
    case 'set-replicas':
    case 'set-cpu-quota':
      return 'A';
    case 'cordon-node':
    case 'uncordon-node':
    case 'drain-node':
      return 'B';
    case 'roll-out':
      return command.cpuRequestMillicores === undefined && command.memoryRequestMib === undefined ? 'C' : 'A';
    case 'restart-replica':
    case 'remove-node':
    case 'restore-node':
      return 'C';
    default:
      return unreachable(command);
  }
}
