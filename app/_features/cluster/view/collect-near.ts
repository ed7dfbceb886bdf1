/**
 * The rectangles of a near view: for every node in sight a tile with a gauge of its share and its pods, each filled as far
 * as what it requests. One flat list in drawing order that both renderers read; it is made anew for every frame and grows to
 * the largest frame there was.
 */
import { Code } from '../paint/palette';
import type { Camera, Room } from './camera';
import { framePx, gapPx, insideOf, NODE_NAME_FROM_PX } from './detail';
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
  const frame = framePx(scale);
  const [left, top] = [x + gapPx(scale) + frame, y + gapPx(scale) + frame];
  const inner = scale - gapPx(scale) - 2 * frame;
  const code = scene.codes[node]!;
  const dim = code >= Code.dimmed ? Code.dimmed : 0;
  add(list, left, top, inner, inner, Code.sheet + dim);
  const share = Number.isNaN(scene.shares[node]!) ? 0 : Math.min(1, scene.shares[node]!);
  const named = scale >= NODE_NAME_FROM_PX;
  if (share > 0 && scene.lens.id !== 'state') add(list, left, named ? top + 17 : top, inner * share, named ? 3 : Math.max(1, Math.round(scale * 0.06)), code);
  addPods(list, scene, node, x, y, scale, dim);
}

/** So small that a pod is one colour. */
const FILLED_FROM_PX = 7;

function addPods(list: RectList, { seats, picture, matches }: Scene, node: number, x: number, y: number, scale: number, dim: number): void {
  const side = seats.side[node]!;
  const { left, top, step } = insideOf(scale, side);
  const { pods } = picture.moment;
  const whole = picture.shape.nodes.cpuMillicores[node]!;
  const size = step - (step >= FILLED_FROM_PX ? Math.min(4, step * 0.1) : 1);
  for (let i = seats.start[node]!; i < seats.start[node + 1]!; i += 1) {
    const pod = seats.byNode[i]!;
    const seat = seats.seat[pod]!;
    const faded = dim > 0 || (matches !== null && matches.podCount > 0 && matches.pods[pod] === 0) ? Code.dimmed : 0;
    const [podX, podY] = [x + left + (seat % side) * step, y + top + Math.floor(seat / side) * step];
    const state = pods.state[pod]!;
    if (step < FILLED_FROM_PX) {
      add(list, podX, podY, size, size, Code.podBase + state + faded);
      continue;
    }
    const level = size * Math.max(0.08, Math.min(1, (pods.cpuMillicores[pod]! / whole) * side));
    if (level < size) add(list, podX, podY, size, size - level, Code.podPale + state + faded);
    add(list, podX, podY + size - level, size, level, Code.podBase + state + faded);
  }
}
