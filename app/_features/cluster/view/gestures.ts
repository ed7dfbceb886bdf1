/** Drag, wheel and pinch as pans and zooms. A press that hardly moved is a click. */
export type GestureTarget = {
  pan(dxPx: number, dyPx: number): void;
  zoom(factor: number, x: number, y: number): void;
  hover(x: number, y: number): void;
  leave(): void;
  click(x: number, y: number): void;
  doubleClick(x: number, y: number): void;
};

const CLICK_PX = 4;
const WHEEL_PER_PX = 0.0016;
const LINE_PX = 16;

/** Returns what takes the listeners away. */
export function listenToGestures(element: HTMLElement, target: GestureTarget): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  const place = (event: MouseEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place(event));
    if (pointers.size === 1) moved = 0;
  };
  const move = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    const at = place(event);
    if (before === undefined) return target.hover(at.x, at.y);
    moved += Math.abs(at.x - before.x) + Math.abs(at.y - before.y);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) pinch(before, at, other);
    else if (moved > CLICK_PX) target.pan(at.x - before.x, at.y - before.y);
    pointers.set(event.pointerId, at);
  };
  const pinch = (before: { x: number; y: number }, at: { x: number; y: number }, other: { x: number; y: number }) => {
    const far = (point: { x: number; y: number }) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
    target.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
    target.zoom(far(at) / far(before), (at.x + other.x) / 2, (at.y + other.y) / 2);
  };
  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    const at = place(event);
    if (event.type === 'pointerup' && pointers.size === 0 && moved <= CLICK_PX) target.click(at.x, at.y);
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const at = place(event);
    const px = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_PX : event.deltaY;
    target.zoom(Math.exp(-Math.max(-400, Math.min(400, px)) * WHEEL_PER_PX), at.x, at.y);
  };
  const twice = (event: MouseEvent) => {
    const at = place(event);
    target.doubleClick(at.x, at.y);
  };
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('pointerleave', () => target.leave(), { signal });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('dblclick', twice, { signal });
  return () => stop.abort();
}
