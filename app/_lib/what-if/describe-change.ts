/** A change in a few plain words, from what it does: used as its title everywhere, so a shared link reads the same. */
import type { Change } from '@/engine/scenario';
import { availabilityFaultWords, hostOrderWords, isAvailabilityFault, isHostFault, isHostOrder, isMeshCommand, isMeshFault, meshCommandWords, meshFaultWords, placedHostFaultWords, type Command, type FaultKind } from '@/engine/twin';

const times = (factor: number) => (factor === 2 ? 'Double the traffic' : factor === 0.5 ? 'Halve the traffic' : `Traffic × ${factor}`);

function faultWords(fault: FaultKind): string {
  if (isMeshFault(fault)) return meshFaultWords(fault);
  if (isAvailabilityFault(fault)) return availabilityFaultWords(fault);
  if (isHostFault(fault)) return placedHostFaultWords(fault);
  switch (fault.kind) {
    case 'node-down':
      return `Kill ${fault.node}`;
    case 'spot-reclaim':
      return `Reclaim spot node ${fault.node}`;
    case 'cpu-hog':
      return `${fault.threads} noisy threads on ${fault.node}`;
    case 'slow-service':
      return `${fault.service} ${fault.extraMs} ms slower`;
    case 'memory-leak':
      return `${fault.service} leaks ${fault.mibPerSecond} MiB/s`;
    case 'kill-replica':
      return fault.count === 1 ? `Kill one replica of ${fault.service}` : `Kill ${fault.count} replicas of ${fault.service}`;
    case 'load-factor':
      return times(fault.factor);
    case 'link-down':
      return `Cut the link ${fault.a}–${fault.b}`;
    case 'router-down':
      return `Kill router ${fault.router}`;
  }
}

function commandWords(command: Command): string {
  if (isMeshCommand(command)) return meshCommandWords(command);
  if (isHostOrder(command)) return hostOrderWords(command);
  switch (command.kind) {
    case 'set-replicas':
      return `${command.service} to ${command.replicas} ${command.replicas === 1 ? 'replica' : 'replicas'}`;
    case 'set-cpu-quota':
      return command.quotaMillicores === null ? `No CPU quota for ${command.service}` : `CPU quota of ${command.service} to ${command.quotaMillicores} m`;
    case 'restart-replica':
      return `Restart ${command.replica}`;
    case 'roll-out':
      return command.cpuRequestMillicores === undefined && command.memoryRequestMib === undefined ? `Roll out ${command.service}` : `Roll out ${command.service} with new requests`;
    default:
      return `${command.kind.slice(0, 1).toUpperCase()}${command.kind.slice(1, command.kind.indexOf('-'))} ${command.node}`;
  }
}

const listed = (names: readonly string[]) => (names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

export function describeChange({ faults, commands }: Pick<Change, 'faults' | 'commands'>): string {
  const removed = commands.flatMap((command) => (command.kind === 'remove-node' ? [command.node] : []));
  const rest = commands.filter((command) => command.kind !== 'remove-node');
  const words = [...new Set([...faults.map(faultWords), ...(removed.length === 0 ? [] : [`Remove ${listed(removed)}`]), ...rest.map(commandWords)])];
  return words.length <= 3 ? listed(words) : `${listed(words.slice(0, 2))} and ${words.length - 2} more`;
}
