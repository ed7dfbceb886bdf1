/** Who lost the gateway when, for how long, and over which way it came back: read from the frames that were seen. */
import type { Frame, MeshSample } from '@/engine/telemetry';

export type Outage = { readonly router: string; readonly from: number; /** Null while it lasts. */ readonly until: number | null; readonly before: string | null; readonly after: string | null };

type Index = { readonly routes: ReadonlyMap<string, MeshSample['routes'][number]>; readonly carries: ReadonlySet<string> };

/** Who reaches a gateway, per sample: worked out once, however often the list of frames is renewed. */
const reached = new WeakMap<MeshSample, ReadonlySet<string>>();

export function reachedIn(mesh: MeshSample, gateways: readonly string[]): ReadonlySet<string> {
  const known = reached.get(mesh);
  if (known !== undefined) return known;
  const index = indexOf(mesh);
  const good = new Set(gateways);
  const bad = new Set<string>();
  for (const { router } of mesh.routes) {
    const way: string[] = [];
    let at: string | null = router;
    while (at !== null && !good.has(at) && !bad.has(at) && !way.includes(at)) {
      way.push(at);
      const next: string | null = index.routes.get(at)?.nextHop ?? null;
      at = next !== null && index.carries.has(`${at}|${next}`) ? next : null;
    }
    const into = at !== null && good.has(at) ? good : bad;
    for (const passed of way) into.add(passed);
  }
  reached.set(mesh, good);
  return good;
}

/** Frames oldest first; an outage that began before them is not told. */
export function outagesOf(frames: readonly Frame[], gateways: readonly string[]): Outage[] {
  const open = new Map<string, { from: number; before: string | null }>();
  const lastHop = new Map<string, string | null>();
  const served = new Set<string>();
  const found: Outage[] = [];
  for (const frame of frames) {
    if (frame.mesh === null) continue;
    const at = frame.atUs / 1e6;
    const good = reachedIn(frame.mesh, gateways);
    for (const { router, nextHop } of frame.mesh.routes) {
      const reaches = good.has(router);
      const began = open.get(router);
      if (reaches) {
        if (began !== undefined) found.push({ router, from: began.from, until: at, before: began.before, after: nextHop });
        open.delete(router);
        served.add(router);
        lastHop.set(router, nextHop);
      } else if (began === undefined && served.has(router)) open.set(router, { from: at, before: lastHop.get(router) ?? null });
    }
  }
  for (const [router, { from, before }] of open) found.push({ router, from, until: null, before, after: null });
  return found.sort((x, y) => y.from - x.from || (x.router < y.router ? -1 : 1));
}

const indexOf = ({ routes, links }: MeshSample): Index => ({
  routes: new Map(routes.map((route) => [route.router, route])),
  carries: new Set(links.flatMap((link) => (link.up ? [`${link.from}|${link.to}`] : []))),
});

export type RouteChange = { readonly router: string; readonly hopThen: string | null; readonly hopNow: string | null; readonly tqThen: number; readonly tqNow: number };

/** Routes that differ between two moments, by next hop or by at least `tqMin` points of TQ; the largest loss first. */
export function routeChanges(then: MeshSample, now: MeshSample, tqMin = 10): RouteChange[] {
  const before = new Map(then.routes.map((route) => [route.router, route]));
  return now.routes
    .flatMap((route): RouteChange[] => {
      const old = before.get(route.router);
      const change = { router: route.router, hopThen: old?.nextHop ?? null, hopNow: route.nextHop, tqThen: old?.tq ?? 0, tqNow: route.tq };
      return change.hopThen === change.hopNow && Math.abs(change.tqNow - change.tqThen) < tqMin ? [] : [change];
    })
    .sort((x, y) => x.tqNow - x.tqThen - (y.tqNow - y.tqThen) || (x.router < y.router ? -1 : 1));
}

export type LinkChange = { readonly from: string; readonly to: string; /** Null: there was no such link. */ readonly tqThen: number | null; readonly tqNow: number; readonly upThen: boolean; readonly upNow: boolean };

/** Directions of links that differ between two moments: cut, healed, new, or by at least `tqMin` points of TQ; the largest loss first. */
export function linkChanges(then: MeshSample, now: MeshSample, tqMin = 10): LinkChange[] {
  const before = new Map(then.links.map((link) => [`${link.from}|${link.to}`, link]));
  return now.links
    .flatMap((link): LinkChange[] => {
      const old = before.get(`${link.from}|${link.to}`);
      const change = { from: link.from, to: link.to, tqThen: old?.tq ?? null, tqNow: link.tq, upThen: old?.up ?? false, upNow: link.up };
      return change.upThen === change.upNow && Math.abs(change.tqNow - (change.tqThen ?? 0)) < tqMin ? [] : [change];
    })
    .sort((x, y) => x.tqNow - (x.tqThen ?? 0) - (y.tqNow - (y.tqThen ?? 0)) || (`${x.from}|${x.to}` < `${y.from}|${y.to}` ? -1 : 1));
}
