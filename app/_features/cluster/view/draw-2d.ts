/**
 * Cells on a 2D canvas, made so that a processor alone keeps up: the whole lattice is one image of a pixel a cell, drawn
 * large without smoothing; the gaps are lines of the ground's colour over it. Two calls and a line per row and column in
 * sight, however many nodes there are.
 */
import type { Palette } from '../paint/palette';
import type { Camera, Room } from './camera';
import type { RectList } from './collect-near';
import type { LatticeImage, Renderer } from './renderer';

export function open2d(canvas: HTMLCanvasElement): Renderer | null {
  const context = canvas.getContext('2d', { alpha: false });
  const small = document.createElement('canvas');
  const smallContext = small.getContext('2d');
  if (context === null || smallContext === null) return null;
  let palette: Palette | null = null;
  let room: Room = { width: 0, height: 0 };
  let ratio = 1;

  const drawCells = ({ x, y, scale }: Camera) => {
    context.imageSmoothingEnabled = scale * ratio < 1;
    const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
    const [right, bottom] = [Math.min(small.width, Math.ceil(x + room.width / scale)), Math.min(small.height, Math.ceil(y + room.height / scale))];
    if (right <= left || bottom <= top) return;
    context.drawImage(small, left, top, right - left, bottom - top, snap((left - x) * scale), snap((top - y) * scale), (right - left) * scale, (bottom - top) * scale);
  };

  const drawGaps = ({ x, y, scale }: Camera, gap: number) => {
    const { width, height } = room;
    context.fillStyle = palette!.css[0]!;
    for (let column = Math.max(0, Math.floor(x)); column <= Math.min(small.width, Math.ceil(x + width / scale)); column += 1) context.fillRect(snap((column - x) * scale), 0, gap, height);
    for (let row = Math.max(0, Math.floor(y)); row <= Math.min(small.height, Math.ceil(y + height / scale)); row += 1) context.fillRect(0, snap((row - y) * scale), width, gap);
  };

  /** Whole device pixels: a line between two would be a blur. */
  const snap = (px: number) => Math.round(px * ratio) / ratio;

  const drawRects = ({ count, xywh, code }: RectList) => {
    let last = -1;
    for (let i = 0; i < count; i += 1) {
      if (code[i] !== last) {
        last = code[i]!;
        context.fillStyle = palette!.css[last]!;
      }
      const at = i * 4;
      const [left, top] = [snap(xywh[at]!), snap(xywh[at + 1]!)];
      context.fillRect(left, top, snap(xywh[at]! + xywh[at + 2]!) - left, snap(xywh[at + 1]! + xywh[at + 3]!) - top);
    }
  };

  return {
    kind: '2d',
    setLattice({ columns, rows, pixels }: LatticeImage, colours) {
      palette = colours;
      if (small.width !== columns || small.height !== rows) [small.width, small.height] = [columns, rows];
      smallContext.putImageData(new ImageData(pixels, columns, rows), 0, 0);
    },
    resize(next, pixelRatio) {
      room = next;
      ratio = pixelRatio;
      canvas.width = Math.round(next.width * pixelRatio);
      canvas.height = Math.round(next.height * pixelRatio);
    },
    draw(camera, gap, rects) {
      if (palette === null) return;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.fillStyle = palette.css[0]!;
      context.fillRect(0, 0, room.width, room.height);
      drawCells(camera);
      if (gap > 0) drawGaps(camera, gap);
      if (rects !== null) drawRects(rects);
    },
    overlay: () => context,
    close: () => undefined,
  };
}
