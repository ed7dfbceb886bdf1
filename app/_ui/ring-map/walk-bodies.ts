/** Where an arrow key leads: left and right along the ring, up outwards and down inwards to the nearest angle. */
import type { RingBody } from './ring-map-types';

const apart = (a: number, b: number) => Math.abs(((a - b + 1.5) % 1) - 0.5);

export function walkBodies(bodies: readonly RingBody[], fromId: string, key: string): string | null {
  const from = bodies.find((body) => body.id === fromId);
  if (from === undefined) return bodies[0]?.id ?? null;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const ring = bodies.filter((body) => body.ring === from.ring).sort((a, b) => a.angle - b.angle || a.id.localeCompare(b.id));
    const at = ring.findIndex((body) => body.id === fromId) + (key === 'ArrowRight' ? 1 : -1);
    return ring[(at + ring.length) % ring.length]!.id;
  }
  const step = key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0;
  if (step === 0) return null;
  const target = bodies.filter((body) => body.ring === from.ring + step);
  if (target.length === 0) return null;
  return target.reduce((best, body) => (apart(body.angle, from.angle) < apart(best.angle, from.angle) ? body : best)).id;
}
