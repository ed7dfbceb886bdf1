/**
 * Which node a new replica gets: it must fit by requests (as kube-scheduler counts, not by use), then the
 * node with the fewest replicas of the same service, then the least allocated one, then the first.
 */
import type { Infra, Node, Service } from './infra';

/** Index of the chosen node, −1 when the replica fits nowhere. */
export function chooseNode(infra: Infra, serviceIndex: number): number {
  const service = infra.services[serviceIndex]!;
  let best = -1;
  let bestRank: readonly [number, number] = [Infinity, -Infinity];
  infra.nodes.forEach((node, index) => {
    if (!mayPlace(infra, node, index, service)) return;
    const peers = node.replicas.filter((r) => infra.replicas[r]!.service === serviceIndex).length;
    const free = leastAllocated(infra, node, service);
    if (peers < bestRank[0] || (peers === bestRank[0] && free > bestRank[1])) {
      best = index;
      bestRank = [peers, free];
    }
  });
  return best;
}

function mayPlace(infra: Infra, node: Node, index: number, service: Service): boolean {
  if (node.phase !== 'up' || node.cordoned) return false;
  if (service.nodes !== null && !service.nodes.includes(index)) return false;
  const { cpu, memory } = requested(infra, node);
  return cpu + service.cpuRequest <= node.capacityMillicores && memory + service.memoryBytes <= node.memoryBytes;
}

function requested(infra: Infra, node: Node): { cpu: number; memory: number } {
  let cpu = 0;
  let memory = 0;
  for (const index of node.replicas) {
    const service = infra.services[infra.replicas[index]!.service]!;
    cpu += service.cpuRequest;
    memory += service.memoryBytes;
  }
  return { cpu, memory };
}

/** kube-scheduler's LeastAllocated: mean over CPU and memory of the free share, 0..100, truncated per resource. */
function leastAllocated(infra: Infra, node: Node, service: Service): number {
  const { cpu, memory } = requested(infra, node);
  const free = (capacity: number, used: number) => Math.trunc(((capacity - used) * 100) / capacity);
  return Math.trunc((free(node.capacityMillicores, cpu + service.cpuRequest) + free(node.memoryBytes, memory + service.memoryBytes)) / 2);
}
