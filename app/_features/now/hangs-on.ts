/** What a thing is bound to right now: a service to its nodes and the services it calls or serves, a node to its replicas' services, a router to its peers. */
import { serviceOfReplica, thingId, type Thing } from '@/app/_lib/world-map/world-ids';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';

export function hangsOn({ kind, name }: Thing, system: SystemSpec, frame: Frame): readonly Thing[] {
  const found = kind === 'service' ? aroundService(name, system, frame) : kind === 'node' ? aroundNode(name, system, frame) : aroundRouter(name, system);
  return [...new Map(found.map((thing) => [thingId(thing.kind, thing.name), thing])).values()];
}

const service = (name: string): Thing => ({ kind: 'service', name });
const node = (name: string): Thing => ({ kind: 'node', name });
const router = (name: string): Thing => ({ kind: 'router', name });

function aroundService(name: string, system: SystemSpec, frame: Frame): Thing[] {
  const calls = system.services.find((spec) => spec.name === name)?.calls ?? [];
  const callers = system.services.filter((spec) => spec.calls?.some((call) => call.service === name));
  const hosts = frame.nodes.filter((sample) => sample.replicas.some((replica) => serviceOfReplica(replica, system.services) === name));
  return [...calls.map((call) => service(call.service)), ...callers.map((spec) => service(spec.name)), ...hosts.map((sample) => node(sample.node))];
}

function aroundNode(name: string, system: SystemSpec, frame: Frame): Thing[] {
  const replicas = frame.nodes.find((sample) => sample.node === name)?.replicas ?? [];
  const tied = system.nodes.find((spec) => spec.name === name)?.router;
  const services = replicas.flatMap((replica) => serviceOfReplica(replica, system.services) ?? []);
  return [...services.map(service), ...(tied === undefined ? [] : [router(tied)])];
}

function aroundRouter(name: string, system: SystemSpec): Thing[] {
  const peers = system.mesh?.links.flatMap(({ a, b }) => (a === name ? [b] : b === name ? [a] : [])) ?? [];
  const hosts = system.nodes.filter((spec) => spec.router === name);
  return [...peers.map(router), ...hosts.map((spec) => node(spec.name))];
}
