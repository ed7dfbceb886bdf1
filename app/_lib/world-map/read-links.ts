/** What connects the bodies of a world in one second: calls between services, mesh links and routes, nodes and their routers. */
import type { Frame, MeshSample } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import { stepOf, type RiskLevel } from './risk-level';
import { serviceOfReplica, thingId } from './world-ids';

const WIDTH_MAX = 5;

export function readCalls({ services }: SystemSpec, frame: Frame, levels: ReadonlyMap<string, RiskLevel>) {
  const calls = services.flatMap((from) =>
    (from.calls ?? []).map((call) => ({ from: from.name, to: call.service, rps: (frame.services.find((sample) => sample.service === from.name)?.servedRps ?? 0) * call.perRequest })),
  );
  const most = Math.max(1, ...calls.map((call) => call.rps));
  return calls.map(({ from, to, rps }) => ({
    id: `call/${from}>${to}`,
    from: thingId('service', from),
    to: thingId('service', to),
    kind: 'flow' as const,
    width: 0.75 + WIDTH_MAX * Math.sqrt(rps / most),
    level: levels.get(thingId('service', to)) ?? (0 as const),
    down: false,
    ghost: false,
  }));
}

const QUALITY_LOST = [55, 105, 155] as const;

export function readMesh({ mesh: spec, nodes }: SystemSpec, mesh: MeshSample | null, before: MeshSample | null) {
  if (spec === undefined || mesh === null) return [];
  const calm = { width: 1, level: 0 as RiskLevel, ghost: false };
  const link = (from: string, to: string) => ({ from: thingId('router', from), to: thingId('router', to) });
  const lines = spec.links.map(({ a, b }) => {
    const both = mesh.links.filter((l) => (l.from === a && l.to === b) || (l.from === b && l.to === a));
    return { ...calm, ...link(a, b), id: `link/${a}~${b}`, kind: 'line' as const, down: both.length > 0 && both.every((l) => !l.up) };
  });
  const hops = mesh.routes.flatMap(({ router, nextHop, tq }) => (nextHop === null ? [] : [{ router, nextHop, tq }]));
  const paths = hops.map(({ router, nextHop, tq }) => ({ ...calm, ...link(router, nextHop), id: `route/${router}`, kind: 'path' as const, width: 2.5, level: stepOf(255 - tq, QUALITY_LOST), down: false }));
  const lost = (before?.routes ?? []).flatMap(({ router, nextHop }) => (nextHop === null || mesh.routes.some((now) => now.router === router && now.nextHop === nextHop) ? [] : [{ router, nextHop }]));
  const ghosts = lost.map(({ router, nextHop }) => ({ ...calm, ...link(router, nextHop), id: `ghost/${router}`, kind: 'path' as const, down: false, ghost: true }));
  const ties = nodes.flatMap((node) => (node.router === undefined ? [] : [{ ...calm, from: thingId('node', node.name), to: thingId('router', node.router), id: `tie/${node.name}`, kind: 'tie' as const, down: false }]));
  return [...lines, ...ties, ...paths, ...ghosts];
}

/** Replicas where they are, and where the baseline has them. */
export function readReplicas({ services }: SystemSpec, frame: Frame, before: Frame | null) {
  const wasOn = before === null ? null : new Map(before.nodes.flatMap((node) => node.replicas.map((replica) => [replica, node.node] as const)));
  return frame.nodes.flatMap((node) =>
    [...node.replicas].sort().flatMap((replica) => {
      const owner = serviceOfReplica(replica, services);
      if (owner === null) return [];
      const was = wasOn?.get(replica);
      const moved = wasOn !== null && was !== node.node;
      return [{ id: replica, hostId: thingId('node', node.node), ownerId: thingId('service', owner), moved, ghostHostId: moved && was !== undefined ? thingId('node', was) : null }];
    }),
  );
}
