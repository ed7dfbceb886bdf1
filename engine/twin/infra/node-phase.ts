/** A node goes down, comes back, boots, leaves the bill. Its mesh router shares its fate. */
import { schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../event-kind';
import { nodeCoupling, setMeshRouter } from '../mesh';
import { raiseAlarm, type World } from '../world';
import { daemonsJoin, daemonsLeave } from './control-plane/node-life/daemons';
import { nodeLost, nodeSettled } from './control-plane/node-life/evict-unreachable';
import { wakePending } from './control-plane/scheduling/pending-queue';
import { forgetScheduler } from './control-plane/scheduling/world-scheduler';
import type { NodePhase } from './infra';
import { progressNode } from './node-cpu';
import { loseNode, startReplica } from './replicas';

/** Pods of a node that was deleted are collected after so long (gcCheckPeriod of the pod garbage collector). */
const POD_COLLECTION_US = 20_000_000;

export function setNodePhase(world: World, index: number, phase: NodePhase): void {
  const { infra, mesh } = world;
  const node = infra.nodes[index]!;
  if (node.phase === phase || !mayTurn(node.phase, phase)) return;
  progressNode(infra, node, world.nowUs);
  const wasUp = node.phase === 'up';
  const joins = node.phase !== 'down';
  node.phase = phase;
  node.life += 1;
  node.drain = 'no';
  node.changedUs = world.nowUs;
  if (wasUp || phase === 'up') {
    if (mesh !== null && node.router !== null) setMeshRouter(mesh, world.queue, node.router, phase === 'up', world.nowUs);
    nodeCoupling(world.coupling, world.queue, index, phase === 'up', world.nowUs);
  }
  if (phase === 'up') return rise(world, index, joins);
  if (phase === 'booting') return;
  node.downAtUs = world.nowUs;
  if (phase !== 'absent') raiseAlarm(world, phase === 'down' ? 'node-down' : 'node-removed', node.name, `${node.replicas.length} replicas were on it`);
  if (phase !== 'down') daemonsLeave(world, index);
  loseNode(world, index, phase === 'down' ? null : POD_COLLECTION_US);
  if (phase !== 'down') {
    forgetScheduler(infra);
    nodeSettled(world, index);
  } else schedule(world.queue, timeUs(world.nowUs + infra.endpointUs), EventKind.nodeNotReady, index, node.life);
}

/** What is not there cannot go down, and nobody but its group orders an absent node. */
const mayTurn = (from: NodePhase, to: NodePhase) => (to === 'down' ? from === 'up' : to === 'up' ? from !== 'absent' : true);

function rise(world: World, index: number, joins: boolean): void {
  const { infra } = world;
  const node = infra.nodes[index]!;
  node.progressedUs = timeUs(world.nowUs);
  node.ready = true;
  node.memoryShortUs = -1;
  forgetScheduler(infra);
  nodeSettled(world, index);
  wakePending(world);
  if (joins) daemonsJoin(world, index);
  for (const replica of [...node.replicas]) startReplica(world, replica); // those that were not moved yet
}

/** Its lease has run out: the control plane stops placing pods there. */
export function loseReady(world: World, index: number, life: number): void {
  const node = world.infra.nodes[index]!;
  if (node.life !== life) return;
  node.ready = false;
  forgetScheduler(world.infra);
  nodeLost(world, index);
}
