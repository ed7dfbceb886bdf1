/** Who lost the gateway when, for how long, and over which way it came back: read from the frames that were seen. */
import type { Frame, MeshSample } from '@/engine/telemetry';

export type Outage = { readonly router: string; readonly from: number; /** Null while it lasts. */ readonly until: number | null; readonly before: string | null; readonly after: string | null };

type Index = { readonly routes: ReadonlyMap<string, MeshSample['routes'][number]>; readonly carries: ReadonlySet<string>; readonly gateways: ReadonlySet<string> };

/** Frames oldest first; an outage that began before them is not told. */
export function outagesOf(frames: readonly Frame[], gateways: readonly string[]): Outage[] {
  const open = new Map<string, { from: number; before: string | null }>();
  const lastHop = new Map<string, string | null>();
  const served = new Set<string>();
  const found: Outage[] = [];
  for (const frame of frames) {
    if (frame.mesh === null) continue;
    const at = frame.atUs / 1e6;
    const index = indexOf(frame.mesh, gateways);
    for (const { router, nextHop } of frame.mesh.routes) {
      const reaches = wayOf(index, router).reaches;
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

const indexOf = ({ routes, links }: MeshSample, gateways: readonly string[]): Index => ({
  routes: new Map(routes.map((route) => [route.router, route])),
  carries: new Set(links.flatMap((link) => (link.up ? [`${link.from}|${link.to}`] : []))),
  gateways: new Set(gateways),
});

/** Along the next hops, over links that carry, up to a gateway, a dead end or a repetition. */
export function wayTo(mesh: MeshSample, gateways: readonly string[], router: string) {
  return wayOf(indexOf(mesh, gateways), router);
}

function wayOf({ routes, carries, gateways }: Index, router: string): { readonly hops: readonly string[]; readonly reaches: boolean } {
  const hops = [router];
  for (let at = router; ; at = hops.at(-1)!) {
    if (gateways.has(at)) return { hops, reaches: true };
    const next = routes.get(at)?.nextHop ?? null;
    if (next === null) return { hops, reaches: false };
    const dead = !carries.has(`${at}|${next}`) || hops.includes(next);
    hops.push(next);
    if (dead) return { hops, reaches: false };
  }
}

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
