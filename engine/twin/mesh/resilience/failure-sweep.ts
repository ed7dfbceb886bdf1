/**
 * What every single failure would do (N−1), for routers and links: who loses every gateway, who takes another way,
 * and for how long they are cut off meanwhile. The outage follows the mechanism: a router leaves its dead next hop on
 * the fifth OGM that arrives another way, and a router whose new way leads over one that has to change too can start
 * counting only after that one has changed, so the times add up. Clients of a dead gateway keep it until it is
 * purged.
 */
import { OGM_INTERVAL_MS, PURGE_MS, RING } from '../constants';
import { expectedRoutes, NOTHING_BROKEN, type Broken, type MeshGraph, type Routes } from './expected-routes';

export type FailureImpact = {
  readonly what: { readonly kind: 'router'; readonly router: string } | { readonly kind: 'link'; readonly a: string; readonly b: string };
  /** Routers left without a gateway until it is repaired. */
  readonly lost: readonly string[];
  /** Routers that come back over another way, the slowest first, and after how many seconds. */
  readonly rerouted: readonly { readonly router: string; readonly outageSeconds: number }[];
};

export type FailureSweep = {
  readonly impacts: readonly FailureImpact[];
  /** Share of routers that keep a gateway whatever single router between them and the gateways fails. */
  readonly redundancy: number;
};

/** Timers round a nominal interval up to 1.017 of it on average (HZ=250). */
const INTERVAL_STRETCH = 1.017;
const HALF = 0.5;
const FORWARD_SECONDS = 0.2;

export function sweepFailures(graph: MeshGraph, intervalMs = OGM_INTERVAL_MS): FailureSweep {
  const calm = expectedRoutes(graph);
  const isolated = new Set<number>();
  const ofRouters = graph.names.map((router, i) => {
    const impact = impactOf(graph, calm, { routers: new Set([i]), links: new Set() }, intervalMs);
    if (!graph.gateways.includes(i)) for (const lost of impact.lost) isolated.add(lost);
    return { what: { kind: 'router' as const, router }, ...named(graph, impact) };
  });
  const ofLinks = graph.links.map(([a, b], i) => {
    const impact = impactOf(graph, calm, { routers: new Set(), links: new Set([i]) }, intervalMs);
    return { what: { kind: 'link' as const, a: graph.names[a]!, b: graph.names[b]! }, ...named(graph, impact) };
  });
  const clients = graph.names.filter((_, i) => !graph.gateways.includes(i) && calm.gateway[i]! >= 0).length;
  const impacts = [...ofRouters, ...ofLinks].sort((x, y) => y.lost.length - x.lost.length || worst(y) - worst(x) || (nameOf(x) < nameOf(y) ? -1 : 1));
  return { impacts, redundancy: clients === 0 ? 1 : (clients - isolated.size) / clients };
}

const worst = (impact: FailureImpact) => impact.rerouted[0]?.outageSeconds ?? 0;
const nameOf = ({ what }: FailureImpact) => (what.kind === 'router' ? what.router : `${what.a}|${what.b}`);

type Impact = { readonly lost: readonly number[]; readonly rerouted: readonly (readonly [number, number])[] };

function named(graph: MeshGraph, { lost, rerouted }: Impact): Pick<FailureImpact, 'lost' | 'rerouted'> {
  return {
    lost: lost.map((router) => graph.names[router]!),
    rerouted: rerouted.map(([router, seconds]) => ({ router: graph.names[router]!, outageSeconds: Math.round(seconds * 10) / 10 })).sort((x, y) => y.outageSeconds - x.outageSeconds || (x.router < y.router ? -1 : 1)),
  };
}

function impactOf(graph: MeshGraph, calm: Routes, broken: Broken, intervalMs: number): Impact {
  const after = expectedRoutes(graph, broken);
  const hit = routersOver(graph, calm, broken);
  const lost = hit.filter((router) => after.gateway[router]! < 0);
  const outage = outages(graph, calm, after, broken, new Set(hit), intervalMs / 1_000);
  return { lost, rerouted: hit.filter((router) => after.gateway[router]! >= 0).map((router) => [router, outage(router)] as const) };
}

/** Routers whose way leads over what broke. */
function routersOver(graph: MeshGraph, calm: Routes, { routers, links }: Broken): number[] {
  const state = new Int8Array(graph.names.length); // 0 unknown, 1 over it, −1 not
  const isOver = (router: number): boolean => {
    if (state[router] !== 0) return state[router] === 1;
    const next = calm.next[router]!;
    const over = next >= 0 && (routers.has(next) || links.has(graph.ways[router]!.find((way) => way.to === next)!.link) || isOver(next));
    state[router] = over ? 1 : -1;
    return over;
  };
  return graph.names.flatMap((_, router) => (!routers.has(router) && calm.gateway[router]! >= 0 && isOver(router) ? [router] : []));
}

function outages(graph: MeshGraph, calm: Routes, after: Routes, { routers }: Broken, hit: ReadonlySet<number>, intervalSeconds: number): (router: number) => number {
  const known = new Map<number, number>();
  const outage = (router: number): number => {
    const before = known.get(router);
    if (before !== undefined) return before;
    const next = after.next[router]!;
    const lostGateway = routers.has(calm.gateway[router]!);
    const own = calm.next[router] === next ? 0 : (RING / after.ogmDelivery[router]! - HALF) * intervalSeconds * INTERVAL_STRETCH + FORWARD_SECONDS;
    const seconds = lostGateway ? PURGE_MS / 1_000 : own + (hit.has(next) ? outage(next) : 0);
    known.set(router, seconds);
    return seconds;
  };
  return outage;
}

/** Pairs of routers whose loss cuts off more than their single losses do together (N−2), the worst first. */
export function sweepPairs(graph: MeshGraph, shown = 20): { readonly routers: readonly [string, string]; readonly lost: number }[] {
  const single = graph.names.map((_, i) => cutOff(graph, [i]));
  const worse: { readonly routers: readonly [string, string]; readonly lost: number }[] = [];
  const base = cutOff(graph, []).size;
  for (let i = 0; i < graph.names.length; i += 1)
    for (let j = i + 1; j < graph.names.length; j += 1) {
      const both = cutOff(graph, [i, j]);
      const expected = new Set([...single[i]!, ...single[j]!]);
      const extra = [...both].filter((router) => !expected.has(router)).length;
      if (extra > 0 && both.size > base) worse.push({ routers: [graph.names[i]!, graph.names[j]!], lost: both.size });
    }
  return worse.sort((x, y) => y.lost - x.lost || (x.routers.join() < y.routers.join() ? -1 : 1)).slice(0, shown);
}

/** Routers that no gateway reaches without the given ones (those left out). */
export function cutOff(graph: MeshGraph, without: readonly number[]): Set<number> {
  const seen = new Uint8Array(graph.names.length);
  for (const router of without) seen[router] = 1;
  const queue = graph.gateways.filter((gateway) => seen[gateway] === 0);
  for (const gateway of queue) seen[gateway] = 1;
  for (let head = 0; head < queue.length; head += 1)
    for (const { to, share } of graph.ways[queue[head]!]!) {
      if (seen[to] === 1 || share <= 0) continue;
      seen[to] = 1;
      queue.push(to);
    }
  const lost = new Set<number>();
  seen.forEach((reached, router) => {
    if (reached === 0) lost.add(router);
  });
  return lost;
}

/** The calm mesh, for reports beside a sweep. */
export const calmRoutes = (graph: MeshGraph) => expectedRoutes(graph, NOTHING_BROKEN);
