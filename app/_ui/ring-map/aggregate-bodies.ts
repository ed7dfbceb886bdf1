/**
 * Beyond a few hundred bodies a ring would be a smear: neighbours on a ring become one body that says how
 * many it stands for, carries their summed area and the worst risk among them, and keeps their links.
 */
import type { RingBody, RingLink, RingMapModel, RiskStep } from './ring-map-types';

/** As many as stand side by side: inner, middle, outer ring. */
const BODIES_PER_RING_MAX = [40, 64, 96] as const;

export function aggregateBodies(model: RingMapModel, perRing: readonly [number, number, number] = BODIES_PER_RING_MAX): RingMapModel {
  const stands = new Map<string, string>();
  const bodies = ([0, 1, 2] as const).flatMap((ring) => {
    const perRingMax = perRing[ring];
    const members = model.bodies.filter((body) => body.ring === ring);
    if (members.length <= perRingMax) return members;
    const size = Math.ceil(members.length / perRingMax);
    const ordered = [...members].sort((a, b) => a.angle - b.angle || a.id.localeCompare(b.id));
    return Array.from({ length: Math.ceil(ordered.length / size) }, (_, i) => groupOf(ordered.slice(i * size, (i + 1) * size), stands));
  });
  if (stands.size === 0) return model;
  const nameOf = (id: string) => stands.get(id) ?? id;
  return { ...model, bodies, satellites: model.satellites.filter((satellite) => !stands.has(satellite.hostId)), links: mergeLinks(model.links, nameOf) };
}

function groupOf(members: readonly RingBody[], stands: Map<string, string>): RingBody {
  const first = members[0]!;
  const last = members[members.length - 1]!;
  if (members.length === 1) return first;
  const worst = members.reduce((top, body) => (body.level > top.level ? body : top));
  const id = `group/${first.id}…${last.id}`;
  for (const member of members) stands.set(member.id, id);
  const area = (of: (body: RingBody) => number | null) => Math.sqrt(members.reduce((sum, body) => sum + (of(body) ?? 0) ** 2, 0) / members.length);
  const down = members.filter((body) => body.down).length;
  return {
    ...worst,
    id,
    label: `${members.length} × ${first.kind}`,
    angle: (first.angle + last.angle) / 2,
    radius: area((body) => body.radius),
    capacityRadius: first.capacityRadius === null ? null : area((body) => body.capacityRadius),
    ghostRadius: null,
    down: down === members.length,
    reading: `${first.label} to ${last.label}: ${down} down, worst is ${worst.label} (${worst.reading})`,
  };
}

function mergeLinks(links: readonly RingLink[], nameOf: (id: string) => string): readonly RingLink[] {
  const merged = new Map<string, RingLink>();
  for (const link of links) {
    const [from, to] = [nameOf(link.from), nameOf(link.to)];
    if (from === to) continue;
    const key = `${link.kind}/${link.ghost ? 'ghost/' : ''}${from}>${to}`;
    const known = merged.get(key);
    merged.set(key, { ...link, id: key, from, to, width: Math.max(known?.width ?? 0, link.width), level: Math.max(known?.level ?? 0, link.level) as RiskStep, down: link.down && (known?.down ?? true) });
  }
  return [...merged.values()];
}
