/**
 * Where a mesh settles when nothing changes: every router takes the neighbour with the highest expected TQ towards a
 * gateway. A link's expected TQ is 255·p·(1 − (1 − r)³) with the delivery p of the own direction and r of the
 * other (what two full windows of 64 give on average); a way's is the product, less one hop penalty per relay.
 */
import { HOP_PENALTY, TQ_MAX } from '../constants';
import type { MeshSpec } from '../mesh-spec';

/** One direction of a link: how much of what is sent arrives, the share of TQ the sender keeps, and the same for the way back. */
export type Way = { readonly to: number; readonly link: number; readonly delivery: number; readonly share: number; readonly backDelivery: number; readonly backShare: number };
export type MeshGraph = { readonly names: readonly string[]; readonly gateways: readonly number[]; readonly links: readonly (readonly [number, number])[]; /** Per router: ways out of it. */ readonly ways: readonly (readonly Way[])[]; readonly keepPerRelay: readonly number[] };

/** What is broken: routers and links by number. */
export type Broken = { readonly routers: ReadonlySet<number>; readonly links: ReadonlySet<number> };
export const NOTHING_BROKEN: Broken = { routers: new Set(), links: new Set() };

/** Per router: expected TQ (0: no way), next router (−1), gateway (−1), delivery of data and of the gateway's OGMs over the whole way. */
export type Routes = { readonly tq: Float64Array; readonly next: Int32Array; readonly gateway: Int32Array; readonly delivery: Float64Array; readonly ogmDelivery: Float64Array };

/** What is only planned has no ways; it keeps its number. */
export function meshGraph(spec: MeshSpec): MeshGraph {
  const index = new Map(spec.routers.map((router, i) => [router.name, i]));
  const ways: Way[][] = spec.routers.map(() => []);
  const links = spec.links.map((link, i) => {
    const a = index.get(link.a)!;
    const b = index.get(link.b)!;
    if (link.planned === true || spec.routers[a]!.planned === true || spec.routers[b]!.planned === true) return [a, b] as const;
    const forth = 1 - (link.lossPercent ?? 0) / 100;
    const back = 1 - (link.lossPercentBack ?? link.lossPercent ?? 0) / 100;
    const shares = { forth: linkShare(forth, back), back: linkShare(back, forth) };
    ways[a]!.push({ to: b, link: i, delivery: forth, share: shares.forth, backDelivery: back, backShare: shares.back });
    ways[b]!.push({ to: a, link: i, delivery: back, share: shares.back, backDelivery: forth, backShare: shares.forth });
    return [a, b] as const;
  });
  const keepPerRelay = spec.routers.map((router) => 1 - (router.hopPenalty ?? spec.hopPenalty ?? HOP_PENALTY) / TQ_MAX);
  return { names: spec.routers.map((router) => router.name), gateways: spec.routers.flatMap((router, i) => (router.gateway === true ? [i] : [])), links, ways, keepPerRelay };
}

const linkShare = (out: number, back: number) => out * (1 - (1 - back) * (1 - back) * (1 - back));

/** The best way of every router to a gateway, by Dijkstra on products from the gateways outwards. */
export function expectedRoutes(graph: MeshGraph, broken: Broken = NOTHING_BROKEN): Routes {
  const n = graph.names.length;
  const routes: Routes = { tq: new Float64Array(n), next: new Int32Array(n).fill(-1), gateway: new Int32Array(n).fill(-1), delivery: new Float64Array(n), ogmDelivery: new Float64Array(n) };
  const heap = maxHeap(n);
  for (const gateway of graph.gateways) {
    if (broken.routers.has(gateway)) continue;
    routes.tq[gateway] = TQ_MAX;
    routes.gateway[gateway] = gateway;
    routes.delivery[gateway] = 1;
    routes.ogmDelivery[gateway] = 1;
    heap.push(gateway, TQ_MAX);
  }
  const done = new Uint8Array(n);
  for (let router = heap.pop(); router >= 0; router = heap.pop()) {
    if (done[router] === 1) continue;
    done[router] = 1;
    const keep = graph.gateways.includes(router) ? 1 : graph.keepPerRelay[router]!;
    for (const way of graph.ways[router]!) relax(routes, heap, { hop: router, way, keep, broken, done });
  }
  return routes;
}

type Step = { readonly hop: number; readonly way: Way; readonly keep: number; readonly broken: Broken; readonly done: Uint8Array };

/** `way` leads from a settled router to a neighbour, which would send the other way. */
function relax(routes: Routes, heap: Heap, { hop, way, keep, broken, done }: Step): void {
  const { to: router, link } = way;
  if (done[router] === 1 || broken.links.has(link) || broken.routers.has(router)) return;
  const tq = routes.tq[hop]! * keep * way.backShare;
  if (tq < 1 || tq <= routes.tq[router]!) return;
  routes.tq[router] = tq;
  routes.next[router] = hop;
  routes.gateway[router] = routes.gateway[hop]!;
  routes.delivery[router] = routes.delivery[hop]! * way.backDelivery;
  routes.ogmDelivery[router] = routes.ogmDelivery[hop]! * way.delivery;
  heap.push(router, tq);
}

type Heap = { push(item: number, key: number): void; pop(): number };

/** A binary heap of (key, item), largest first, smaller item first among equals; −1 when empty. */
function maxHeap(size: number): Heap {
  const keys: number[] = [];
  const items: number[] = [];
  const before = (i: number, j: number) => keys[i]! > keys[j]! || (keys[i] === keys[j] && items[i]! < items[j]!);
  const swap = (i: number, j: number) => {
    [keys[i], keys[j]] = [keys[j]!, keys[i]!];
    [items[i], items[j]] = [items[j]!, items[i]!];
  };
  return {
    push(item, key) {
      keys.push(key);
      items.push(item);
      for (let i = keys.length - 1; i > 0 && before(i, (i - 1) >> 1); i = (i - 1) >> 1) swap(i, (i - 1) >> 1);
    },
    pop() {
      if (size === 0 || keys.length === 0) return -1;
      const top = items[0]!;
      swap(0, keys.length - 1);
      keys.pop();
      items.pop();
      for (let i = 0; ; ) {
        let best = i;
        for (const child of [2 * i + 1, 2 * i + 2]) if (child < keys.length && before(child, best)) best = child;
        if (best === i) return top;
        swap(i, best);
        i = best;
      }
    },
  };
}
