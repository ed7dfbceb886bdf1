/** What draws cells and rectangles: WebGL2 where there is a graphics processor, a 2D canvas everywhere else. */
import type { Palette } from '../paint/palette';
import type { Camera, Room } from './camera';
import type { RectList } from './collect-near';

export type LatticeImage = { readonly columns: number; readonly rows: number; readonly pixels: Uint8ClampedArray<ArrayBuffer> };

export type Renderer = {
  readonly kind: 'webgl2' | '2d';
  /** The image of one pixel a cell, when it has changed. */
  setLattice(image: LatticeImage, palette: Palette): void;
  resize(room: Room, pixelRatio: number): void;
  /** Cells with their gaps, then the rectangles on them. */
  draw(camera: Camera, gap: number, rects: RectList | null): void;
  /** Where words and rings are drawn over it; cleared, scaled to CSS pixels. */
  overlay(): CanvasRenderingContext2D;
  close(): void;
};
