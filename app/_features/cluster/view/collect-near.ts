/**
 * The rectangles of a near view: for every node in sight a tile with a gauge of its share and its pods, as large as what
 * they request. One flat list in drawing order that both renderers read; it is made anew for every frame and grows to
 * the largest frame there was.
 */
import { Code } from '../paint/palette';
import type { Camera, Room } from './camera';
import { gapPx, insideOf, NODE_NAME_FROM_PX } from './detail';
import type { Scene } from './scene';

export type RectList = { count: number; /** x, y, width, height in CSS pixels. */ xywh: Float32Array; code: Uint8Array };

export const rectList = (): RectList => ({ count: 0, xywh: new Float32Array(4_096), code: new Uint8Array(1_024) });

function add(list: RectList, x: number, y: number, width: number, height: number, code: number): void {
  if (list.count === list.code.length) {
    const xywh = new Float32Array(list.xywh.length * 2);
    const codes = new Uint8Array(list.code.length * 2);
    xywh.set(list.xywh);
    codes.set(list.code);
    list.xywh = xywh;
    list.code = codes;
  }
  const at = list.count * 4;
  list.xywh[at] = x;
  list.xywh[at + 1] = y;
  list.xywh[at + 2] = width;
  list.xywh[at + 3] = height;
  list.code[list.count] = code;
  list.count += 1;
}

/** Cells in sight: columns and rows, ends excluded. */
export function inSight({ columns, rows }: { readonly columns: number; readonly rows: number }, { x, y, scale }: Camera, { width, height }: Room) {
  return { left: Math.max(0, Math.floor(x)), right: Math.min(columns, Math.ceil(x + width / scale)), top: Math.max(0, Math.floor(y)), bottom: Math.min(rows, Math.ceil(y + height / scale)) };
}

export function collectNear(list: RectList, scene: Scene, camera: Camera, room: Room): RectList {
  list.count = 0;
  const { lattice } = scene;
  const { left, right, top, bottom } = inSight(lattice, camera, room);
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1) {
      const node = lattice.nodeAt[row * lattice.columns + column]!;
      if (node >= 0 && scene.picture.moment.nodes.state[node] !== 0) addNode(list, scene, node, (column - camera.x) * camera.scale, (row - camera.y) * camera.scale, camera.scale);
    }
  return list;
}

function addNode(list: RectList, scene: Scene, node: number, x: number, y: number, scale: number): void {
  const gap = gapPx(scale);
  const frame = Math.max(1, Math.round(scale * 0.025));
  const code = scene.codes[node]!;
  const dim = code >= Code.dimmed ? Code.dimmed : 0;
  const inner = scale - gap - 2 * frame;
  add(list, x + gap / 2 + frame, y + gap / 2 + frame, inner, inner, Code.sheet + dim);
  const gauge = Math.max(2, Math.round(scale * 0.05));
  const share = Number.isNaN(scene.shares[node]!) ? 0 : Math.min(1, scene.shares[node]!);
  const gaugeY = scale >= NODE_NAME_FROM_PX ? y + gap / 2 + 19 : y + gap / 2 + frame;
  if (share > 0 && scene.lens.id !== 'state') add(list, x + gap / 2 + frame, gaugeY, inner * share, gauge, code);
  addPods(list, scene, node, x, y, scale, dim);
}

function addPods(list: RectList, { seats, picture, matches }: Scene, node: number, x: number, y: number, scale: number, dim: number): void {
  const { left, top, step } = insideOf(scale, seats.side);
  const { pods } = picture.moment;
  const whole = picture.shape.nodes.cpuMillicores[node]!;
  const between = step >= 6 ? 1 : 0.5;
  for (let i = seats.start[node]!; i < seats.start[node + 1]!; i += 1) {
    const pod = seats.byNode[i]!;
    const seat = seats.seat[pod]!;
    const size = (step - 2 * between) * Math.max(0.45, Math.min(1, Math.sqrt((pods.cpuMillicores[pod]! / whole) * seats.side)));
    const off = (step - size) / 2;
    const faded = dim > 0 || (matches !== null && matches.podCount > 0 && matches.pods[pod] === 0) ? Code.dimmed : 0;
    add(list, x + left + (seat % seats.side) * step + off, y + top + Math.floor(seat / seats.side) * step + off, size, size, Code.podBase + pods.state[pod]! + faded);
  }
}
