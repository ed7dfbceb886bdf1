/** Everything a frame is drawn from. A new one is made when something of the cluster changes, never per frame. */
import type { cluster } from '@/engine/twin';
import type { Matches } from '../filter/match-filter';
import { layOutCluster, type ClusterLayout } from '../layout/lay-out-cluster';
import { latticeOf, type Lattice } from '../layout/lattice';
import { seatPods, type Seats } from '../layout/seat-pods';
import { sharesOf, type Lens } from '../paint/lens';
import { paintLattice, paintNodes } from '../paint/paint-nodes';
import type { Palette } from '../paint/palette';
import { totalBlocks, type BlockTotal } from './total-blocks';

export type Placed = { readonly picture: cluster.ClusterPicture; readonly layout: ClusterLayout; readonly lattice: Lattice; readonly seats: Seats; readonly totals: readonly BlockTotal[] };
/** A placed picture under a lens. */
export type Measured = Placed & { readonly lens: Lens; readonly shares: Float64Array };
export type Scene = Measured & {
  readonly palette: Palette;
  readonly codes: Uint8Array;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly matches: Matches | null;
};

/** Places a picture; what was placed before keeps its place. */
export function placePicture(picture: cluster.ClusterPicture, aspect: number, before: Placed | null): Placed {
  const { shape, moment } = picture;
  const same = before !== null && before.picture.shape === shape;
  const names = shape.nodes.name;
  const layout = same ? before.layout : layOutCluster(names.map((name, i) => ({ name, zone: shape.zones[shape.nodes.zone[i]!] ?? '', pool: shape.pools[shape.nodes.pool[i]!] ?? '' })), aspect, before?.layout ?? null);
  const lattice = same ? before.lattice : latticeOf(layout, names);
  const seats = seatPods(moment.pods, names.length, same ? before.seats : null);
  return { picture, layout, lattice, seats, totals: totalBlocks(picture, layout, lattice) };
}

export const measureNodes = (placed: Placed, lens: Lens): Measured => ({ ...placed, lens, shares: sharesOf(lens, placed.picture, placed.seats) });

export function paintScene(measured: Measured, palette: Palette, matches: Matches | null): Scene {
  const codes = paintNodes(measured.lens, measured.picture.moment.nodes.state, measured.shares, matches);
  return { ...measured, palette, codes, matches, pixels: paintLattice(measured.lattice, measured.layout.blocks, codes, palette) };
}
