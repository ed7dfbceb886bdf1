/**
 * Seats of pods inside their nodes: a pod keeps its seat while it is on its node, a new one takes the lowest free. A node
 * has as many seats a side as its highest seat needs; the number grows in steps and never shrinks, so pods seldom change size.
 */
import type { cluster } from '@/engine/twin';

export type Seats = {
  /** Seat per pod slot, −1 without a node. */
  readonly seat: Int16Array;
  /** Pod slots by node: those of node n are `byNode[start[n] … start[n + 1])`. */
  readonly start: Int32Array;
  readonly byNode: Int32Array;
  /** Seats a side, by node. */
  readonly side: Uint8Array;
  /** Who sat where: node and life per pod slot. */
  readonly node: Int32Array;
  readonly life: Int32Array;
};

const SIDES = [2, 3, 4, 5, 6, 8, 11, 16, 24, 32];

export function seatPods({ count, node, life }: cluster.ClusterMoment['pods'], nodes: number, before: Seats | null): Seats {
  const start = new Int32Array(nodes + 1);
  for (let pod = 0; pod < count; pod += 1) if (node[pod]! >= 0) start[node[pod]! + 1] = start[node[pod]! + 1]! + 1;
  for (let i = 0; i < nodes; i += 1) start[i + 1] = start[i + 1]! + start[i]!;
  const byNode = new Int32Array(start[nodes]!);
  const filled = start.slice(0, nodes);
  for (let pod = 0; pod < count; pod += 1) {
    const on = node[pod]!;
    if (on < 0) continue;
    byNode[filled[on]!] = pod;
    filled[on] = filled[on]! + 1;
  }
  const seat = new Int16Array(count).fill(-1);
  const side = new Uint8Array(nodes);
  for (let i = 0; i < nodes; i += 1) {
    const highest = seatNode(seat, byNode.subarray(start[i]!, start[i + 1]!), { node, life }, before);
    const needed = Math.ceil(Math.sqrt(highest + 1));
    side[i] = Math.max(before?.side[i] ?? 0, SIDES.find((each) => each >= needed) ?? needed);
  }
  return { seat, start, byNode, side, node: node.slice(), life: life.slice() };
}

function seatNode(seat: Int16Array, pods: Int32Array, { node, life }: Pick<cluster.ClusterMoment['pods'], 'node' | 'life'>, before: Seats | null): number {
  const taken: boolean[] = [];
  const stays = (pod: number) => before !== null && pod < before.seat.length && before.node[pod] === node[pod] && before.life[pod] === life[pod] && before.seat[pod]! >= 0;
  for (const pod of pods)
    if (stays(pod)) {
      seat[pod] = before!.seat[pod]!;
      taken[seat[pod]!] = true;
    }
  let next = 0;
  let highest = 0;
  for (const pod of pods) {
    if (seat[pod]! < 0) {
      while (taken[next] === true) next += 1;
      seat[pod] = next;
      taken[next] = true;
    }
    highest = Math.max(highest, seat[pod]!);
  }
  return highest;
}
