/** What each block of a layout comes to, for its heading. */
import { cluster } from '@/engine/twin';
import type { ClusterLayout } from '../layout/lay-out-cluster';
import type { Lattice } from '../layout/lattice';

export type BlockTotal = { readonly nodes: number; readonly notReady: number; readonly cpuMillicores: number; readonly requestedMillicores: number; readonly usedMillicores: number };

const { PictureNodeState: N } = cluster;

export function totalBlocks({ shape, moment }: cluster.ClusterPicture, { blocks }: ClusterLayout, { columns, nodeAt }: Lattice): readonly BlockTotal[] {
  return blocks.map((block) => {
    const total = { nodes: 0, notReady: 0, cpuMillicores: 0, requestedMillicores: 0, usedMillicores: 0 };
    for (let slot = 0; slot < block.capacity; slot += 1) {
      const node = nodeAt[(block.row + Math.floor(slot / block.columns)) * columns + block.column + (slot % block.columns)]!;
      if (node < 0 || moment.nodes.state[node] === N.absent) continue;
      total.nodes += 1;
      if (moment.nodes.state[node] === N.notReady) total.notReady += 1;
      total.cpuMillicores += shape.nodes.cpuMillicores[node]!;
      total.requestedMillicores += moment.nodes.cpuRequestedMillicores[node]!;
      total.usedMillicores += moment.nodes.cpuUsedMillicores[node]!;
    }
    return total;
  });
}

export const sumTotals = (totals: readonly BlockTotal[]): BlockTotal =>
  totals.reduce(
    (sum, each) => ({ nodes: sum.nodes + each.nodes, notReady: sum.notReady + each.notReady, cpuMillicores: sum.cpuMillicores + each.cpuMillicores, requestedMillicores: sum.requestedMillicores + each.requestedMillicores, usedMillicores: sum.usedMillicores + each.usedMillicores }),
    { nodes: 0, notReady: 0, cpuMillicores: 0, requestedMillicores: 0, usedMillicores: 0 },
  );
