/**
 * A world around a mesh that somebody brought: clients at its routers ask a service behind the gateways, so that what a
 * failure costs can be seen in requests. Nothing is known of that service; it is quick and has room.
 */
import type { MeshSpec, SystemSpec } from '@/engine/twin';
import type { OpenedWorld } from '../live-world/live-world-state';

const CLIENTS_MAX = 40;
const WARM_SECONDS = 100; // windows of 64 OGMs are full

/** `chosenGateway` is the router taken for a gateway where none was named. */
export function worldOfMesh(name: string, mesh: MeshSpec): { readonly world: OpenedWorld; readonly chosenGateway: string | null } {
  const hasGateway = mesh.routers.some((router) => router.gateway === true);
  const chosenGateway = hasGateway ? null : busiest(mesh);
  const withGateway: MeshSpec = { ...mesh, routers: mesh.routers.map((router) => (router.name === chosenGateway ? { ...router, gateway: true } : router)) };
  const edges = withGateway.routers.filter((router) => router.gateway !== true);
  const step = Math.max(1, Math.ceil(edges.length / CLIENTS_MAX));
  const system: SystemSpec = {
    nodes: [{ name: 'behind-the-gateway', cpuMillicores: 8_000, memoryMib: 8_192, usdPerHour: 0 }],
    services: [{ name: 'internet', replicas: 2, lanes: 8, demand: { meanMs: 1 }, wait: { meanMs: 10, cv: 0.5 }, startUp: { meanMs: 1_000 }, cpuRequestMillicores: 500, memoryMib: 128, timeoutMs: 5_000 }],
    loads: edges.filter((_, i) => i % step === 0).map((router) => ({ service: 'internet', arrivals: 'poisson', router: router.name, profile: { kind: 'constant', rps: 0.5 } })),
    mesh: withGateway,
  };
  return { chosenGateway, world: { spec: { formatVersion: 1, id: `mesh-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60)}`, title: `The mesh of ${name}`, question: 'Who loses the gateway, for how long, and over which way do they come back?', seed: 42, durationSeconds: 600, warmUpSeconds: 80, system }, name: `mesh of ${name}`, warmSeconds: WARM_SECONDS, fit: null } };
}

function busiest({ routers, links }: MeshSpec): string {
  const degree = new Map(routers.map((router) => [router.name, 0]));
  for (const { a, b } of links) for (const end of [a, b]) degree.set(end, (degree.get(end) ?? 0) + 1);
  return [...degree].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}
