/**
 * How a link runs. Between two bodies of one ring it is an orbit: it goes around with the ring, the short
 * way, dipping inwards the further it goes, so it never cuts through the middle. Between rings it is straight.
 */
import { line, curveBasis } from 'd3';
import { onRing, type RingGeometry, type Spot } from './place-bodies';
import type { RingBody } from './ring-map-types';

/** `mid` and `angle` (degrees) are where an arrowhead or a cross goes. */
export type LinkCourse = { readonly d: string; readonly mid: Spot; readonly angle: number };

const DIP_MAX: readonly [number, number, number] = [0.42, 0.2, 0.17];
const FULL_DIP_TURNS = 0.3;
const smooth = line<Spot>((spot) => spot.x, (spot) => spot.y).curve(curveBasis).digits(1);

function orbit(from: RingBody, to: RingBody, geometry: RingGeometry): readonly Spot[] {
  const turn = ((to.angle - from.angle + 1.5) % 1) - 0.5;
  const dip = DIP_MAX[from.ring] * Math.min(1, Math.abs(turn) / FULL_DIP_TURNS);
  const count = Math.max(4, Math.ceil(Math.abs(turn) * 48));
  return Array.from({ length: count + 1 }, (_, i) => {
    const share = i / count;
    const spot = onRing(geometry, from.ring, from.angle + turn * share);
    const scale = 1 - dip * Math.sqrt(Math.sin(Math.PI * share));
    return { x: geometry.centre.x + (spot.x - geometry.centre.x) * scale, y: geometry.centre.y + (spot.y - geometry.centre.y) * scale };
  });
}

export function linkCourse(from: RingBody, to: RingBody, geometry: RingGeometry): LinkCourse {
  const spots = from.ring === to.ring ? orbit(from, to, geometry) : [onRing(geometry, from.ring, from.angle), onRing(geometry, to.ring, to.angle)];
  const half = (spots.length - 1) / 2;
  const [before, after] = [spots[Math.floor(half)]!, spots[Math.floor(half) + 1]!];
  return {
    d: smooth(spots) ?? '',
    mid: { x: (before.x + after.x) / 2, y: (before.y + after.y) / 2 },
    angle: (Math.atan2(after.y - before.y, after.x - before.x) * 180) / Math.PI,
  };
}
