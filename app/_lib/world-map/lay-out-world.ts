/**
 * Gives every thing of a system its place on the rings, from what the system is made of and nothing else, so
 * that it stays at the same angle on every page and in every what-if. Nodes go around by zone; routers that
 * live on a node share its angle; the others settle between their mesh neighbours.
 */
import type { SystemSpec } from '@/engine/twin';
import { orderOnRing } from './order-on-ring';

/** Turns clockwise from the top. */
export type WorldLayout = { readonly services: ReadonlyMap<string, number>; readonly nodes: ReadonlyMap<string, number>; readonly routers: ReadonlyMap<string, number> };

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const wrap = (angle: number) => angle - Math.floor(angle);

export function layOutWorld(system: SystemSpec): WorldLayout {
  const nodes = evenly([...system.nodes].sort((a, b) => byText(a.zone ?? '', b.zone ?? '') || byText(a.name, b.name)).map((node) => node.name), 1 / Math.max(2, system.nodes.length * 2));
  return { services: evenly(orderOnRing(callOrder(system), callsOf(system)), 0), nodes, routers: layOutRouters(system, nodes) };
}

const evenly = (names: readonly string[], first: number) => new Map(names.map((name, i) => [name, wrap(first + i / names.length)] as const));

const callsOf = ({ services }: SystemSpec) => services.flatMap((service) => (service.calls ?? []).map((call) => ({ from: service.name, to: call.service })));

/** Entry services first, then what they call, breadth first. */
function callOrder(system: SystemSpec): string[] {
  const order = new Set(system.loads.map((load) => load.service));
  for (const name of order) for (const call of system.services.find((service) => service.name === name)?.calls ?? []) order.add(call.service);
  for (const service of system.services) order.add(service.name);
  return [...order].filter((name) => system.services.some((service) => service.name === name));
}

const ROUNDS = 12;

function layOutRouters({ mesh, nodes: specs }: SystemSpec, nodes: ReadonlyMap<string, number>): Map<string, number> {
  const names = mesh?.routers.map((router) => router.name) ?? [];
  const tied = new Map(specs.flatMap((node) => (node.router === undefined || !names.includes(node.router) ? [] : [[node.router, nodes.get(node.name)!] as const])));
  const angles = new Map(names.map((name, i) => [name, tied.get(name) ?? wrap(i / names.length)] as const));
  const peers = new Map(names.map((name) => [name, [] as string[]]));
  for (const { a, b } of mesh?.links ?? []) {
    peers.get(a)?.push(b);
    peers.get(b)?.push(a);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) if (!tied.has(name)) angles.set(name, meanAngle(peers.get(name)!.flatMap((peer) => angles.get(peer) ?? []), angles.get(name)!));
  }
  return spread(angles, tied);
}

/** Direction of the summed unit vectors; `otherwise` when there is none. */
function meanAngle(angles: readonly number[], otherwise: number): number {
  const x = angles.reduce((sum, angle) => sum + Math.cos(angle * 2 * Math.PI), 0);
  const y = angles.reduce((sum, angle) => sum + Math.sin(angle * 2 * Math.PI), 0);
  return Math.hypot(x, y) < 1e-6 ? otherwise : wrap(Math.atan2(y, x) / (2 * Math.PI));
}

/** Tied routers stay; those between two of them share the arc evenly, in the order they settled in. */
function spread(angles: ReadonlyMap<string, number>, tied: ReadonlyMap<string, number>): Map<string, number> {
  const around = [...angles.keys()].sort((a, b) => angles.get(a)! - angles.get(b)! || byText(a, b));
  const first = around.findIndex((name) => tied.has(name));
  if (first < 0) return evenly(around, 0);
  const turned = [...around.slice(first), ...around.slice(0, first)];
  const placed = new Map<string, number>();
  turned.forEach((name, i) => {
    if (!tied.has(name)) return;
    const after = turned.findIndex((other, j) => j > i && tied.has(other));
    const between = turned.slice(i + 1, after < 0 ? undefined : after);
    const start = tied.get(name)!;
    const arc = after < 0 && i === 0 ? 1 : wrap(tied.get(turned[after < 0 ? 0 : after]!)! - start);
    placed.set(name, start);
    between.forEach((free, j) => placed.set(free, wrap(start + (arc * (j + 1)) / (between.length + 1))));
  });
  return placed;
}
