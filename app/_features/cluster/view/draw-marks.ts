/** Rings around what is meant: the chosen node or pod, the one under the pointer, the one the keyboard is on, and matches too small to see. */
import type { Inks } from '../paint/palette';
import { gapPx, insideOf, PODS_FROM_PX } from './detail';
import type { Paper } from './draw-words';
import type { Picked } from './pick';
import type { Scene } from './scene';

export type Marks = { readonly hover: Picked | null; readonly chosen: Picked | null; /** Node slot, −1 while the keyboard is elsewhere. */ readonly focus: number };

const RING_PX_MIN = 9;
/** So few matches get a ring of their own while cells are this small. */
const RINGED_MATCHES_MAX = 60;
const RINGED_BELOW_PX = 14;

export function drawMarks(paper: Paper, scene: Scene, { hover, chosen, focus }: Marks): void {
  const { inks } = scene.palette;
  drawFewMatches(paper, scene, inks);
  if (hover !== null) ring(paper, scene, hover, inks.ink, 1, []);
  if (focus >= 0) ring(paper, scene, { node: focus, pod: -1 }, inks.ink, 2, [3, 2]);
  if (chosen !== null) ring(paper, scene, chosen, inks.accent, 2.5, []);
}

function drawFewMatches(paper: Paper, scene: Scene, inks: Inks): void {
  const { matches } = scene;
  if (matches === null || paper.camera.scale >= RINGED_BELOW_PX || matches.nodeCount + matches.podCount > RINGED_MATCHES_MAX) return;
  matches.nodes.forEach((flag, node) => flag > 0 && ring(paper, scene, { node, pod: -1 }, inks.ink, 1.5, []));
}

function ring({ context, camera, room }: Paper, { lattice, seats }: Scene, { node, pod }: Picked, colour: string, width: number, dash: readonly number[]): void {
  const cell = lattice.cellOfNode[node] ?? -1;
  if (cell < 0) return;
  const { scale } = camera;
  let x = ((cell % lattice.columns) - camera.x) * scale;
  let y = (Math.floor(cell / lattice.columns) - camera.y) * scale;
  let size = scale;
  if (pod >= 0 && scale >= PODS_FROM_PX && (seats.seat[pod] ?? -1) >= 0) {
    const side = seats.side[node]!;
    const { left, top, step } = insideOf(scale, side);
    x += left + (seats.seat[pod]! % side) * step;
    y += top + Math.floor(seats.seat[pod]! / side) * step;
    size = step - 2;
  } else {
    x += gapPx(scale);
    y += gapPx(scale);
    size -= gapPx(scale);
  }
  const grow = Math.max(0, RING_PX_MIN - size) / 2;
  if (x > room.width || y > room.height || x + size < 0 || y + size < 0) return;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash([...dash]);
  context.strokeRect(x - grow, y - grow, size + 2 * grow, size + 2 * grow);
  context.setLineDash([]);
}
