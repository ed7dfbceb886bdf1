/** Nodes are ordered from a group, boot, and take pods; their images are empty. */
import { schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import { affordableNodes } from '../../budget';
import { setNodePhase } from '../../node-phase';
import { moveReplica } from '../../replicas';
import { drainNode } from '../node-life/drain-node';

/** Places of the group nobody has ordered yet. */
export const absentNodes = ({ infra }: World, group: number): number[] => infra.nodes.flatMap((node, index) => (node.group === group && node.phase === 'absent' ? [index] : []));

export const groupSize = ({ infra }: World, group: number) => infra.nodes.filter((node) => node.group === group && (node.phase === 'up' || node.phase === 'down' || node.phase === 'booting')).length;

/** The nodes that were ordered: fewer than asked for when the group has no more, or the budget ends. */
export function orderNodes(world: World, group: number, count: number): number[] {
  const { infra, queue, nowUs } = world;
  const absent = absentNodes(world, group).slice(0, count);
  const ordered = absent.slice(0, affordableNodes(world, group, absent.length));
  for (const index of ordered) {
    setNodePhase(world, index, 'booting');
    schedule(queue, timeUs(nowUs + infra.cluster.groups[group]!.bootUs), EventKind.nodeBooted, index, infra.nodes[index]!.life);
  }
  if (ordered.length > 0) infra.cluster.lastAddUs = nowUs;
  return ordered;
}

export function nodeBooted(world: World, index: number, life: number): void {
  const { cluster, nodes } = world.infra;
  const node = nodes[index]!;
  if (node.life !== life || node.phase !== 'booting') return;
  for (const replica of [...node.replicas]) moveReplica(world, replica); // of the machine that had this place before
  node.cordoned = false;
  node.images = [];
  node.unneededSinceUs = -1;
  setNodePhase(world, index, 'up');
  if (cluster.replacement !== index) return;
  for (const replaced of cluster.replaced) drainNode(world, replaced, 'remove');
  cluster.replacement = -1;
  cluster.replaced = [];
}
