/** Hierarchical weighted max-min fairness: each gets its weight's share of what is left, none more than it wants. */
export type ShareNode = { readonly name: string; readonly weight: number; /** Most it may have, cores. */ readonly cap?: number; readonly demand?: number; readonly children?: readonly ShareNode[] };

/** Cores of every node by name. A leaf wants its `demand`; a group what its children want, up to its cap. */
export function fairShares(root: ShareNode, cores: number): Map<string, number> {
  const shares = new Map<string, number>();
  give(root, Math.min(cores, wanted(root)), shares);
  return shares;
}

function give(node: ShareNode, cores: number, shares: Map<string, number>): void {
  shares.set(node.name, cores);
  const children = node.children ?? [];
  divide(children.map(({ weight }, i) => ({ weight, demand: wanted(children[i]!) })), cores).forEach((share, i) => give(children[i]!, share, shares));
}

const wanted = (node: ShareNode): number => Math.min(node.cap ?? Infinity, node.children === undefined ? (node.demand ?? 0) : node.children.reduce((sum, child) => sum + wanted(child), 0));

/** Water filling: who wants less than its share is served, the rest is divided again. */
function divide(items: readonly { readonly weight: number; readonly demand: number }[], cores: number): number[] {
  const shares = items.map(() => 0);
  const open = new Set(items.keys());
  let left = cores;
  for (;;) {
    const weight = [...open].reduce((sum, i) => sum + items[i]!.weight, 0);
    const full = [...open].filter((i) => items[i]!.demand <= (left * items[i]!.weight) / weight + 1e-12);
    if (full.length === 0) {
      for (const i of open) shares[i] = (left * items[i]!.weight) / weight;
      return shares;
    }
    for (const i of full) {
      shares[i] = items[i]!.demand;
      left -= items[i]!.demand;
      open.delete(i);
    }
    if (open.size === 0) return shares;
  }
}
