/** Faults start and end as events of the world; what they touch is looked up by name when the spec is compiled. */
import { schedule, seconds, unreachable } from '@/engine/kernel';
import { EventKind } from './event-kind';
import type { FaultKind, FaultSpec } from './fault';
import { isAvailabilityFault, subjectOfAvailabilityFault } from './infra/availability';
import { setAvailabilityFault } from './infra/availability/set-fault';
import { endSpotShortage, giveSpotNotice } from './infra/control-plane/node-life/spot-reclaim';
import { startLoad } from './infra/loads';
import { progressNode } from './infra/node-cpu';
import { setNodePhase } from './infra/node-phase';
import { crashReplica } from './infra/replicas';
import { isMeshFault, setMeshFault, setMeshLink, setMeshRouter, subjectOfMeshFault } from './mesh';
import { isHostFault, subjectOfHostFault } from './os/host/fault/host-fault';
import { setFaultOfHost } from './os/world';
import { raiseAlarm, type World } from './world';

/** Adds the fault to the world's future; a time that has passed means now. */
export function scheduleFault(world: World, fault: FaultSpec): void {
  const index = world.faults.push(fault) - 1;
  const at = Math.max(world.nowUs, seconds(fault.atSeconds)) as typeof world.nowUs;
  schedule(world.queue, at, EventKind.faultStart, index);
  if (fault.lastsSeconds !== undefined) schedule(world.queue, (at + seconds(fault.lastsSeconds)) as typeof at, EventKind.faultEnd, index);
}

/** `on` false takes the fault back; a killed replica cannot be taken back, its supervisor restarts it. */
export function setFault(world: World, fault: FaultKind, on: boolean): void {
  const { infra, mesh, queue } = world;
  const sign = on ? 1 : -1;
  if (on) raiseAlarm(world, `fault/${fault.kind}`, subjectOf(fault), 'injected');
  if (isMeshFault(fault)) return setMeshFault(world, fault, on);
  if (isAvailabilityFault(fault)) return setAvailabilityFault(world, fault, on);
  if (isHostFault(fault)) return setFaultOfHost(world.hosts, world.nowUs, fault, on);
  switch (fault.kind) {
    case 'node-down':
      return setNodePhase(world, infra.nodes.findIndex((node) => node.name === fault.node), on ? 'down' : 'up');
    case 'spot-reclaim': {
      const index = infra.nodes.findIndex((node) => node.name === fault.node);
      return on ? giveSpotNotice(world, index) : endSpotShortage(world, index);
    }
    case 'cpu-hog': {
      const index = infra.nodes.findIndex((node) => node.name === fault.node);
      const node = infra.nodes[index]!;
      progressNode(infra, node, world.nowUs);
      node.hogThreads += sign * fault.threads;
      infra.dirtyNodes.push(index);
      return;
    }
    case 'slow-service':
      serviceOf(world, fault.service).extraWaitUs += sign * Math.round(fault.extraMs * 1_000);
      return;
    case 'memory-leak':
      serviceOf(world, fault.service).leakBytesPerSecond += sign * fault.mibPerSecond * 1_048_576;
      return;
    case 'kill-replica':
      if (on) killSome(world, fault.service, fault.count);
      return;
    case 'load-factor':
      infra.loads.forEach((load, index) => {
        if (infra.services[load.service]!.name !== fault.service) return;
        load.factor = on ? load.factor * fault.factor : load.factor / fault.factor;
        startLoad(world, index);
      });
      return;
    case 'link-down':
      if (mesh !== null) setMeshLink(mesh, queue, fault.a, fault.b, !on);
      return;
    case 'router-down':
      if (mesh !== null) setMeshRouter(mesh, queue, fault.router, !on, world.nowUs);
      return;
    default:
      return unreachable(fault);
  }
}

const serviceOf = (world: World, name: string) => world.infra.services.find((service) => service.name === name)!;

function killSome(world: World, name: string, count: number): void {
  const ready = serviceOf(world, name).replicas.filter((r) => world.infra.replicas[r]!.phase === 'ready');
  for (const index of ready.slice(0, count)) crashReplica(world, index);
}

/** What the fault hits, by name. */
export function subjectOf(fault: FaultKind): string {
  if (isMeshFault(fault)) return subjectOfMeshFault(fault);
  if (isAvailabilityFault(fault)) return subjectOfAvailabilityFault(fault);
  if (isHostFault(fault)) return subjectOfHostFault(fault);
  switch (fault.kind) {
    case 'node-down':
    case 'spot-reclaim':
    case 'cpu-hog':
      return fault.node;
    case 'slow-service':
    case 'memory-leak':
    case 'kill-replica':
    case 'load-factor':
      return fault.service;
    case 'link-down':
      return `${fault.a} – ${fault.b}`;
    case 'router-down':
      return fault.router;
    default:
      return unreachable(fault);
  }
}
