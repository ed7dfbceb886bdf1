/**
 * Who hears whom. A router has one interface per link (`link` medium) or one for all (`radio`); the first is
 * its primary interface, whose address names the router. An edge is one direction of one link, from the
 * sending to the hearing interface; at a hearing router the edges that end there are numbered 0…degree−1, and
 * that number stands for the neighbour in every table.
 *
 * An originator table has one slot per router (its primary address) and one per secondary interface that can
 * be heard here: those OGMs live for two hops on one medium.
 */
import type { MeshSpec } from '../mesh-spec';

export type Topology = {
  readonly names: readonly string[];
  readonly interfaceStart: Int32Array; // per router, and one more
  readonly interfaceRouter: Int32Array;
  readonly primarySlot: Int32Array; // per interface: its router when it is the primary one, else −1
  readonly outStart: Int32Array; // per interface, and one more; edges are sorted by their sender
  readonly edgeFrom: Int32Array; // interface
  readonly edgeTo: Int32Array; // interface
  readonly edgeBack: Int32Array; // the same link the other way
  readonly edgeLink: Int32Array; // index in spec.links, negative − 1 for the way back
  readonly inStart: Int32Array; // per router, and one more
  readonly inEdges: Int32Array;
  readonly edgeNeighbour: Int32Array; // the edge's number at the router where it ends
  readonly edgeSlot: Int32Array; // slot of its sender's address there
  readonly secondaryStart: Int32Array; // per router, and one more
  readonly secondaries: Int32Array; // interfaces, ascending per router
};

/** Compiles routers and links (names already checked). */
export function compileTopology(spec: MeshSpec): Topology {
  const index = new Map(spec.routers.map((router, i) => [router.name, i]));
  const wired = spec.medium === 'link';
  const ends: { router: number; link: number; back: boolean }[][] = spec.routers.map((_, router) => (wired ? [] : [{ router, link: -1, back: false }]));
  if (wired)
    spec.links.forEach((link, i) => {
      ends[index.get(link.a)!]!.push({ router: index.get(link.a)!, link: i, back: false });
      ends[index.get(link.b)!]!.push({ router: index.get(link.b)!, link: i, back: true });
    });
  for (const [router, own] of ends.entries()) if (own.length === 0) own.push({ router, link: -1, back: false });
  const interfaceStart = starts(ends.map((own) => own.length));
  const interfaceRouter = Int32Array.from(ends.flat().map((end) => end.router));
  const interfaceOf = (name: string, link: number, back: boolean) => {
    const router = index.get(name)!;
    const place = wired ? ends[router]!.findIndex((end) => end.link === link && end.back === back) : 0;
    return interfaceStart[router]! + place;
  };
  const edges = spec.links.flatMap((link, i) => {
    const a = interfaceOf(link.a, i, false);
    const b = interfaceOf(link.b, i, true);
    return [
      { from: a, to: b, link: i },
      { from: b, to: a, link: -1 - i },
    ];
  });
  return withTables(spec.routers.map((router) => router.name), interfaceStart, interfaceRouter, edges);
}

type Edge = { readonly from: number; readonly to: number; readonly link: number };

function withTables(names: readonly string[], interfaceStart: Int32Array, interfaceRouter: Int32Array, edges: Edge[]): Topology {
  edges.sort((x, y) => x.from - y.from || x.to - y.to || x.link - y.link);
  const routerOf = (edge: Edge) => interfaceRouter[edge.to]!;
  const edgeOfLink = new Map(edges.map((edge, e) => [edge.link, e]));
  const outStart = starts(countBy(edges.map((edge) => edge.from), interfaceRouter.length));
  const inStart = starts(countBy(edges.map(routerOf), names.length));
  const inEdges = new Int32Array(edges.length);
  const edgeNeighbour = new Int32Array(edges.length);
  const filled = new Int32Array(names.length);
  edges.forEach((edge, e) => {
    const router = routerOf(edge);
    edgeNeighbour[e] = filled[router]!;
    inEdges[inStart[router]! + filled[router]!] = e;
    filled[router] = filled[router]! + 1;
  });
  const heard = secondariesHeard(edges, interfaceStart, interfaceRouter, names.length);
  return {
    names,
    interfaceStart,
    interfaceRouter,
    primarySlot: interfaceRouter.map((router, i) => (interfaceStart[router] === i ? router : -1)),
    outStart,
    edgeFrom: Int32Array.from(edges, (edge) => edge.from),
    edgeTo: Int32Array.from(edges, (edge) => edge.to),
    edgeBack: Int32Array.from(edges, (edge) => edgeOfLink.get(-1 - edge.link)!),
    edgeLink: Int32Array.from(edges, (edge) => edge.link),
    inStart,
    inEdges,
    edgeNeighbour,
    edgeSlot: Int32Array.from(edges, (edge) => {
      const sender = interfaceRouter[edge.from]!;
      return interfaceStart[sender] === edge.from ? sender : names.length + heard[routerOf(edge)]!.indexOf(edge.from);
    }),
    secondaryStart: starts(heard.map((list) => list.length)),
    secondaries: Int32Array.from(heard.flat()),
  };
}

/** Secondary interfaces within two hops on one medium, per router, ascending. */
function secondariesHeard(edges: readonly Edge[], interfaceStart: Int32Array, interfaceRouter: Int32Array, routers: number): number[][] {
  const sendersOf: number[][] = Array.from(interfaceRouter, () => []);
  for (const edge of edges) sendersOf[edge.to]!.push(edge.from);
  const heard = Array.from({ length: routers }, () => new Set<number>());
  const isSecondary = (i: number) => interfaceStart[interfaceRouter[i]!] !== i;
  for (const edge of edges)
    for (const sender of [edge.from, ...sendersOf[edge.from]!])
      if (isSecondary(sender) && interfaceRouter[sender] !== interfaceRouter[edge.to]) heard[interfaceRouter[edge.to]!]!.add(sender);
  return heard.map((set) => [...set].sort((x, y) => x - y));
}

function countBy(keys: readonly number[], size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const key of keys) counts[key] = counts[key]! + 1;
  return counts;
}

/** Running sums: where each group begins, and where the last one ends. */
function starts(counts: readonly number[]): Int32Array {
  const out = new Int32Array(counts.length + 1);
  counts.forEach((count, i) => (out[i + 1] = out[i]! + count));
  return out;
}
