/** A node goes down, comes back, leaves the bill. Its mesh router shares its fate. */
import { timeUs } from '@/engine/kernel';
import { nodeCoupling, setMeshRouter } from '../mesh';
import { raiseAlarm, type World } from '../world';
import type { NodePhase } from './infra';
import { progressNode } from './node-cpu';
import { loseNode, startReplica } from './replicas';

export function setNodePhase(world: World, index: number, phase: NodePhase): void {
  const { infra, mesh } = world;
  const node = infra.nodes[index]!;
  if (node.phase === phase) return;
  progressNode(infra, node, world.nowUs);
  node.phase = phase;
  if (mesh !== null && node.router !== null) setMeshRouter(mesh, world.queue, node.router, phase === 'up', world.nowUs);
  nodeCoupling(world.coupling, world.queue, index, phase === 'up', world.nowUs);
  if (phase !== 'up') {
    node.downAtUs = world.nowUs;
    raiseAlarm(world, phase === 'down' ? 'node-down' : 'node-removed', node.name, `${node.replicas.length} replicas were on it`);
    return loseNode(world, index);
  }
  node.progressedUs = timeUs(world.nowUs);
  for (const replica of [...node.replicas]) startReplica(world, replica); // those that were not moved yet
}
