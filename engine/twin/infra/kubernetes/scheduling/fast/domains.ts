/** Topology domains as numbers: for a key, which domain each node is in (−1 where the label is missing). */
import { labelOf } from '../../api/labels';
import type { Node } from '../../api/node';

export type TopologyDomains = {
  readonly key: string;
  readonly ofNode: Int32Array;
  /** Domain 0 is the empty label value, whether a node has it or not. */
  readonly count: number;
};

export function topologyDomains(nodes: readonly Node[], key: string): TopologyDomains {
  const ids = new Map<string, number>([['', 0]]);
  const ofNode = Int32Array.from(nodes, ({ labels }) => {
    const value = labelOf(labels, key);
    if (value === undefined) return -1;
    const id = ids.get(value) ?? ids.size;
    ids.set(value, id);
    return id;
  });
  return { key, ofNode, count: ids.size };
}
