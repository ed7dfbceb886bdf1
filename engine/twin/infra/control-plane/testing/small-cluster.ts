/** A small cluster for tests: equal nodes, services that differ in what a test is about, and a world that has lived for a while. */
import { seconds } from '@/engine/kernel';
import { advanceWorld, applyCommand, compileWorld, parseSystem, scheduleFault, shareDirtyNodes, type Command, type FaultSpec, type NodeSpec, type ServiceSpec, type SystemSpec, type World } from '@/engine/twin';

export const node = (name: string, more: Partial<NodeSpec> = {}): NodeSpec => ({ name, cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, ...more });

export const service = (name: string, more: Partial<ServiceSpec> = {}): ServiceSpec => ({
  name,
  replicas: 2,
  lanes: 1,
  demand: { meanMs: 10, law: 'exponential' },
  startUp: { meanMs: 3_000 },
  cpuRequestMillicores: 500,
  memoryMib: 200,
  ...more,
});

type Parts = { readonly nodes?: readonly NodeSpec[]; readonly services: readonly ServiceSpec[]; readonly rps?: number | readonly number[]; readonly cluster?: SystemSpec['cluster']; readonly nodeLoss?: SystemSpec['nodeLoss'] };

/** `rps` enters at the first service; a list holds one value per minute. */
export function cluster({ nodes = [node('n1'), node('n2')], services, rps = 0, cluster: settings, nodeLoss }: Parts): SystemSpec {
  const profile = typeof rps === 'number' ? { kind: 'constant' as const, rps } : { kind: 'series' as const, stepSeconds: 60, rps };
  const read = parseSystem(JSON.parse(JSON.stringify({ nodes, services, loads: [{ service: services[0]!.name, arrivals: 'poisson', profile }], cluster: settings, nodeLoss })));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

export function lived(system: SystemSpec, untilSeconds: number, { faults = [], seed = 7 }: { readonly faults?: readonly FaultSpec[]; readonly seed?: number } = {}): World {
  const world = compileWorld(system, seed);
  for (const fault of faults) scheduleFault(world, fault);
  advanceWorld(world, seconds(untilSeconds));
  return world;
}

/** Lets it live on; `then` is done first. */
export function livesOn(world: World, untilSeconds: number, ...then: readonly Command[]): World {
  for (const command of then) {
    const result = applyCommand(world, command);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    shareDirtyNodes(world);
  }
  advanceWorld(world, seconds(untilSeconds));
  return world;
}

export const alarmsOf = ({ alarms }: World, kind: string) => alarms.filter((alarm) => alarm.kind === kind).map(({ atUs, subject, detail }) => ({ at: atUs / 1e6, subject, detail }));

export const phasesOf = ({ infra }: World, name: string) => infra.services.find((s) => s.name === name)!.replicas.map((index) => infra.replicas[index]!.phase);

export const nodesOf = ({ infra }: World, name: string) => infra.services.find((s) => s.name === name)!.replicas.map((index) => infra.nodes[infra.replicas[index]!.node]?.name ?? null);

export const upNodes = ({ infra }: World) => infra.nodes.filter(({ phase }) => phase === 'up').map(({ name }) => name);
