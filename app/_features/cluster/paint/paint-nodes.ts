/** From shares and states to codes of the palette, and from codes to an image of one pixel a cell. */
import { cluster } from '@/engine/twin';
import type { Matches } from '../filter/match-filter';
import type { Block } from '../layout/lay-out-cluster';
import type { Lattice } from '../layout/lattice';
import type { Lens } from './lens';
import { Code, type Palette } from './palette';

const { PictureNodeState: N } = cluster;

/** A code per node slot; nodes a filter means are lit, the others dimmed. */
export function paintNodes({ steps }: Lens, state: Uint8Array, shares: Float64Array, matches: Matches | null): Uint8Array {
  return state.map((each, node) => {
    const share = shares[node]!;
    const code = each !== N.ready ? Code.nodeBase + each : Number.isNaN(share) ? Code.line : Code.steps + stepOf(steps, share);
    return matches === null ? code : matches.nodes[node] === 0 ? code + Code.dimmed : code + Code.lit;
  });
}

export function stepOf(steps: Lens['steps'], share: number): number {
  let step = 0;
  while (step + 1 < steps.length && share >= steps[step + 1]!.from) step += 1;
  return step;
}

/** RGBA, one pixel a cell: nodes in their colours, free slots of blocks faint, the rest ground. */
export function paintLattice({ columns, rows, nodeAt }: Lattice, blocks: readonly Block[], codes: Uint8Array, { rgb }: Palette): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  const put = (at: number, code: number) => {
    pixels[at * 4] = rgb[code * 3]!;
    pixels[at * 4 + 1] = rgb[code * 3 + 1]!;
    pixels[at * 4 + 2] = rgb[code * 3 + 2]!;
    pixels[at * 4 + 3] = 255;
  };
  for (let at = 0; at < nodeAt.length; at += 1) put(at, Code.ground);
  for (const block of blocks) for (let slot = 0; slot < block.capacity; slot += 1) put((block.row + Math.floor(slot / block.columns)) * columns + block.column + (slot % block.columns), Code.slot);
  for (let at = 0; at < nodeAt.length; at += 1) if (nodeAt[at]! >= 0) put(at, codes[nodeAt[at]!]!);
  return pixels;
}
