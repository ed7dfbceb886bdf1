/**
 * Rings become ellipses as wide as the room allows, so that labels have space at both sides and text keeps
 * its size. Satellites sit evenly around their host, the first one on the side of the centre.
 */
import { group } from 'd3';
import type { RingBody, RingSatellite } from './ring-map-types';

export type Spot = { readonly x: number; readonly y: number };
export type RingGeometry = { readonly centre: Spot; readonly radii: readonly [Ellipse, Ellipse, Ellipse] };
export type Ellipse = { readonly rx: number; readonly ry: number };

const LABEL_SIDE_PX = 76;
/** The outer ring writes its labels beside itself, the others write them below: that takes more room. */
const LABEL_TOP_PX = [56, 52, 30] as const;
const STRETCH_MAX = 1.5;
const RING_SHARE = [0.36, 0.7, 1] as const;
const SATELLITE_GAP_PX = 8;

/** `outermost`: the last ring that has bodies; it gets the whole room. */
export function ringGeometry(width: number, height: number, outermost: 0 | 1 | 2 = 2): RingGeometry {
  const ry = Math.max(60, height / 2 - LABEL_TOP_PX[outermost]);
  const rx = Math.max(60, Math.min(width / 2 - LABEL_SIDE_PX, ry * STRETCH_MAX));
  const fit = Math.min(ry, rx * 1.15);
  const ellipse = (share: number) => ({ rx: (rx * share) / RING_SHARE[outermost], ry: (fit * share) / RING_SHARE[outermost] });
  return { centre: { x: width / 2, y: height / 2 }, radii: [ellipse(RING_SHARE[0]), ellipse(RING_SHARE[1]), ellipse(RING_SHARE[2])] };
}

/** Bodies shrink with the room: full size from a ring of 200 px up. */
export const bodyScale = ({ radii }: RingGeometry) => Math.max(0.5, Math.min(1, Math.min(radii[1].rx, radii[1].ry) / 130));

export function onRing({ centre, radii }: RingGeometry, ring: 0 | 1 | 2, angle: number): Spot {
  const turn = angle * 2 * Math.PI;
  return { x: centre.x + radii[ring].rx * Math.sin(turn), y: centre.y - radii[ring].ry * Math.cos(turn) };
}

export const placeBodies = (bodies: readonly RingBody[], geometry: RingGeometry) => new Map(bodies.map((body) => [body.id, onRing(geometry, body.ring, body.angle)]));

export function placeSatellites(satellites: readonly RingSatellite[], bodies: readonly RingBody[], spots: ReadonlyMap<string, Spot>, centre: Spot): Map<string, Spot> {
  const hosts = new Map(bodies.map((body) => [body.id, body]));
  const byHost = group(satellites, (satellite) => satellite.hostId);
  const placed = new Map<string, Spot>();
  for (const [hostId, guests] of byHost) {
    const [host, spot] = [hosts.get(hostId), spots.get(hostId)];
    if (host === undefined || spot === undefined) continue;
    const inward = Math.atan2(centre.y - spot.y, centre.x - spot.x);
    const reach = Math.max(host.radius, host.capacityRadius ?? 0) + SATELLITE_GAP_PX;
    const spread = Math.min(2 * Math.PI, guests.length * (11 / reach));
    guests.forEach((guest, i) => {
      const at = inward + (guests.length === 1 ? 0 : (i / guests.length - (guests.length - 1) / guests.length / 2) * spread);
      placed.set(guest.id, { x: spot.x + reach * Math.cos(at), y: spot.y + reach * Math.sin(at) });
    });
  }
  return placed;
}
