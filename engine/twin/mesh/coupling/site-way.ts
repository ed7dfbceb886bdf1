/**
 * The way between two places of a system: each is behind a mesh router, or at the gateways' side (−1). Places behind the
 * same router, and all at the gateways' side, reach each other without the mesh.
 */
import { PPM } from '@/engine/kernel';
import type { World } from '../../world';
import { routePath, sendsTo } from '../mesh-path';
import { routerIndex, type MeshState } from '../mesh-state';

/** `source` and `target` are the routers at its ends, −1 where there is none or the mesh is not crossed. */
export type SiteWay = { readonly reachable: boolean; readonly deliveryPpm: number; readonly delayUs: number; readonly source: number; readonly target: number };

export const NO_WAY: SiteWay = { reachable: false, deliveryPpm: 0, delayUs: 0, source: -1, target: -1 };
export const STRAIGHT: SiteWay = { reachable: true, deliveryPpm: PPM, delayUs: 0, source: -1, target: -1 };

/** One way, by router numbers. Someone at the gateways' side reaches a router through the gateway that it selected. */
export function siteWay(mesh: MeshState | null, from: number, to: number): SiteWay {
  if (from === to) return STRAIGHT;
  if (mesh === null) return NO_WAY;
  const { routers } = mesh;
  const source = from < 0 ? (routers.isGateway[to] === 1 ? to : routers.gateway[to]!) : from;
  const target = to < 0 ? (routers.isGateway[from] === 1 ? from : routers.gateway[from]!) : to;
  if (source < 0 || target < 0 || routers.up[source] === 0 || !sendsTo(mesh, source, target)) return NO_WAY;
  if (source === target) return STRAIGHT;
  const { reachable, deliveryPpm, delayUs } = routePath(mesh, source, target);
  return { reachable, deliveryPpm, delayUs, source, target };
}

/** From a client at a router to where a service stands: all its nodes behind one router, else the gateways' side. */
export function entryWay({ infra, coupling, mesh }: World, service: number, router: string): SiteWay {
  const [first, ...others] = (infra.services[service]!.nodes ?? []).map((node) => coupling.via[node]!);
  const target = first !== undefined && others.every((other) => other === first) ? first : -1;
  return mesh === null ? NO_WAY : siteWay(mesh, routerIndex(mesh, router), target);
}
