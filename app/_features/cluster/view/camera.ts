/** What part of the lattice is seen: `scale` is CSS pixels per cell, `x` and `y` the cell at the room's left top corner. */
import type { Rect } from '../layout/lay-out-cluster';

export type Camera = { readonly x: number; readonly y: number; readonly scale: number };
export type Room = { readonly width: number; readonly height: number };
export type Extent = { readonly columns: number; readonly rows: number };

const MARGIN_PX = 12;
const SCALE_MAX = 420;
/** Further out than all in view there is nothing to see. */
const OUT_MAX = 0.75;

export function fitCamera({ columns, rows }: Extent, { width, height }: Room): Camera {
  return showRect({ column: 0, row: 0, columns, rows }, { width, height }, SCALE_MAX);
}

/** The camera that shows a rectangle whole, in the middle, not nearer than `scaleMax`. */
export function showRect(rect: Rect, { width, height }: Room, scaleMax: number): Camera {
  const scale = Math.max(0.05, Math.min(scaleMax, (width - 2 * MARGIN_PX) / rect.columns, (height - 2 * MARGIN_PX) / rect.rows));
  return { scale, x: rect.column + rect.columns / 2 - width / 2 / scale, y: rect.row + rect.rows / 2 - height / 2 / scale };
}

/** Zooms so that the cell under the point stays under it. */
export function zoomAt(camera: Camera, factor: number, at: { readonly x: number; readonly y: number }, extent: Extent, room: Room): Camera {
  const least = fitCamera(extent, room).scale * OUT_MAX;
  const scale = Math.max(Math.min(least, SCALE_MAX), Math.min(SCALE_MAX, camera.scale * factor));
  return keepInside({ scale, x: camera.x + at.x / camera.scale - at.x / scale, y: camera.y + at.y / camera.scale - at.y / scale }, extent, room);
}

export const panBy = (camera: Camera, dxPx: number, dyPx: number, extent: Extent, room: Room): Camera => keepInside({ ...camera, x: camera.x - dxPx / camera.scale, y: camera.y - dyPx / camera.scale }, extent, room);

/** The middle of the room never leaves the lattice. */
function keepInside(camera: Camera, { columns, rows }: Extent, { width, height }: Room): Camera {
  const [halfX, halfY] = [width / 2 / camera.scale, height / 2 / camera.scale];
  return { scale: camera.scale, x: Math.max(-halfX, Math.min(columns - halfX, camera.x)), y: Math.max(-halfY, Math.min(rows - halfY, camera.y)) };
}

/** Between two cameras at t in 0…1: the scale goes geometrically and the middle keeps pace, so nothing seems to jump. */
export function between(from: Camera, to: Camera, t: number, { width, height }: Room): Camera {
  const ease = t * t * (3 - 2 * t);
  const scale = from.scale * (to.scale / from.scale) ** ease;
  const middle = (camera: Camera) => [camera.x + width / 2 / camera.scale, camera.y + height / 2 / camera.scale] as const;
  const [fromX, fromY] = middle(from);
  const [toX, toY] = middle(to);
  const far = from.scale === to.scale ? ease : (1 / scale - 1 / from.scale) / (1 / to.scale - 1 / from.scale);
  return { scale, x: fromX + (toX - fromX) * far - width / 2 / scale, y: fromY + (toY - fromY) * far - height / 2 / scale };
}
