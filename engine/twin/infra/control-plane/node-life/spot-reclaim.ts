/**
 * A spot node is reclaimed: two minutes of notice, then it is gone with whatever still runs there. At the notice it is
 * cordoned and drained, as a node termination handler does; a disruption budget can make that take too long.
 * Source: AWS EC2 User Guide, "Spot Instance interruption notices".
 */
import { schedule, seconds, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import { setNodePhase } from '../../node-phase';
import { drainNode, setCordon } from './drain-node';

export const SPOT_NOTICE_SECONDS = 120;

export function giveSpotNotice(world: World, index: number): void {
  const node = world.infra.nodes[index]!;
  if (node.phase !== 'up') return;
  drainNode(world, index, 'stay');
  schedule(world.queue, timeUs(world.nowUs + seconds(SPOT_NOTICE_SECONDS)), EventKind.spotReclaimed, index, node.life);
}

export function reclaimSpot(world: World, index: number, life: number): void {
  const node = world.infra.nodes[index]!;
  if (node.phase === 'up' && node.life === life) setNodePhase(world, index, node.group < 0 ? 'removed' : 'absent');
}

/** Capacity is back: the node returns, unless its group decides about that. */
export function endSpotShortage(world: World, index: number): void {
  setCordon(world, index, false);
  if (world.infra.nodes[index]!.phase === 'removed') setNodePhase(world, index, 'up');
}
