/**
 * Gateway choice of a client (gateway_client.c, bat_iv_ogm.c gw_*). The election runs with the purge work, once
 * a second; a gateway's OGM asks for a new one only when it beats the selected gateway by the router's class.
 */
import type { MeshState } from '../mesh-state';
import { copyBase, metricAt, routeAt, slotBase } from './originator-tables';

/** Metric of the way to a gateway in the router's own table; 0 without a route. */
export function gatewayMetric(mesh: MeshState, router: number, gateway: number): number {
  const { tables } = mesh;
  const head = copyBase(slotBase(tables, router, gateway), tables.degree[router]!, 0);
  const route = routeAt(tables.words, head);
  return route < 0 ? 0 : metricAt(tables, head, route);
}

/** A gateway says so in every OGM of its own: a header and two bandwidths. */
export const GATEWAY_TVLV_BYTES = 12;

/** The router offers the way out, or no longer; a gateway selects none itself. */
export function setGateway({ routers }: MeshState, router: number, on: boolean): void {
  if ((routers.isGateway[router] === 1) === on) return;
  routers.isGateway[router] = on ? 1 : 0;
  routers.tvlvBytes[router] = routers.tvlvBytes[router]! + (on ? GATEWAY_TVLV_BYTES : -GATEWAY_TVLV_BYTES);
  routers.gateway[router] = -1;
}

/** A gateway's OGM arrived: is it worth an election? */
export function offerGateway(mesh: MeshState, router: number, gateway: number): void {
  const { routers } = mesh;
  if (routers.isGateway[router] === 1) return;
  const selected = routers.gateway[router]!;
  if (selected === gateway) return;
  if (selected >= 0) {
    const gatewayClass = routers.gatewayClass[router]!;
    if (gatewayClass <= 2) return;
    const gain = gatewayMetric(mesh, router, gateway) - gatewayMetric(mesh, router, selected);
    if (gain < 0 || (gatewayClass > 3 && gain < gatewayClass)) return;
  }
  routers.reselect[router] = 1;
}

/** Selects the best gateway when there is none or an election was asked for. */
export function electGateway(mesh: MeshState, router: number): void {
  const { routers } = mesh;
  if (routers.isGateway[router] === 1) return;
  const selected = routers.gateway[router]!;
  if (selected >= 0 && gatewayMetric(mesh, router, selected) > 0 && routers.reselect[router] === 0) return;
  routers.reselect[router] = 0;
  routers.gateway[router] = bestGateway(mesh, router);
}

function bestGateway(mesh: MeshState, router: number): number {
  const { routers } = mesh;
  const byBandwidth = routers.gatewayClass[router] === 1;
  let best = -1;
  let bestScore = 0;
  let bestTq = 0;
  for (let gateway = 0; gateway < routers.isGateway.length; gateway += 1) {
    if (routers.isGateway[gateway] === 0 || gateway === router) continue;
    const tq = gatewayMetric(mesh, router, gateway);
    const score = byBandwidth ? Math.floor((tq * tq * (routers.gatewayDownKbit[gateway]! / 100) * 10_000) / 262_144) : tq;
    if (score > bestScore || (score === bestScore && tq > bestTq)) best = gateway;
    if (score > bestScore) bestScore = score;
    if (tq > bestTq) bestTq = tq;
  }
  return best;
}
