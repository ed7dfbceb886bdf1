/**
 * Looks at a mesh once per sample and remembers what is usual. A dead router is told by the time since its last OGM:
 * its TQ stays frozen for 200 seconds and says nothing.
 */
import { US_PER_SECOND } from '@/engine/kernel';
import type { MeshSample } from '@/engine/telemetry';
import { PURGE_MS } from '../constants';
import { JIFFY_US } from '../kernel-timer';
import { jiffiesAt } from '../mesh-event';
import { meshPath } from '../mesh-path';
import { linksOf, routesOf } from '../mesh-sample';
import type { MeshState } from '../mesh-state';
import { routeAt, copyBase, slotBase } from '../tables/originator-tables';
import type { MeshFinding } from './mesh-finding';

/** Usual values and recent changes; plain data, kept by who watches. */
export type MeshWatch = {
  /** Per direction `from|to`: slow average of TQ, and since when it has been far below. */
  readonly links: Map<string, { usualTq: number; lowSinceUs: number | null }>;
  /** Per router: next hops of late with their times, and since when it has had no way to a gateway. */
  readonly routes: Map<string, { hops: string[]; changedAtUs: number[]; lostSinceUs: number | null }>;
};

export const meshWatch = (): MeshWatch => ({ links: new Map(), routes: new Map() });

const USUAL_WEIGHT = 0.02; // a usual value follows within a minute or so of samples
const LOW_SHARE = 0.75;
const LOW_SECONDS = 10;
const SILENT_INTERVALS = 10;
const FLAP_SECONDS = 120;
const FLAP_CHANGES = 4;
const LOST_SECONDS = 5;

/** Call it once a second or so; the findings of this moment. */
export function watchMesh(watch: MeshWatch, mesh: MeshState, nowUs: number): MeshFinding[] {
  return [
    ...linksOf(mesh).flatMap((link) => watchLink(watch, link, nowUs)),
    ...routesOf(mesh).flatMap((route) => watchRoute(watch, mesh, route, nowUs)),
    ...silentRouters(mesh, nowUs),
  ];
}

type Link = MeshSample['links'][number];
type Route = MeshSample['routes'][number];

function watchLink({ links }: MeshWatch, { from, to, tq }: Link, nowUs: number): MeshFinding[] {
  const key = `${from}|${to}`;
  const known = links.get(key);
  if (known === undefined) {
    links.set(key, { usualTq: tq, lowSinceUs: null });
    return [];
  }
  const isLow = tq < LOW_SHARE * known.usualTq;
  known.lowSinceUs = isLow ? (known.lowSinceUs ?? nowUs) : null;
  if (!isLow) known.usualTq += (tq - known.usualTq) * (tq > known.usualTq ? 1 : USUAL_WEIGHT);
  const forSeconds = known.lowSinceUs === null ? 0 : (nowUs - known.lowSinceUs) / US_PER_SECOND;
  return forSeconds >= LOW_SECONDS ? [{ kind: 'link-degraded', from, to, tq, usualTq: Math.round(known.usualTq), forSeconds }] : [];
}

function watchRoute({ routes }: MeshWatch, mesh: MeshState, { router, gateway, nextHop }: Route, nowUs: number): MeshFinding[] {
  if (mesh.routers.isGateway[mesh.topology.names.indexOf(router)] === 1) return [];
  const known = routes.get(router) ?? { hops: [], changedAtUs: [], lostSinceUs: null };
  routes.set(router, known);
  if (nextHop !== null && known.hops.at(-1) !== nextHop) {
    known.hops.push(nextHop);
    known.changedAtUs.push(nowUs);
  }
  while (known.changedAtUs.length > 1 && known.changedAtUs[0]! < nowUs - FLAP_SECONDS * US_PER_SECOND) {
    known.hops.shift();
    known.changedAtUs.shift();
  }
  const path = meshPath(mesh, router);
  const findings: MeshFinding[] = [];
  const changes = known.hops.length - 1;
  if (changes >= FLAP_CHANGES) findings.push({ kind: 'route-flapping', router, changes, inSeconds: FLAP_SECONDS, hops: [...new Set(known.hops)] });
  if (new Set(path.hops).size < path.hops.length) findings.push({ kind: 'routing-loop', router, hops: path.hops.slice(0, new Set(path.hops).size + 1) });
  known.lostSinceUs = path.reachable || mesh.routers.up[mesh.topology.names.indexOf(router)] === 0 ? null : (known.lostSinceUs ?? nowUs);
  const forSeconds = known.lostSinceUs === null ? 0 : (nowUs - known.lostSinceUs) / US_PER_SECOND;
  if (forSeconds >= LOST_SECONDS) findings.push({ kind: 'gateway-lost', router, gateway, forSeconds });
  return findings;
}

/** Routers from which nobody has heard for ten intervals while somebody still holds a route to them. */
function silentRouters(mesh: MeshState, nowUs: number): MeshFinding[] {
  const { tables, topology, routers } = mesh;
  const now = jiffiesAt(mesh, nowUs);
  return topology.names.flatMap((router, target): MeshFinding[] => {
    let latest = 0;
    let believedBy = 0;
    for (let viewer = 0; viewer < topology.names.length; viewer += 1) {
      if (viewer === target || routers.up[viewer] === 0) continue;
      const base = slotBase(tables, viewer, target);
      if (tables.words[base]! > latest) latest = tables.words[base]!;
      if (routeAt(tables.words, copyBase(base, tables.degree[viewer]!, 0)) >= 0) believedBy += 1;
    }
    const silentMs = ((now - latest) * JIFFY_US) / 1_000;
    if (latest === 0 || believedBy === 0 || silentMs < SILENT_INTERVALS * routers.ogmIntervalMs[target]!) return [];
    return [{ kind: 'router-silent', router, believedBy, silentSeconds: silentMs / 1_000, purgedInSeconds: Math.max(0, (PURGE_MS - silentMs) / 1_000) }];
  });
}
