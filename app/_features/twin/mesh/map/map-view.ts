/** Which part of the map is seen: `scale` 1 shows all of it; `x` and `y` are where its left top corner lies, in pixels. */
export type MapView = { readonly scale: number; readonly x: number; readonly y: number };
type Box = { readonly width: number; readonly height: number };
type Point = { readonly x: number; readonly y: number };

export const WHOLE: MapView = { scale: 1, x: 0, y: 0 };
const SCALE_MAX = 12;

export const seenAt = ({ scale, x, y }: MapView, point: Point): Point => ({ x: x + scale * point.x, y: y + scale * point.y });

/** Nearer or further by a factor; what lies under `at` stays there. */
export function zoomView(view: MapView, factor: number, at: Point, box: Box): MapView {
  const scale = Math.min(SCALE_MAX, Math.max(1, view.scale * factor));
  const grown = scale / view.scale;
  return inside({ scale, x: at.x - grown * (at.x - view.x), y: at.y - grown * (at.y - view.y) }, box);
}

export const panView = (view: MapView, dx: number, dy: number, box: Box): MapView => inside({ ...view, x: view.x + dx, y: view.y + dy }, box);

/** Moves as little as it takes to have a point of the picture `margin` pixels inside it. */
export function bringIntoView(view: MapView, { x, y }: Point, box: Box, margin: number): MapView {
  const needed = (at: number, size: number) => (at < margin ? margin - at : at > size - margin ? size - margin - at : 0);
  const [dx, dy] = [needed(x, box.width), needed(y, box.height)];
  return dx === 0 && dy === 0 ? view : panView(view, dx, dy, box);
}

/** The map never leaves a strip of the picture empty. */
function inside({ scale, x, y }: MapView, { width, height }: Box): MapView {
  const held = (at: number, size: number) => Math.min(0, Math.max(size - scale * size, at));
  return { scale, x: held(x, width), y: held(y, height) };
}
