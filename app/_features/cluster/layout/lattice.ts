/** The lattice the other way round: which node is in a cell. Built once per layout, read for every picked point and drawn frame. */
import { cellOf, type ClusterLayout } from './lay-out-cluster';

export type Lattice = {
  readonly columns: number;
  readonly rows: number;
  /** Node slot per cell, −1 for none. */
  readonly nodeAt: Int32Array;
  /** Cell (row × columns + column) per node slot, −1 where it has none. */
  readonly cellOfNode: Int32Array;
};

export function latticeOf(layout: ClusterLayout, names: readonly string[]): Lattice {
  const { columns, rows } = layout;
  const nodeAt = new Int32Array(columns * rows).fill(-1);
  const cellOfNode = new Int32Array(names.length).fill(-1);
  names.forEach((name, node) => {
    const cell = cellOf(layout, name);
    if (cell === null) return;
    const at = cell.row * columns + cell.column;
    nodeAt[at] = node;
    cellOfNode[node] = at;
  });
  return { columns, rows, nodeAt, cellOfNode };
}

/** The next node from one in a direction: along the row or column, across gaps between blocks. −1 at the edge. */
export function neighbour({ columns, rows, nodeAt, cellOfNode }: Lattice, node: number, stepColumn: number, stepRow: number): number {
  const from = cellOfNode[node] ?? -1;
  if (from < 0) return -1;
  let column = (from % columns) + stepColumn;
  let row = Math.floor(from / columns) + stepRow;
  while (column >= 0 && column < columns && row >= 0 && row < rows) {
    const found = nodeAt[row * columns + column]!;
    if (found >= 0) return found;
    column += stepColumn;
    row += stepRow;
  }
  return -1;
}
