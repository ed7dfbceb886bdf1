/** What is under a point of the room: a node, and nearer also a pod in it. */
import type { cluster } from '@/engine/twin';
import type { Lattice } from '../layout/lattice';
import type { Seats } from '../layout/seat-pods';
import type { Camera } from './camera';
import { insideOf, PODS_FROM_PX } from './detail';

export type Picked = { readonly node: number; readonly pod: number };
export type Pickable = { readonly lattice: Lattice; readonly seats: Seats; readonly nodeState: cluster.ClusterMoment['nodes']['state'] };

export function pick({ lattice, seats, nodeState }: Pickable, { x, y, scale }: Camera, px: number, py: number): Picked | null {
  const cellX = x + px / scale;
  const cellY = y + py / scale;
  const column = Math.floor(cellX);
  const row = Math.floor(cellY);
  if (column < 0 || row < 0 || column >= lattice.columns || row >= lattice.rows) return null;
  const node = lattice.nodeAt[row * lattice.columns + column]!;
  if (node < 0 || nodeState[node] === 0) return null;
  if (scale < PODS_FROM_PX) return { node, pod: -1 };
  return { node, pod: podAt(seats, node, (cellX - column) * scale, (cellY - row) * scale, scale) };
}

function podAt({ start, byNode, seat, side: sides }: Seats, node: number, px: number, py: number, scale: number): number {
  const side = sides[node]!;
  const { left, top, step } = insideOf(scale, side);
  const column = Math.floor((px - left) / step);
  const row = Math.floor((py - top) / step);
  if (column < 0 || row < 0 || column >= side || row >= side) return -1;
  for (let i = start[node]!; i < start[node + 1]!; i += 1) if (seat[byNode[i]!] === row * side + column) return byNode[i]!;
  return -1;
}
