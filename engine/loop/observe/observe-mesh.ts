/**
 * The mesh and the identities in the last frames: what each link usually shows and shows now, how routes changed, who
 * has no way to a gateway. A dead router is told by the time since it was last heard, never by its TQ, which stays frozen.
 */
import { sampleQuantile, US_PER_SECOND } from '@/engine/kernel';
import type { EdgeSample, Frame, IdentitySample, MeshSample } from '@/engine/telemetry';

export type LinkObservation = { readonly from: string; readonly to: string; readonly up: boolean; readonly tq: number; /** Median of the frames before the window; null when there are none. */ readonly usualTq: number | null; readonly lowSeconds: number; readonly downSeconds: number };
export type RouteObservation = { readonly router: string; readonly gateway: string | null; readonly nextHop: string | null; /** Next hops in the order they were used. */ readonly hops: readonly string[]; /** The whole way as the routers believe it, up to a repetition. */ readonly way: readonly string[]; readonly loops: boolean; readonly lostSeconds: number };
export type MeshObservation = {
  readonly links: readonly LinkObservation[];
  readonly routes: readonly RouteObservation[];
  readonly routers: NonNullable<MeshSample['routers']>;
  readonly identity: IdentitySample | null;
  readonly edge: readonly EdgeSample[];
};

/** A link well below its usual TQ: by this share, and by more than its windows scatter. */
const LOW_SHARE = 0.75;
const SCATTERS = 3;
/** TQ counts echoes in 64 OGMs; measured links scatter half as much again as 64 independent draws. */
const WINDOW = 64;
const SCATTER_FACTOR = 1.5;
const TQ_MAX = 255;
/** Weak links, which lose most OGMs by themselves, reach no such value: they are never called degraded. */
const lowTq = (usual: number) => Math.min(LOW_SHARE * usual, usual - SCATTERS * SCATTER_FACTOR * Math.sqrt((usual * Math.max(0, TQ_MAX - usual)) / WINDOW));
const HISTORY_SAMPLES = 60;
/** Changes of a next hop are counted over so long. */
export const CHANGES_SECONDS = 120;

/** Null when the last frame has no mesh and no identities. `history` are frames before the window, oldest first. */
export function observeMesh(window: readonly Frame[], history: readonly Frame[]): MeshObservation | null {
  const last = window.at(-1);
  if (last === undefined || (last.mesh === null && (last.identity ?? null) === null)) return null;
  const seen = window.flatMap((frame) => (frame.mesh === null ? [] : [indexMesh(frame.mesh)]));
  const recent = [...history, ...window].filter((frame) => frame.atUs > last.atUs - CHANGES_SECONDS * US_PER_SECOND).flatMap((frame) => (frame.mesh === null ? [] : [indexMesh(frame.mesh)]));
  const usual = usualTqs(history);
  const frameSeconds = last.windowUs / US_PER_SECOND;
  return {
    links: last.mesh?.links.map((link) => observeLink(link, seen, usual.get(keyOf(link)) ?? null, frameSeconds)) ?? [],
    routes: last.mesh?.routes.map((route) => observeRoute(route, recent, frameSeconds)) ?? [],
    routers: last.mesh?.routers ?? [],
    identity: last.identity ?? null,
    edge: last.edge ?? [],
  };
}

/** A neighbour not heard for ten OGM intervals of a second is gone (batman-adv itself waits 200 s). */
export const SILENT_SECONDS = 10;

/**
 * Routers that nobody hears although a living neighbour should; those that are only cut off behind one of them are not
 * among them. A gateway that runs is known to live by its uplink, heard or not.
 */
export function silentRouters({ routers, links, routes }: Pick<MeshObservation, 'routers' | 'links' | 'routes'>): readonly { readonly router: string; readonly lastSeenSeconds: number }[] {
  const clients = new Set(routes.map((route) => route.router));
  const heard = new Set(routers.flatMap((router) => (router.lastSeenSeconds !== null && router.lastSeenSeconds < SILENT_SECONDS ? [router.router] : [])));
  const living = new Set([...heard, ...routers.flatMap((router) => (router.up && !clients.has(router.router) ? [router.router] : []))]);
  return routers.flatMap(({ router, lastSeenSeconds }) =>
    lastSeenSeconds === null || heard.has(router) || !links.some((link) => link.from === router && living.has(link.to)) ? [] : [{ router, lastSeenSeconds }],
  );
}

type Link = MeshSample['links'][number];
type Route = MeshSample['routes'][number];
type IndexedMesh = { readonly links: ReadonlyMap<string, Link>; readonly routes: ReadonlyMap<string, Route> };

const keyOf = ({ from, to }: Pick<Link, 'from' | 'to'>) => `${from}|${to}`;
const indexMesh = ({ links, routes }: MeshSample): IndexedMesh => ({ links: new Map(links.map((link) => [keyOf(link), link])), routes: new Map(routes.map((route) => [route.router, route])) });

/** Medians over at most HISTORY_SAMPLES frames, evenly taken. */
function usualTqs(history: readonly Frame[]): ReadonlyMap<string, number> {
  const step = Math.max(1, Math.ceil(history.length / HISTORY_SAMPLES));
  const values = new Map<string, number[]>();
  for (let i = history.length - 1; i >= 0; i -= step)
    for (const link of history[i]!.mesh?.links ?? []) {
      const known = values.get(keyOf(link));
      if (known === undefined) values.set(keyOf(link), [link.tq]);
      else known.push(link.tq);
    }
  return new Map([...values].map(([key, tqs]) => [key, sampleQuantile(tqs, 0.5)]));
}

function observeLink(link: Link, window: readonly IndexedMesh[], usualTq: number | null, frameSeconds: number): LinkObservation {
  const key = keyOf(link);
  const isLow = (mesh: IndexedMesh) => usualTq !== null && (mesh.links.get(key)?.tq ?? usualTq) < lowTq(usualTq);
  return { ...link, usualTq, lowSeconds: trailing(window, isLow) * frameSeconds, downSeconds: trailing(window, (mesh) => mesh.links.get(key)?.up === false) * frameSeconds };
}

function observeRoute({ router, gateway, nextHop }: Route, recent: readonly IndexedMesh[], frameSeconds: number): RouteObservation {
  const hops: string[] = [];
  for (const { routes } of recent) {
    const hop = routes.get(router)?.nextHop ?? null;
    if (hop !== null && hops.at(-1) !== hop) hops.push(hop);
  }
  const now = followRoute(recent.at(-1)!, router);
  return { router, gateway, nextHop, hops, way: now.way, loops: now.loops, lostSeconds: trailing(recent, (mesh) => !followRoute(mesh, router).reaches) * frameSeconds };
}

/** Along the next hops that the routers believe, over links that carry. */
function followRoute({ routes, links }: IndexedMesh, from: string): { readonly way: readonly string[]; readonly reaches: boolean; readonly loops: boolean } {
  const way = [from];
  for (let route = routes.get(from); route !== undefined; route = routes.get(way.at(-1)!)) {
    if (route.nextHop === null) return { way, reaches: false, loops: false };
    const carries = links.get(`${route.router}|${route.nextHop}`)?.up === true;
    const loops = way.includes(route.nextHop);
    way.push(route.nextHop);
    if (loops || !carries) return { way, reaches: false, loops };
  }
  return { way, reaches: true, loops: false }; // gateways have no route
}

function trailing<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let count = 0;
  while (count < items.length && holds(items[items.length - 1 - count]!)) count += 1;
  return count;
}
