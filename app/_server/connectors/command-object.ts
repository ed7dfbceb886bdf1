/** What a command touches, and how it changes the values observed there. */
import { unreachable } from '@/engine/kernel';
import { isHostOrder, isMeshCommand, type Command, type HostOrder, type MeshCommand } from '@/engine/twin';
import type { Observation, ObservedObject } from './connector';

type Values = ObservedObject['values'];

export const findObject = (observation: Observation, name: string): ObservedObject | undefined =>
  observation.objects.find(({ object }) => object === name);

/** The values that hold once the command has been applied; null for a deed that leaves no value behind. */
export function wantedValues(command: Command): Values | null {
  if (isMeshCommand(command)) return wantedOfMesh(command);
  if (isHostOrder(command)) return wantedOfHost(command);
  switch (command.kind) {
    case 'set-replicas':
      return { replicas: command.replicas };
    case 'set-cpu-quota':
      return { quotaMillicores: command.quotaMillicores };
    case 'cordon-node':
      return { cordoned: true };
    case 'uncordon-node':
      return { cordoned: false };
    case 'remove-node':
      return { removed: true };
    case 'restore-node':
      return { removed: false };
    case 'roll-out':
      return wantedRequests(command);
    case 'restart-replica':
    case 'drain-node':
      return null;
    default:
      return unreachable(command);
  }
}

/** New requests hold afterwards; a mere restart leaves no value behind. */
function wantedRequests({ cpuRequestMillicores, memoryRequestMib }: Extract<Command, { kind: 'roll-out' }>): Values | null {
  if (cpuRequestMillicores === undefined && memoryRequestMib === undefined) return null;
  return { ...(cpuRequestMillicores === undefined ? {} : { cpuRequestMillicores }), ...(memoryRequestMib === undefined ? {} : { memoryRequestMib }) };
}

function wantedOfMesh(command: MeshCommand): Values | null {
  switch (command.kind) {
    case 'set-hop-penalty':
      return { hopPenalty: command.hopPenalty };
    case 'isolate-mesh-router':
      return { isolated: command.isolated };
    default:
      return null;
  }
}

/** Settings under their own names; null for deeds. */
function wantedOfHost(order: HostOrder): Values | null {
  switch (order.kind) {
    case 'set-cpu-weight':
      return { cpuWeight: order.cpuWeight };
    case 'set-quota':
      return { quotaMs: order.quotaMs, periodMs: order.periodMs };
    case 'set-memory-limit':
      return { memoryLimitMib: order.memoryLimitMib };
    case 'pin-group':
      return { cpus: order.cpus.join(',') };
    case 'renice-program':
      return { nice: order.nice };
    case 'move-program':
      return { group: order.group };
    default:
      return null;
  }
}

/** Null when nothing observed can tell. */
export function alreadyHolds(command: Command, { values }: ObservedObject): boolean | null {
  const wanted = wantedValues(command);
  return wanted === null ? null : Object.entries(wanted).every(([name, value]) => values[name] === value);
}

/** The object as it will be: later steps of the same plan build on it. */
export const afterCommand = (command: Command, object: ObservedObject): ObservedObject => ({ ...object, values: { ...object.values, ...wantedValues(command) } });
