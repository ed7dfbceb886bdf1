/**
 * Which machines smaller requests free. First a bound: first fit by CPU and memory, dearest machine first. Then the
 * scheduler itself has to place every pod with all its rules while those machines are closed; as long as more pods wait than
 * before, the machine freed last is taken back. Machines with a mesh gateway stay, and so does at least one.
 */
import { savingsOfRequests, type PlacedPod } from '@/engine/cost';
import { compileWorld, type SystemSpec, type World } from '@/engine/twin';

const GIB = 2 ** 30;
const CLOSED = { key: 'orrery/given-back', effect: 'NoSchedule' } as const;

/** Names in the order in which they may go. `system` has the pods that are expected at the busiest. */
export function machinesThatMayGo(system: SystemSpec, seed: number): readonly string[] {
  const world = compileWorld(system, seed);
  const gateways = new Set(system.nodes.flatMap(({ name, router }) => (router === undefined ? [] : [name])));
  const standing = system.nodes.map(({ name }) => world.infra.nodes.find((node) => node.name === name)!);
  const rooms = standing.map((node) => ({ node: node.name, microUsdPerHour: node.microUsdPerHour, cores: node.allocatableMillicores / 1_000, memoryGib: node.allocatableBytes / GIB, stays: gateways.has(node.name) }));
  const { goes } = savingsOfRequests(rooms, placedPods(world), (pod) => pod);
  const may = goes.slice(0, Math.max(0, system.nodes.length - 1));
  const anywhere = placedAnew(system);
  const waited = waiting(compileWorld(anywhere, seed));
  while (may.length > 0 && waiting(compileWorld(closed(anywhere, may), seed)) > waited) may.pop();
  return may;
}

const placedPods = ({ infra }: World): readonly PlacedPod[] =>
  infra.replicas.flatMap(({ name, node, service, cpuRequest, memoryRequestBytes }) => (node < 0 || infra.services[service]!.rules.daemon === true ? [] : [{ pod: name, node: infra.nodes[node]!.name, cores: cpuRequest / 1_000, memoryGib: memoryRequestBytes / GIB }]));

const waiting = ({ infra }: World) => infra.replicas.filter(({ phase }) => phase === 'pending').length;

/** Nobody is held where he was found: the scheduler has a free hand. */
const placedAnew = (system: SystemSpec): SystemSpec => ({ ...system, services: system.services.map(({ startsOn: _, ...service }) => service) });

const closed = (system: SystemSpec, names: readonly string[]): SystemSpec => ({ ...system, nodes: system.nodes.map((node) => (names.includes(node.name) ? { ...node, taints: [...(node.taints ?? []), CLOSED] } : node)) });
