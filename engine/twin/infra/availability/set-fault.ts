/** Faults of this module begin and end. */
import type { World } from '../../world';
import { progressNode } from '../node-cpu';
import { setNodePhase } from '../node-phase';
import { emptyCaches } from '../traffic/cache/look-up';
import { nodesOf, subjectOfAvailabilityFault, type AvailabilityFault } from './availability-fault';
import { loseData } from './restore/backup';
import { crashFrom, endCrashes } from './crash-loop';

export function setAvailabilityFault(world: World, fault: AvailabilityFault, on: boolean): void {
  const { infra } = world;
  const serviceIndex = (name: string) => infra.services.findIndex((service) => service.name === name);
  switch (fault.kind) {
    case 'zone-down':
    case 'region-down':
      return infra.nodes.forEach((node, index) => {
        if (fault.kind === 'zone-down' ? node.zone === fault.zone : node.region === fault.region) setNodePhase(world, index, on ? 'down' : 'up');
      });
    case 'slow-node': {
      const index = infra.nodes.findIndex((node) => node.name === fault.node);
      const node = infra.nodes[index]!;
      progressNode(infra, node, world.nowUs);
      node.speed = on ? node.speed * fault.speed : node.speed / fault.speed;
      infra.dirtyNodes.push(index);
      return;
    }
    case 'partition': {
      const name = subjectOfAvailabilityFault(fault);
      if (on) infra.partitions.push({ name, a: nodesOf(infra.nodes, fault.a), b: nodesOf(infra.nodes, fault.b), sinceUs: world.nowUs });
      else removeFirst(infra.partitions, (partition) => partition.name === name);
      return;
    }
    case 'crash-loop':
      if (on) crashFrom(world, serviceIndex(fault.service), fault.count, fault.afterSeconds);
      else endCrashes(world, serviceIndex(fault.service));
      return;
    case 'disk-fill': {
      const disk = infra.nodes.find((node) => node.name === fault.node)?.disk ?? null;
      if (disk === null) return;
      disk.fillBytesPerSecond += (on ? 1 : -1) * fault.mibPerSecond * 1_048_576;
      if (!on && disk.fillBytesPerSecond <= 0) disk.usedBytes = disk.settledBytes; // whoever filled it cleans up
      return;
    }
    case 'dependency-outage': {
      const { outages } = infra.services[serviceIndex(fault.service)]!;
      if (on) outages.push({ mode: fault.mode, share: fault.share });
      else removeFirst(outages, ({ mode, share }) => mode === fault.mode && share === fault.share);
      return;
    }
    case 'leader-loss':
      return loseLeaderNode(world, serviceIndex(fault.service), on);
    case 'data-loss':
      if (on) loseData(world, serviceIndex(fault.service));
      return;
    case 'cold-cache':
      if (on) emptyCaches(infra, serviceIndex(fault.service));
      return;
  }
}

/** The node that led goes down; when the fault ends, the same one comes back. */
function loseLeaderNode(world: World, service: number, on: boolean): void {
  const { replicas, services } = world.infra;
  const log = services[service]!.replication;
  if (log === null) return;
  if (on) log.lostNode = log.leader < 0 ? -1 : replicas[log.leader]!.node;
  if (log.lostNode >= 0) setNodePhase(world, log.lostNode, on ? 'down' : 'up');
}

function removeFirst<T>(items: T[], matches: (item: T) => boolean): void {
  const index = items.findIndex(matches);
  if (index >= 0) items.splice(index, 1);
}
