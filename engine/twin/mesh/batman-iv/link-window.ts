/** The echo windows of a router's links, and the factor that follows from both windows of a link. */
import { bitCount } from './bit-count';
import { linkFactor } from './link-quality';
import type { MeshState } from '../mesh-state';
import { copyBase, COPY_HEAD, ROW_WORDS, slotBase } from '../tables/originator-tables';

/** A new own OGM is queued on interface `source`: nobody has echoed it yet. */
export function slideEchoes(mesh: MeshState, router: number, source: number): void {
  const { tables, topology } = mesh;
  for (let i = topology.inStart[router]!; i < topology.inStart[router + 1]!; i += 1) {
    const edge = topology.inEdges[i]!;
    if (topology.edgeTo[edge] !== source || tables.echoSum[edge] === 0) continue;
    tables.echoHigh[edge] = (tables.echoHigh[edge]! << 1) | (tables.echoLow[edge]! >>> 31);
    tables.echoLow[edge] = tables.echoLow[edge]! << 1;
    countEchoes(mesh, router, edge);
  }
}

/** Counts a changed echo window. */
export function countEchoes(mesh: MeshState, router: number, edge: number): void {
  const { tables } = mesh;
  tables.echoSum[edge] = bitCount(tables.echoLow[edge]!) + bitCount(tables.echoHigh[edge]!);
  for (let copy = 0; copy < tables.copies[router]!; copy += 1) updateFactor(mesh, router, edge, copy);
}

/** Recomputes a link's factor in one copy of the tables after a window changed. */
export function updateFactor(mesh: MeshState, router: number, edge: number, copy: number): void {
  const { tables, topology } = mesh;
  const slot = slotBase(tables, router, topology.edgeSlot[edge]!);
  const row = copyBase(slot, tables.degree[router]!, copy) + COPY_HEAD + ROW_WORDS * topology.edgeNeighbour[edge]!;
  const received = bitCount(tables.words[row]!) + bitCount(tables.words[row + 1]!);
  tables.factors[tables.factorBase[edge]! + copy] = linkFactor(received, tables.echoSum[edge]!, mesh.interfaces.penalty[topology.edgeTo[edge]!]!);
}
