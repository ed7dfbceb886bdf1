/**
 * Gives every thing of a system its place on the rings, from what the system is made of and nothing else, so
 * that it stays at the same angle on every page and in every what-if. Nodes go around by zone; routers that
 * live on a node share its angle; the others settle between their mesh neighbours.
 */
import type { SystemSpec } from '@/engine/twin';

/** Turns clockwise from the top. */
export type WorldLayout = { readonly services: ReadonlyMap<string, number>; readonly nodes: ReadonlyMap<string, number>; readonly routers: ReadonlyMap<string, number> };

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const wrap = (angle: number) => angle - Math.floor(angle);

export function layOutWorld(system: SystemSpec): WorldLayout {
  const nodes = evenly([...system.nodes].sort((a, b) => byText(a.zone ?? '', b.zone ?? '') || byText(a.name, b.name)).map((node) => node.name), 1 / Math.max(2, system.nodes.length * 2));
  return { services: evenly(callOrder(system), 0), nodes, routers: layOutRouters(system, nodes) };
}

const evenly = (names: readonly string[], first: number) => new Map(names.map((name, i) => [name, wrap(first + i / names.length)] as const));

/** Entry services first, then what they call, breadth first: neighbours in the call graph are neighbours here. */
function callOrder(system: SystemSpec): string[] {
  const order = new Set(system.loads.map((load) => load.service));
  for (const name of order) for (const call of system.services.find((service) => service.name === name)?.calls ?? []) order.add(call.service);
  for (const service of system.services) order.add(service.name);
  return [...order].filter((name) => system.services.some((service) => service.name === name));
}

const ROUNDS = 80;

function layOutRouters({ mesh, nodes: specs }: SystemSpec, nodes: ReadonlyMap<string, number>): Map<string, number> {
  const names = mesh?.routers.map((router) => router.name) ?? [];
  const tied = new Map(specs.flatMap((node) => (node.router === undefined ? [] : [[node.router, nodes.get(node.name)!] as const])));
  const angles = new Map(names.map((name, i) => [name, tied.get(name) ?? wrap(i / names.length)] as const));
  const peers = new Map(names.map((name) => [name, (mesh?.links ?? []).flatMap(({ a, b }) => (a === name ? [b] : b === name ? [a] : []))] as const));
  const apart = 0.8 / Math.max(1, names.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const free = round < ROUNDS / 2;
    for (const name of names) if (free && !tied.has(name)) angles.set(name, meanAngle((peers.get(name) ?? []).map((peer) => angles.get(peer)!), angles.get(name)!));
    pushApart(names, angles, tied, apart);
  }
  return angles;
}

/** Direction of the summed unit vectors; `otherwise` when there is none. */
function meanAngle(angles: readonly number[], otherwise: number): number {
  const x = angles.reduce((sum, angle) => sum + Math.cos(angle * 2 * Math.PI), 0);
  const y = angles.reduce((sum, angle) => sum + Math.sin(angle * 2 * Math.PI), 0);
  return Math.hypot(x, y) < 1e-6 ? otherwise : wrap(Math.atan2(y, x) / (2 * Math.PI));
}

function pushApart(names: readonly string[], angles: Map<string, number>, tied: ReadonlyMap<string, number>, least: number): void {
  const around = [...names].sort((a, b) => angles.get(a)! - angles.get(b)! || byText(a, b));
  around.forEach((name, i) => {
    const next = around[(i + 1) % around.length]!;
    if (next === name) return;
    const lack = least - wrap(angles.get(next)! - angles.get(name)!);
    if (lack <= 0) return;
    const share = tied.has(name) === tied.has(next) ? 0.5 : tied.has(name) ? 0 : 1;
    if (!tied.has(name)) angles.set(name, wrap(angles.get(name)! - lack * share));
    if (!tied.has(next)) angles.set(next, wrap(angles.get(next)! + lack * (1 - share)));
  });
}
