/**
 * Moving about on the map: dragging pans, pinching or the wheel with Ctrl zooms (the wheel alone scrolls the page, which is
 * long), a double click comes nearer. A press that hardly moves is a click and left to what lies there.
 */
'use client';

import { useEffect, useState } from 'react';
import { bringIntoView, panView, WHOLE, zoomView, type MapView } from './map-view';

type Box = { readonly width: number; readonly height: number };
type Point = { readonly x: number; readonly y: number };
export type MapMoves = { readonly view: MapView; readonly zoom: (factor: number) => void; readonly whole: () => void; readonly show: (at: Point) => void };

const CLICK_PX = 5;
const WHEEL_PER_PX = 0.004;
const STEP = 1.6;
const SHOWN_MARGIN_PX = 48;

export function useMapView(element: HTMLElement | null, box: Box): MapMoves {
  const [view, setView] = useState(WHOLE);
  useEffect(() => {
    if (element === null) return undefined;
    return listen(element, (change) => setView((now) => change(now, { width: element.clientWidth, height: element.clientHeight })));
  }, [element]);
  const middle = { x: box.width / 2, y: box.height / 2 };
  return {
    view,
    zoom: (factor) => setView((now) => zoomView(now, factor, middle, box)),
    whole: () => setView(WHOLE),
    show: (at) => setView((now) => bringIntoView(now, at, box, SHOWN_MARGIN_PX)),
  };
}

type Change = (view: MapView, box: Box) => MapView;

function listen(element: HTMLElement, apply: (change: Change) => void): () => void {
  const pressed = new Map<number, Point>();
  let moved = 0;
  const place = (event: MouseEvent): Point => {
    const corner = element.getBoundingClientRect();
    return { x: event.clientX - corner.left, y: event.clientY - corner.top };
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (pressed.size === 0) moved = 0;
    pressed.set(event.pointerId, place(event));
  };
  const move = (event: PointerEvent) => {
    const before = pressed.get(event.pointerId);
    if (before === undefined) return;
    const at = place(event);
    moved += Math.abs(at.x - before.x) + Math.abs(at.y - before.y);
    pressed.set(event.pointerId, at);
    const other = [...pressed].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) {
      const far = (point: Point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      apply((view, box) => zoomView(view, far(at) / far(before), { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 }, box));
    } else if (moved > CLICK_PX) apply((view, box) => panView(view, at.x - before.x, at.y - before.y, box));
  };
  const up = (event: PointerEvent) => pressed.delete(event.pointerId);
  const click = (event: MouseEvent) => {
    if (moved <= CLICK_PX) return;
    event.stopPropagation(); // the end of a drag chooses nothing
    moved = 0;
  };
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = place(event);
    apply((view, box) => zoomView(view, Math.exp(-Math.max(-200, Math.min(200, event.deltaY)) * WHEEL_PER_PX), at, box));
  };
  const twice = (event: MouseEvent) => {
    const at = place(event);
    apply((view, box) => zoomView(view, STEP, at, box));
  };
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener('pointerdown', down, { signal });
  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', up, { signal });
  window.addEventListener('pointercancel', up, { signal });
  element.addEventListener('click', click, { signal, capture: true });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('dblclick', twice, { signal });
  return () => stop.abort();
}
