/** Sizes a cluster can be opened at, by nodes and pods. */
export type OfferedSize = { readonly id: string; readonly label: string; readonly nodes: number; readonly pods: number };

export const SIZES: readonly OfferedSize[] = [
  { id: '500', label: '500 nodes, 10,000 pods', nodes: 500, pods: 10_000 },
  { id: '2000', label: '2,000 nodes, 20,000 pods', nodes: 2_000, pods: 20_000 },
  { id: '5000', label: '5,000 nodes, 50,000 pods', nodes: 5_000, pods: 50_000 },
  { id: '20000', label: '20,000 nodes, 50,000 pods', nodes: 20_000, pods: 50_000 },
];

export const sizeOf = (id: string | null): OfferedSize => SIZES.find((size) => size.id === id) ?? SIZES[1]!;
