/** Nearer, further, all of it: what the wheel does, for those without one. */
import { Button } from '@/app/_ui/button';
import type { MapMoves } from './use-map-view';

const STEP = 1.6;

export function ZoomButtons({ view, zoom, whole }: MapMoves) {
  return (
    <div role="group" aria-label="Zoom of the map" className="absolute top-2 right-2 flex gap-1 bg-sheet" data-no-print>
      <Button small aria-label="Nearer" title="Nearer (+, or Ctrl and the wheel)" onClick={() => zoom(STEP)}>+</Button>
      <Button small aria-label="Further" title="Further (−)" disabled={view.scale === 1} onClick={() => zoom(1 / STEP)}>−</Button>
      <Button small title="All of the mesh (0)" disabled={view.scale === 1} onClick={whole}>All</Button>
    </div>
  );
}
