/** Puts the canvases of a renderer into an element: WebGL2 where a graphics processor does the work, else 2D. */
import { open2d } from './draw-2d';
import { openWebgl } from './draw-webgl';
import type { Renderer } from './renderer';

/** `webgl2` takes it even when the browser says that it is slow. */
export type RendererChoice = 'best' | 'webgl2' | '2d';

function canvasIn(element: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
  element.append(canvas);
  return canvas;
}

export function openRenderer(element: HTMLElement, choice: RendererChoice, onLost: () => void): Renderer | null {
  element.replaceChildren();
  if (choice !== '2d') {
    const opened = openWebgl(canvasIn(element), canvasIn(element), choice === 'webgl2', onLost);
    if (opened !== null) return opened;
    element.replaceChildren();
  }
  return open2d(canvasIn(element));
}
