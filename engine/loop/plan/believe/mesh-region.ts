/**
 * The part of a large mesh that proposals are rehearsed in. A decision lives through thousands of seconds of mesh, and
 * their cost grows with routers² · degree: 500 routers would take many minutes, 64 take seconds. What a command does to
 * the ways of some routers is decided around it and on those ways, because every originator's OGMs go their way alone;
 * what is far from both only fills tables. Traffic of routers that are left out enters at the gateways' side, alike in
 * every future, so comparisons stand; what it loses in the mesh is not in the promises.
 */
import { expectedRoutes, isMeshCommand, meshGraph, type MeshGraph, type SystemSpec } from '@/engine/twin';
import type { MeshObservation } from '../../observe/observe-mesh';
import type { Proposal } from '../propose/propose';

export const REHEARSED_ROUTERS_MAX = 64;
/** Of those, what stands around the commands; the rest is for the ways of traffic. */
const AROUND_MAX = 40;

/** The system with its mesh cut down to that part; the same system where the mesh is small enough. */
export function withinRegion(system: SystemSpec, seen: MeshObservation | null, proposals: readonly Proposal[]): SystemSpec {
  const { mesh } = system;
  if (mesh === undefined || mesh.routers.length <= REHEARSED_ROUTERS_MAX) return system;
  const region = regionOf(system, meshGraph(mesh), seen, proposals);
  const inside = (name: string | undefined) => name !== undefined && region.has(name);
  return {
    ...system,
    mesh: { ...mesh, routers: mesh.routers.filter(({ name }) => region.has(name)), links: mesh.links.filter(({ a, b }) => region.has(a) && region.has(b)) },
    nodes: system.nodes.map(({ router, via, ...node }) => ({ ...node, ...(inside(router) ? { router } : {}), ...(inside(via) ? { via } : {}) })),
    loads: system.loads.map(({ router, ...load }) => ({ ...load, ...(inside(router) ? { router } : {}) })),
    edgeStores: system.edgeStores?.filter(({ router }) => region.has(router)),
  };
}

function regionOf(system: SystemSpec, graph: MeshGraph, seen: MeshObservation | null, proposals: readonly Proposal[]): Set<string> {
  const index = new Map(graph.names.map((name, i) => [name, i]));
  const { next } = expectedRoutes(graph);
  const believed = new Map(seen?.routes.map((route) => [route.router, route.way]));
  const wayOf = (name: string): string[] => {
    const way = [name, ...(believed.get(name) ?? [])];
    for (let router = index.get(name) ?? -1, hops = 0; router >= 0 && hops < graph.names.length; router = next[router]!, hops += 1) way.push(graph.names[router]!);
    return way.filter((hop) => index.has(hop));
  };
  const region = new Set<string>();
  const takeIfFits = (names: readonly string[]) => {
    const more = new Set(names.filter((name) => !region.has(name)));
    if (region.size + more.size <= REHEARSED_ROUTERS_MAX) for (const name of more) region.add(name);
  };
  const changed = proposals.flatMap(({ commands }) => commands.filter(isMeshCommand).flatMap((command) => ('router' in command ? [command.router, ...('towards' in command ? [command.towards] : [])] : [])));
  for (const name of changed) takeIfFits(wayOf(name));
  spread(graph, index, region, AROUND_MAX);
  for (const name of [...system.loads.map(({ router }) => router), ...system.nodes.flatMap(({ router, via }) => [via, router])]) if (name !== undefined) takeIfFits(wayOf(name));
  for (const gateway of graph.gateways) takeIfFits([graph.names[gateway]!]);
  spread(graph, index, region, REHEARSED_ROUTERS_MAX);
  return region;
}

/** Neighbours of those inside, nearest first, until so many are inside. */
function spread({ names, links }: MeshGraph, index: ReadonlyMap<string, number>, region: Set<string>, max: number): void {
  const neighbours: number[][] = names.map(() => []);
  for (const [a, b] of links) {
    neighbours[a]!.push(b);
    neighbours[b]!.push(a);
  }
  const queue = [...region].map((name) => index.get(name)!);
  for (let head = 0; head < queue.length && region.size < max; head += 1)
    for (const router of neighbours[queue[head]!]!) {
      if (region.size >= max || region.has(names[router]!)) continue;
      region.add(names[router]!);
      queue.push(router);
    }
}
