/**
 * Applies one command to the twin. The same commands go to live connectors, so a refusal here is what an
 * operator reads before anything real is touched: it names the rule and the numbers.
 */
import { err, ok, unreachable, type Result } from '@/engine/kernel';
import type { Command, Refusal } from './command';
import type { Service } from './infra/infra';
import { progressNode, quotaPerPeriodUs } from './infra/node-cpu';
import { applyRollOut } from './infra/control-plane/rollout/apply-roll-out';
import { drainNode, setCordon } from './infra/control-plane/node-life/drain-node';
import { killReplica, setWantedReplicas, startReplica } from './infra/replicas';
import { setNodePhase } from './infra/node-phase';
import { applyMeshCommand, isMeshCommand } from './mesh';
import { isHostOrder } from './os/host/command/host-order';
import { applyHostOrder } from './os/world';
import type { World } from './world';

export const QUOTA_MILLICORES_MIN = 10; // the kernel's floor: 1 ms per 100 ms period

export function applyCommand(world: World, command: Command): Result<void, Refusal> {
  if (isMeshCommand(command)) return applyMeshCommand({ mesh: world.mesh, identity: world.coupling.identity?.state ?? null, queue: world.queue, at: world.nowUs }, command);
  if (isHostOrder(command)) return applyHostOrder(world.hosts, world.nowUs, command);
  switch (command.kind) {
    case 'set-replicas':
      return withService(world, command.service, (service, index) => {
        const { replicasMin: min, replicasMax: max } = service;
        if (!Number.isInteger(command.replicas) || command.replicas < min || command.replicas > max) return err({ code: 'out-of-range', what: `replicas of ${service.name}`, value: command.replicas, min, max });
        setWantedReplicas(world, index, command.replicas);
        return ok(undefined);
      });
    case 'set-cpu-quota':
      return withService(world, command.service, (service) => setQuota(world, service, command.quotaMillicores));
    case 'restart-replica':
      return withService(world, command.service, (service) => {
        const index = service.replicas.find((r) => world.infra.replicas[r]!.name === command.replica);
        if (index === undefined) return err({ code: 'not-found', what: 'replica', name: command.replica });
        killReplica(world, index);
        startReplica(world, index);
        return ok(undefined);
      });
    case 'roll-out':
      return withService(world, command.service, (_, index) => applyRollOut(world, index, command));
    case 'cordon-node':
    case 'uncordon-node':
      return withNode(world, command.node, (index) => {
        setCordon(world, index, command.kind === 'cordon-node');
        return ok(undefined);
      });
    case 'drain-node':
      return withNode(world, command.node, (index) => {
        drainNode(world, index, 'stay');
        return ok(undefined);
      });
    case 'remove-node':
      return withNode(world, command.node, (index) => {
        drainNode(world, index, 'remove');
        return ok(undefined);
      });
    case 'restore-node':
      return withNode(world, command.node, (index) => {
        setCordon(world, index, false);
        setNodePhase(world, index, 'up');
        return ok(undefined);
      });
    default:
      return unreachable(command);
  }
}

function withService(world: World, name: string, act: (service: Service, index: number) => Result<void, Refusal>): Result<void, Refusal> {
  const index = world.infra.services.findIndex((service) => service.name === name);
  return index < 0 ? err({ code: 'not-found', what: 'service', name }) : act(world.infra.services[index]!, index);
}

function withNode(world: World, name: string, act: (index: number) => Result<void, Refusal>): Result<void, Refusal> {
  const index = world.infra.nodes.findIndex((node) => node.name === name);
  return index < 0 ? err({ code: 'not-found', what: 'node', name }) : act(index);
}

function setQuota(world: World, service: Service, quota: number | null): Result<void, Refusal> {
  if (quota !== null && !(quota >= QUOTA_MILLICORES_MIN && quota <= 1_000_000)) return err({ code: 'out-of-range', what: `CPU quota of ${service.name}`, value: quota, min: QUOTA_MILLICORES_MIN, max: 1_000_000 });
  const { infra } = world;
  for (const index of service.replicas) {
    const replica = infra.replicas[index]!;
    if (replica.node < 0) continue;
    progressNode(infra, infra.nodes[replica.node]!, world.nowUs);
    replica.budgetUs = quota === null ? 0 : quotaPerPeriodUs(quota);
    replica.periodEndsUs = Math.max(replica.periodEndsUs, world.nowUs + 1);
    replica.throttled = false;
    if (!infra.dirtyNodes.includes(replica.node)) infra.dirtyNodes.push(replica.node);
  }
  service.quotaMillicores = quota;
  return ok(undefined);
}
