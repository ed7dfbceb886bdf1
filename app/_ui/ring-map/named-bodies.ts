/**
 * Which bodies carry their name: all on a ring with room for it, otherwise the hot ones, the hottest first.
 * The name of any other body appears when it is pointed at or chosen; its accessible name is always there.
 */
import type { RingBody } from './ring-map-types';

const NAMES_MAX = [14, 18, 30] as const;
const HOT = 3;

export function namedBodies(bodies: readonly RingBody[]): ReadonlySet<string> {
  return new Set(
    ([0, 1, 2] as const).flatMap((ring) => {
      const members = bodies.filter((body) => body.ring === ring);
      if (members.length <= NAMES_MAX[ring]) return members.map((body) => body.id);
      const hot = members.filter((body) => body.level >= HOT).sort((a, b) => b.level - a.level || a.id.localeCompare(b.id));
      return hot.slice(0, NAMES_MAX[ring]).map((body) => body.id);
    }),
  );
}
