/** What a scripted event does to the running mesh. */
import type { EventQueue, TimeUs } from '@/engine/kernel';
import { edgesBetween, setMeshCarrier, setMeshLink, setMeshRouter, silenceMeshRouter } from '../change-mesh';
import { routerIndex, type MeshState } from '../mesh-state';
import { setGateway } from '../tables/gateway';
import { gatewayMode, type GatewayMode } from './gateway-mode';
import type { LabEvent, Pair } from './lab-scenario';
import { isOff } from './read-lab-settings';

export function applyLabEvent(mesh: MeshState, queue: EventQueue, event: LabEvent, at: TimeUs): void {
  switch (event.type) {
    case 'link':
      return changeLink(mesh, event);
    case 'link_cut':
    case 'link_restore':
      return void setMeshLink(mesh, queue, event.a, event.b, event.type === 'link_restore');
    case 'carrier_down':
    case 'carrier_up':
      return setLabCarrier(mesh, event.a, event.b, event.type === 'carrier_up');
    case 'node_down':
      silenceMeshRouter(mesh, event.node, true);
      if (event.reboot === true) setMeshRouter(mesh, queue, event.node, false, at);
      return;
    case 'node_up':
      silenceMeshRouter(mesh, event.node, false);
      if (event.reboot !== true) return;
      raiseInterfaces(mesh, event.node);
      setMeshRouter(mesh, queue, event.node, true, at);
      return;
    case 'setting':
      return changeSetting(mesh, event);
  }
}

/** Carriers go at the end that the *link* names first, however the event names the two. */
function setLabCarrier(mesh: MeshState, a: string, b: string, up: boolean): void {
  const { topology } = mesh;
  const forth = edgesBetween(mesh, routerIndex(mesh, a), routerIndex(mesh, b)).find((edge) => topology.edgeLink[edge]! >= 0);
  const first = forth === undefined ? a : topology.names[topology.interfaceRouter[topology.edgeFrom[forth]!]!]!;
  setMeshCarrier(mesh, first, first === a ? b : a, up);
}

/** A node that boots sets all of its own interfaces up, also one that was set down before. */
function raiseInterfaces(mesh: MeshState, node: string): void {
  const { names, edgeFrom, edgeTo, edgeLink, interfaceRouter } = mesh.topology;
  edgeFrom.forEach((from, edge) => {
    if (edgeLink[edge]! >= 0 && names[interfaceRouter[from]!] === node) setMeshCarrier(mesh, node, names[interfaceRouter[edgeTo[edge]!]!]!, true);
  });
}

const pairOf = (value: number | Pair): Pair => (typeof value === 'number' ? [value, value] : value);

function changeLink(mesh: MeshState, event: Extract<LabEvent, { type: 'link' }>): void {
  const { links, topology } = mesh;
  const a = routerIndex(mesh, event.a);
  for (const edge of edgesBetween(mesh, a, routerIndex(mesh, event.b))) {
    const way = topology.interfaceRouter[topology.edgeFrom[edge]!] === a ? 0 : 1;
    if (event.loss !== undefined) links.loss[edge] = pairOf(event.loss)[way] / 100;
    if (event.burst !== undefined) links.burst[edge] = pairOf(event.burst)[way] > 1 ? pairOf(event.burst)[way] : 0;
    if (event.delay !== undefined) links.delayUs[edge] = Math.round(pairOf(event.delay)[way] * 1_000);
    if (event.jitter !== undefined) links.jitterUs[edge] = Math.round(pairOf(event.jitter)[way] * 1_000);
    if (event.rate !== undefined) links.bytesPerSecond[edge] = pairOf(event.rate)[way] * 125_000;
    if (event.throughput !== undefined && mesh.medium === 'link') links.throughput[edge] = Math.round(pairOf(event.throughput)[way] * 10);
    links.bad[edge] = 0;
  }
}

/** As `batctl meshif` sets it: what belongs to single interfaces (elp_interval, throughput_override) is not among it and stays as it was. */
function changeSetting(mesh: MeshState, { node, name, value }: Extract<LabEvent, { type: 'setting' }>): void {
  const router = routerIndex(mesh, node);
  if (name === 'orig_interval') mesh.routers.ogmIntervalMs[router] = Number(value);
  if (name === 'hop_penalty') mesh.routers.hopPenalty[router] = Number(value);
  if (name === 'aggregation') mesh.routers.aggregates[router] = isOff(value) ? 0 : 1;
  if (name === 'gw_mode') changeGatewayMode(mesh, router, gatewayMode(String(value)));
}

function changeGatewayMode(mesh: MeshState, router: number, mode: GatewayMode | null): void {
  if (mode === null) return;
  setGateway(mesh, router, mode.server);
  if (mode.downMbps !== undefined) mesh.routers.gatewayDownKbit[router] = mode.downMbps * 1_000;
  if (mode.gatewayClass !== undefined) mesh.routers.gatewayClass[router] = mode.gatewayClass;
}
