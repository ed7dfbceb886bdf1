/**
 * One second of a world as bodies for the ring map. Areas are comparable within a ring: the outline is
 * capacity, the filled part is load, the ghost is the load of the baseline where it differs visibly.
 */
import type { Frame, MeshSample, NodeSample, ServiceSample } from '@/engine/telemetry';
import type { ServiceSpec, SystemSpec } from '@/engine/twin';
import { formatCores, formatMs, formatRps, formatShare } from '../format/quantity';
import type { WorldLayout } from './lay-out-world';
import { nodeRisk, routerRisk, serviceRisk } from './risk-level';
import { thingId } from './world-ids';

const SERVICE_RADIUS_MAX = 30;
/** A service may double before its outline is as large as outlines get. */
const ROOM_TO_GROW = 2;
const NODE_RADIUS_MAX = 18;
const ROUTER_RADIUS_MIN = 5;
const RADIUS_MIN = 8;
const GHOST_VISIBLE_PX = 2;

/** Cores the ready replicas may use together; null when nothing is known about them. */
export function serviceCapacity(spec: ServiceSpec, sample: ServiceSample | undefined): number {
  const perReplica = Math.min(spec.lanes, (sample?.quotaMillicores ?? Infinity) / 1_000);
  return perReplica * (sample?.replicasReady ?? spec.replicas);
}

const share = (part: number | null, all: number) => (part === null || all <= 0 ? 0 : Math.min(1, part / all));

function ghost(radius: number, load: number | null, capacity: number, now: number): number | null {
  const was = radius * Math.sqrt(share(load, capacity));
  return load !== null && Math.abs(was - now) >= GHOST_VISIBLE_PX ? was : null;
}

export function readServices({ services }: SystemSpec, { services: angles }: WorldLayout, frame: Frame, before: Frame | null) {
  const capacityMax = ROOM_TO_GROW * Math.max(...services.map((spec) => spec.lanes * spec.replicas));
  return services.map((spec) => {
    const sample = frame.services.find((candidate) => candidate.service === spec.name);
    const was = before?.services.find((candidate) => candidate.service === spec.name);
    const capacity = serviceCapacity(spec, sample);
    const capacityRadius = Math.max(RADIUS_MIN, SERVICE_RADIUS_MAX * Math.sqrt(Math.min(1, capacity / capacityMax)));
    const radius = capacityRadius * Math.sqrt(share(sample?.cpuCores ?? null, capacity));
    return {
      id: thingId('service', spec.name),
      label: spec.name,
      kind: 'service',
      ring: 0 as const,
      angle: angles.get(spec.name) ?? 0,
      shape: 'circle' as const,
      radius,
      capacityRadius,
      ghostRadius: ghost(capacityRadius, was?.cpuCores ?? null, capacity, radius),
      level: sample === undefined ? (0 as const) : serviceRisk(sample, capacity),
      down: sample !== undefined && sample.replicasReady === 0,
      reading: sample === undefined ? 'not measured' : `${formatRps(sample.servedRps)}, p99 ${formatMs(sample.latencyP99Us)}, ${sample.replicasReady ?? '–'} of ${sample.replicas ?? '–'} replicas ready, ${formatCores(sample.cpuCores)} of ${capacity}`,
    };
  });
}

/** `removed`: nodes taken off the bill on purpose; they are gone, not failing. */
export function readNodes({ nodes }: SystemSpec, { nodes: angles }: WorldLayout, frame: Frame, before: Frame | null, removed: ReadonlySet<string>) {
  const capacityMax = Math.max(...nodes.map((spec) => spec.cpuMillicores)) / 1_000;
  return frame.nodes.map((sample) => {
    const gone = removed.has(sample.node) && !sample.up;
    const capacityRadius = Math.max(RADIUS_MIN, NODE_RADIUS_MAX * Math.sqrt(sample.cpuCapacityCores / capacityMax));
    const radius = capacityRadius * Math.sqrt(share(sample.cpuCores, sample.cpuCapacityCores));
    const was = before?.nodes.find((candidate) => candidate.node === sample.node);
    return {
      id: thingId('node', sample.node),
      label: sample.node,
      kind: 'node',
      ring: 1 as const,
      angle: angles.get(sample.node) ?? 0,
      shape: 'square' as const,
      radius,
      capacityRadius,
      ghostRadius: ghost(capacityRadius, was?.cpuCores ?? null, sample.cpuCapacityCores, radius),
      level: gone ? (0 as const) : nodeRisk(sample),
      down: !sample.up,
      reading: gone ? 'removed, off the bill' : nodeReading(sample),
    };
  });
}

const nodeReading = (node: NodeSample) => (node.up ? `${formatCores(node.cpuCores)} of ${node.cpuCapacityCores}, pressure ${formatShare(node.cpuPressure)}, ${node.replicas.length} replicas` : `down, ${node.replicas.length} replicas still assigned to it`);

/** A router grows with the routers whose way to a gateway leads over it. */
export function readRouters({ mesh: spec }: SystemSpec, { routers: angles }: WorldLayout, mesh: MeshSample | null) {
  if (spec === undefined || mesh === null) return [];
  return spec.routers.map((router) => {
    const carried = mesh.routes.filter((route) => route.nextHop === router.name).length;
    const isGateway = router.gateway === true;
    const level = routerRisk(router.name, mesh, isGateway);
    const links = mesh.links.filter((link) => link.from === router.name || link.to === router.name);
    const route = mesh.routes.find((candidate) => candidate.router === router.name);
    const down = links.length > 0 && links.every((link) => !link.up);
    const way = isGateway ? `gateway, next hop of ${carried}` : route === undefined || route.nextHop === null ? 'no route to a gateway' : `to ${route.gateway} over ${route.nextHop}, TQ ${route.tq} of 255`;
    return {
      id: thingId('router', router.name),
      label: router.name,
      kind: isGateway ? 'gateway' : 'router',
      ring: 2 as const,
      angle: angles.get(router.name) ?? 0,
      shape: 'diamond' as const,
      radius: ROUTER_RADIUS_MIN + Math.min(4, carried),
      capacityRadius: isGateway ? ROUTER_RADIUS_MIN + 7 : null,
      ghostRadius: null,
      level,
      down,
      reading: down ? 'down, no link is up' : way,
    };
  });
}
