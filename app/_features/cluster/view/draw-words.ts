/**
 * Names and totals over the cells. A heading stays in sight while any of its block is: when its place is above the room it
 * sticks to the room's upper edge. Nearer, nodes have names, then pods. Words never grow with the zoom; what does not fit
 * is said shorter or not at all.
 */
import { formatCount, formatShare } from '@/app/_lib/format/quantity';
import type { Rect } from '../layout/lay-out-cluster';
import type { Camera, Room } from './camera';
import { inSight } from './collect-near';
import { framePx, gapPx, insideOf, NODE_NAME_FROM_PX, POD_NAME_FROM_PX } from './detail';
import type { Scene } from './scene';
import { sumTotals, type BlockTotal } from './total-blocks';

export type Paper = { readonly context: CanvasRenderingContext2D; readonly camera: Camera; readonly room: Room; readonly font: string };

const HEAD_PX_MIN = 11;
const STUCK_PX = 20;
const NAME_PX = 11;
/** Mean width of a character of 11 px. */
const CHARACTER_PX = 6.1;

export function drawWords(paper: Paper, scene: Scene): void {
  if (paper.camera.scale >= NODE_NAME_FROM_PX) drawNames(paper, scene);
  drawHeads(paper, scene);
}

function drawHeads(paper: Paper, scene: Scene): void {
  const { layout, totals } = scene;
  const headPx = layout.headRows * paper.camera.scale;
  if (headPx < HEAD_PX_MIN) return drawZoneNamesOnly(paper, scene);
  for (const zone of layout.zones) {
    const own = totals.filter((_, i) => inside(layout.blocks[i]!, zone));
    head(paper, scene, { ...zone, name: `Zone ${zone.zone}`, total: sumTotals(own), bold: true, headPx, below: 0 });
  }
  layout.blocks.forEach((block, i) => head(paper, scene, { ...block, row: block.row - layout.headRows, rows: block.rows + layout.headRows, name: block.pool, total: totals[i]!, bold: false, headPx, below: 1 }));
}

const inside = (block: Rect, area: Rect) => block.column >= area.column && block.column < area.column + area.columns && block.row >= area.row && block.row < area.row + area.rows;

type Head = Rect & { readonly name: string; readonly total: BlockTotal; readonly bold: boolean; readonly headPx: number; /** How many headings may stick above it. */ readonly below: number };

function head({ context, camera, room, font }: Paper, { palette: { inks } }: Scene, { column, row, columns, rows, name, total, bold, headPx, below }: Head): void {
  const left = Math.max(0, (column - camera.x) * camera.scale);
  const width = Math.min(room.width, (column + columns - camera.x) * camera.scale) - left;
  const ownTop = (row - camera.y) * camera.scale;
  const bottom = (row + rows - camera.y) * camera.scale;
  const stuckTop = below * STUCK_PX;
  const stuck = ownTop + Math.max(0, headPx - STUCK_PX) < stuckTop;
  const top = stuck ? Math.min(stuckTop, bottom - STUCK_PX * 2) : ownTop + Math.max(0, headPx - STUCK_PX);
  if (width < 24 || bottom < STUCK_PX || top > room.height || total.nodes === 0) return;
  const size = Math.min(bold ? 13 : 12, headPx * 0.85);
  context.font = `${bold ? 600 : 500} ${size}px ${font}`;
  context.textBaseline = 'middle';
  if (stuck) {
    context.fillStyle = inks.paper;
    context.fillRect(left, top, width, STUCK_PX);
  }
  const middle = top + Math.min(STUCK_PX, headPx) / 2;
  context.fillStyle = inks.ink;
  const inset = stuck ? 6 : 1;
  const nameWidth = context.measureText(name).width;
  if (nameWidth > width) return;
  context.fillText(name, left + inset, middle);
  context.font = `400 ${size}px ${font}`;
  const rest = longestFitting(context, width - nameWidth - 12 - inset, waysToSay(total));
  context.fillStyle = inks.ink3;
  context.fillText(rest, left + inset + nameWidth + 8, middle);
  if (total.notReady === 0) return;
  const bad = `${formatCount(total.notReady)} not ready`;
  const at = left + inset + nameWidth + 8 + context.measureText(rest).width + 10;
  if (at + context.measureText(bad).width > left + width) return;
  context.fillStyle = inks.bad;
  context.fillText(bad, at, middle);
}

function waysToSay({ nodes, cpuMillicores, requestedMillicores, usedMillicores }: BlockTotal): readonly string[] {
  const count = `${formatCount(nodes)} ${nodes === 1 ? 'node' : 'nodes'}`;
  const share = (part: number) => formatShare(Math.round((100 * part) / cpuMillicores) / 100);
  const used = Number.isNaN(usedMillicores) ? '' : `, ${share(usedMillicores)} used`;
  return [`${count}, ${share(requestedMillicores)} of CPU requested${used}`, `${count}, ${share(requestedMillicores)} requested`, count, formatCount(nodes)];
}

/** The longest of some ways to say it that has room. */
const longestFitting = (context: CanvasRenderingContext2D, width: number, ways: readonly string[]) => ways.find((way) => context.measureText(way).width <= width) ?? '';

function drawZoneNamesOnly({ context, camera, font }: Paper, { layout, palette: { inks } }: Scene): void {
  context.font = `600 11px ${font}`;
  context.textBaseline = 'bottom';
  context.fillStyle = inks.ink;
  for (const zone of layout.zones) context.fillText(`Zone ${zone.zone}`, (zone.column - camera.x) * camera.scale, (zone.row + layout.headRows - camera.y) * camera.scale);
}

/** Shortened to the room it has, at its begin for names whose end tells them apart. */
const cut = (text: string, px: number, at: 'begin' | 'end' = 'end') => {
  const most = Math.floor(px / CHARACTER_PX);
  return text.length <= most ? text : most < 3 ? '' : at === 'end' ? `${text.slice(0, most - 1)}…` : `…${text.slice(1 - most)}`;
};

function drawNames({ context, camera, room, font }: Paper, scene: Scene): void {
  const { lattice, picture, palette: { inks } } = scene;
  const { left, right, top, bottom } = inSight(lattice, camera, room);
  const { scale } = camera;
  context.font = `500 ${NAME_PX}px ${font}`;
  context.textBaseline = 'middle';
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1) {
      const node = lattice.nodeAt[row * lattice.columns + column]!;
      if (node < 0 || picture.moment.nodes.state[node] === 0) continue;
      const x = (column - camera.x) * scale;
      const y = (row - camera.y) * scale;
      context.fillStyle = inks.ink;
      context.fillText(cut(shortName(picture.shape.nodes.name[node]!), scale - gapPx(scale) - 46, 'begin'), x + gapPx(scale) + framePx(scale) + 4, y + gapPx(scale) + framePx(scale) + 9);
      context.fillStyle = inks.ink2;
      context.textAlign = 'right';
      if (scene.lens.id !== 'state') context.fillText(formatShare(Math.round(scene.shares[node]! * 100) / 100), x + scale - framePx(scale) - 4, y + gapPx(scale) + framePx(scale) + 9);
      context.textAlign = 'left';
      drawPodNames(context, scene, node, x, y, scale);
    }
}

/** Without the domain that all nodes share. */
const shortName = (name: string) => name.split('.', 1)[0]!;

function drawPodNames(context: CanvasRenderingContext2D, { seats, picture: { shape, moment }, palette: { inks } }: Scene, node: number, x: number, y: number, scale: number): void {
  const side = seats.side[node]!;
  const { left, top, step } = insideOf(scale, side);
  if (step < POD_NAME_FROM_PX) return;
  context.fillStyle = inks.ink;
  context.textAlign = 'center';
  for (let i = seats.start[node]!; i < seats.start[node + 1]!; i += 1) {
    const pod = seats.byNode[i]!;
    const seat = seats.seat[pod]!;
    context.fillText(cut(shape.workloads[moment.pods.workload[pod]!] ?? '', step - 4), x + left + ((seat % side) + 0.5) * step - 2, y + top + (Math.floor(seat / side) + 0.5) * step - 2);
  }
  context.textAlign = 'left';
}
