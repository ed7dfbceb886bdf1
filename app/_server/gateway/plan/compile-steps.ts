/**
 * Turns commands into steps against what the target is now: the version each must still have, the command
 * that undoes it, what repeating it does, and who is hit. Later steps build on earlier ones, so undoing in
 * reverse order ends where the plan began.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { objectOf, type Fingerprint, type PlanStep } from '@/engine/loop';
import type { os} from '@/engine/twin';
import { effectClassOf, inverseCommand, isHostOrder, type Command, type CommandContext, type HostOrder } from '@/engine/twin';
import { afterCommand, findObject } from '../../connectors/command-object';
import type { ConnectorDescription, Observation, ObservedObject } from '../../connectors/connector';
import type { GatewayRefusal } from '../gateway-refusal';

export type CompiledSteps = { readonly steps: readonly PlanStep[]; readonly fingerprints: readonly Fingerprint[] };

export function compileSteps(connector: ConnectorDescription, observation: Observation, commands: readonly Command[]): Result<CompiledSteps, GatewayRefusal> {
  const current = new Map<string, ObservedObject>();
  const steps: PlanStep[] = [];
  for (const [index, command] of commands.entries()) {
    const name = objectOf(command);
    const object = current.get(name) ?? findObject(observation, name);
    if (!connector.commands.includes(command.kind)) {
      return err({ code: 'command-refused', step: index, refusal: { code: 'unsupported', kind: command.kind, target: connector.connector } });
    }
    if (object === undefined) return err({ code: 'command-refused', step: index, refusal: { code: 'not-found', ...nameOf(command) } });
    steps.push({
      index,
      command,
      precondition: { object: name, version: object.version },
      inverse: inverseCommand(command, contextOf(command, object)),
      effectClass: effectClassOf(command),
      blastRadius: blastRadius(command, object),
    });
    current.set(name, afterCommand(command, object));
  }
  const fingerprints = [...current.values()].map(({ object, version }) => ({ object, version }));
  return ok({ steps, fingerprints: fingerprints.sort((x, y) => (x.object < y.object ? -1 : 1)) });
}

function nameOf(command: Command): { readonly what: 'service' | 'node' | 'router' | 'trust domain' | 'host' | 'group' | 'program'; readonly name: string } {
  if (isHostOrder(command)) return 'program' in command ? { what: 'program', name: `${command.host}/${command.program}` } : 'group' in command ? { what: 'group', name: `${command.host}/${command.group}` } : { what: 'host', name: command.host };
  if ('service' in command) return { what: 'service', name: command.service };
  if ('router' in command) return { what: 'router', name: command.router };
  return 'trustDomain' in command ? { what: 'trust domain', name: command.trustDomain } : { what: 'node', name: command.node };
}

const contextOf = (command: Command, { values }: ObservedObject): CommandContext => ({
  services: 'service' in command ? [{ service: command.service, replicas: numberOf(values.replicas), quotaMillicores: numberOf(values.quotaMillicores), cpuRequestMillicores: numberOf(values.cpuRequestMillicores), memoryRequestMib: numberOf(values.memoryRequestMib) }] : [],
  hosts: isHostOrder(command) ? [settingsOf(command, values)] : [],
  routers: 'router' in command ? [{ router: command.router, hopPenalty: numberOf(values.hopPenalty) }] : [],
});
/** The one group or program that the object is. */
function settingsOf(order: HostOrder, values: ObservedObject['values']): os.HostSettings {
  const cpus = typeof values.cpus === 'string' ? values.cpus.split(',').map(Number) : [];
  const known = 'program' in order ? values.group !== undefined : 'group' in order && values.cpuWeight !== undefined;
  const group = { group: 'group' in order ? order.group : '', cpuWeight: numberOf(values.cpuWeight) ?? 100, quotaMs: numberOf(values.quotaMs), periodMs: numberOf(values.periodMs) ?? 100, cpus, memoryLimitMib: numberOf(values.memoryLimitMib) };
  const program = { program: 'program' in order ? order.program : '', group: String(values.group ?? ''), nice: numberOf(values.nice) ?? 0 };
  return { host: order.host, reboots: 0, groups: known && !('program' in order) ? [group] : [], programs: known && 'program' in order ? [program] : [], certificates: [] };
}

const numberOf = (value: ObservedObject['values'][string] | undefined) => (typeof value === 'number' ? value : null);

/** Replicas that start, stop or restart; a new quota reaches every replica of the service. */
function blastRadius(command: Command, { values }: ObservedObject): PlanStep['blastRadius'] {
  const replicas = typeof values.replicas === 'number' ? values.replicas : 0;
  if (!('service' in command)) return { services: [], replicas };
  const hit = command.kind === 'set-replicas' ? Math.abs(command.replicas - replicas) : command.kind === 'restart-replica' ? 1 : replicas;
  return { services: [command.service], replicas: hit };
}
