/**
 * Where one more router would help most. Sites tried are the middles between routers that cannot hear each other but
 * could both hear somebody between them; a new router there would hear everyone within the reach that existing links
 * show. Judged by the routers that single failures cut off, with and without it.
 */
import { sampleQuantile } from '@/engine/kernel';
import type { MeshSpec } from '../mesh-spec';
import { meshGraph, type MeshGraph } from './expected-routes';
import { cutOff } from './failure-sweep';

export type Site = {
  readonly x: number;
  readonly y: number;
  readonly hears: readonly string[];
  /** Assumed of every one of its links. */
  readonly lossPercent: number;
  /** Routers cut off, summed over all single router failures: now, and with the new router. */
  readonly cutOffNow: number;
  readonly cutOffThen: number;
};

const SITES_MAX = 400;
const REACH_QUANTILE = 0.9;
/** Loss assumed on a new link: what the existing ones of that length are not better than, on a poor day. */
const NEW_LINK_LOSS_PERCENT = 20;

/** The best sites first; empty when no router has a position, or nothing can be cut off. */
export function bestSites(spec: MeshSpec, shown = 5): Site[] {
  const places = spec.routers.flatMap((router) => (router.x === undefined || router.y === undefined ? [] : [{ name: router.name, x: router.x, y: router.y }]));
  const reach = reachOf(spec, places);
  if (reach === null) return [];
  const graph = meshGraph(spec);
  const critical = criticalRouters(graph);
  const cutOffNow = sumCutOff(graph, critical);
  if (cutOffNow === 0) return [];
  return candidates(places, reach)
    .map(({ x, y, hears }): Site => {
      const grown = meshGraph({ ...spec, routers: [...spec.routers, { name: NEW_NAME }], links: [...spec.links, ...hears.map((b) => ({ a: NEW_NAME, b, lossPercent: NEW_LINK_LOSS_PERCENT }))] });
      return { x, y, hears, lossPercent: NEW_LINK_LOSS_PERCENT, cutOffNow, cutOffThen: sumCutOff(grown, critical) };
    })
    .sort((p, q) => p.cutOffThen - q.cutOffThen || p.hears.length - q.hears.length || p.x - q.x || p.y - q.y)
    .slice(0, shown);
}

const NEW_NAME = '(new router)';
type Place = { readonly name: string; readonly x: number; readonly y: number };
const distance = (p: { x: number; y: number }, q: { x: number; y: number }) => Math.sqrt((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y));

function reachOf(spec: MeshSpec, places: readonly Place[]): number | null {
  const at = new Map(places.map((place) => [place.name, place]));
  const lengths = spec.links.flatMap(({ a, b }) => (at.has(a) && at.has(b) ? [distance(at.get(a)!, at.get(b)!)] : []));
  return lengths.length === 0 ? null : sampleQuantile(lengths, REACH_QUANTILE);
}

function candidates(places: readonly Place[], reach: number): { x: number; y: number; hears: string[] }[] {
  const sites = places.flatMap((p, i) =>
    places.slice(i + 1).flatMap((q) => {
      const apart = distance(p, q);
      return apart > reach && apart <= 2 * reach ? [{ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 }] : [];
    }),
  );
  const step = Math.max(1, Math.ceil(sites.length / SITES_MAX));
  return sites.filter((_, i) => i % step === 0).map((site) => ({ ...site, hears: places.filter((place) => distance(place, site) <= reach).map((place) => place.name) }));
}

const criticalRouters = (graph: MeshGraph) => graph.names.flatMap((_, i) => (!graph.gateways.includes(i) && cutOff(graph, [i]).size > cutOff(graph, []).size ? [i] : []));
const sumCutOff = (graph: MeshGraph, failures: readonly number[]) => failures.reduce((sum, router) => sum + cutOff(graph, [router]).size, 0);
