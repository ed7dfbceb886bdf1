/**
 * Turns a validated system into a world at time 0. Replicas of the spec are already running and ready;
 * every stream of chance gets its name here.
 */
import { eventQueue, microUsd, millicores, randomStream, schedule, seconds, quantileSketch, type TimeUs } from '@/engine/kernel';
import { variateUs } from './duration';
import { EventKind } from './event-kind';
import { flowState } from './infra/flow/flow-state';
import type { Infra, Load, Node, Service, ServiceWindow } from './infra/infra';
import { startAutoscaling } from './infra/control-plane/autoscaling/start-autoscaling';
import { clusterState } from './infra/control-plane/state/cluster-state';
import { groupNodes, nodeState } from './infra/control-plane/state/node-state';
import { serviceRules } from './infra/control-plane/state/service-rules';
import { startProbing } from './infra/control-plane/node-life/probes';
import { startWhereFound } from './infra/control-plane/pod-life/start-where-found';
import { setWantedReplicas } from './infra/replicas';
import { SAMPLE_US } from './infra/sampler';
import { kernelNode } from './infra/kernel-node/kernel-node';
import { setNodePhase } from './infra/node-phase';
import { highestRate, startLoad } from './infra/loads';
import { spanTable } from './infra/spans';
import { nodeAvailability } from './infra/availability';
import { compileCalls, compileQueues, compileServiceTraffic, compileUsers, startTraffic } from './infra/traffic/compile-traffic';
import { messages } from './infra/traffic/queue/messages';
import { compileCoupling, compileMesh, nodeCoupling, startCoupling, startMesh } from './mesh';
import { compileHosts } from './os/world';
import type { NodeSpec, ServiceSpec, SystemSpec } from './system-spec';
import type { World } from './world';

const MIB = 1_048_576;
const DEFAULT = { queueLimit: 1_000, timeoutMs: 30_000, replicasMax: 100 };

/** With `flowEverySeconds` requests are flows, solved at least that often while loads change. */
export type WorldOptions = { readonly flowEverySeconds?: number };

/** `system` must have passed `parseSystem`; a world from an unchecked one may break an invariant. */
export function compileWorld(spec: SystemSpec, seed: number, warmUpSeconds = 0, { flowEverySeconds }: WorldOptions = {}): World {
  const groups = spec.cluster?.nodeGroups ?? [];
  const standing = spec.nodes.length;
  const system: SystemSpec = { ...spec, nodes: [...spec.nodes, ...groupNodes(groups, spec.nodes)] };
  const cluster = clusterState(system, seed);
  const infra: Infra = {
    nodes: system.nodes.map((node, index) => compileNode(node, groups.findIndex(({ name }) => name === node.group), index < standing, seed + index)),
    services: system.services.map((service) => compileService(service, system, seed)),
    replicas: [],
    loads: system.loads.map(
      (spec, i): Load => ({ spec, service: system.services.findIndex((s) => s.name === spec.service), highestRps: highestRate(spec.profile), stream: randomStream(seed, `load/${i}`), users: compileUsers(spec), factor: 1, version: 0 }),
    ),
    spans: spanTable(),
    queues: compileQueues(system),
    messages: messages(),
    instances: [],
    freeInstances: [],
    partitions: [],
    recoveries: [],
    crashLoops: new Map(),
    cluster,
    endpointUs: cluster.settings.notReadyUs,
    rescheduleUs: cluster.settings.evictUs,
    client: { window: serviceWindow(), total: serviceWindow() },
    dirtyNodes: [],
    microUsdTimesUs: 0,
    milliwattsTimesUs: 0,
  };
  const mesh = system.mesh === undefined ? null : compileMesh(system.mesh, seed);
  const world: World = {
    nowUs: 0 as TimeUs,
    events: 0,
    queue: eventQueue(),
    infra,
    mesh,
    coupling: compileCoupling(system, mesh, seed),
    hosts: compileHosts(system.hosts ?? [], seed),
    warmUpUs: seconds(warmUpSeconds),
    ...(flowEverySeconds === undefined ? {} : { flow: flowState(system.services.length, flowEverySeconds) }),
    faults: [],
    actions: [],
    alarms: [],
    frames: [],
  };
  if (system.services.some(({ startsOn }) => startsOn !== undefined)) startWhereFound(world, system.services.map(({ startsOn = [] }) => startsOn));
  system.services.forEach((service, index) => startReady(world, index, service.replicas));
  startTraffic(world, system);
  startAutoscaling(world, seed);
  infra.loads.forEach((_, index) => startLoad(world, index));
  if (world.flow !== undefined) schedule(world.queue, SAMPLE_US as TimeUs, EventKind.flowStep, 0);
  if (world.mesh !== null) startMesh(world.mesh, world.queue, world.nowUs);
  startCoupling(world.coupling, world.queue, world.nowUs);
  infra.nodes.forEach(({ phase }, index) => phase === 'absent' && nodeCoupling(world.coupling, world.queue, index, false, world.nowUs));
  spec.nodes.forEach(({ notReady }, index) => notReady === true && setNodePhase(world, index, 'down'));
  schedule(world.queue, SAMPLE_US as TimeUs, EventKind.sample, 0);
  return world;
}

/** The replicas of the spec are up when the run begins: their start-up lies in the past. */
function startReady(world: World, index: number, replicas: number): void {
  setWantedReplicas(world, index, replicas);
  for (const r of world.infra.services[index]!.replicas) {
    const replica = world.infra.replicas[r]!;
    if (replica.phase !== 'starting' || !world.infra.nodes[replica.node]!.ready) continue;
    replica.life += 1; // its ready event is void
    replica.phase = 'ready';
    replica.startedUs = replica.readySinceUs = 0;
    startProbing(world, r);
  }
}

function compileNode(spec: NodeSpec, group: number, standing: boolean, seed: number): Node {
  return {
    name: spec.name,
    zone: spec.zone ?? '',
    capacityMillicores: millicores(spec.cpuMillicores / 1_000),
    memoryBytes: Math.round(spec.memoryMib * MIB) as Node['memoryBytes'],
    microUsdPerHour: microUsd(spec.usdPerHour),
    idleMilliwatts: Math.round((spec.idleWatts ?? 0) * 1_000),
    maxMilliwatts: Math.round((spec.maxWatts ?? spec.idleWatts ?? 0) * 1_000),
    router: spec.router ?? null,
    phase: standing ? 'up' : 'absent',
    cordoned: spec.cordoned ?? false,
    hogThreads: 0,
    replicas: [],
    progressedUs: 0,
    stepVersion: 0,
    usedCoreUs: 0,
    pressureUs: 0,
    downAtUs: 0,
    ...(spec.cpuModel === 'kernel' ? { kernel: kernelNode(spec.cpuMillicores, seed) } : {}),
    ...nodeAvailability(spec),
    ...nodeState(spec, group),
  };
}

function compileService(spec: ServiceSpec, system: SystemSpec, seed: number): Service {
  const memoryBytes = Math.round(spec.memoryMib * MIB);
  return {
    name: spec.name,
    lanes: spec.lanes,
    queueLimit: spec.queueLimit ?? DEFAULT.queueLimit,
    demand: variateUs(spec.demand),
    wait: variateUs(spec.wait ?? { meanMs: 0 }),
    calls: compileCalls(spec, system, seed),
    ...compileServiceTraffic(spec, system, seed),
    holdsLane: spec.holdsLane ?? false,
    balancing: spec.balancing ?? 'round-robin',
    startUp: variateUs(spec.startUp),
    cpuRequest: millicores(spec.cpuRequestMillicores / 1_000),
    memoryBytes,
    ...(spec.memoryPerRequestMib === undefined ? {} : { memoryPerRequestBytes: Math.round(spec.memoryPerRequestMib * MIB) }),
    memoryLimitBytes: spec.memoryLimitMib === undefined || spec.memoryLimitMib === null ? null : Math.round(spec.memoryLimitMib * MIB),
    timeoutUs: Math.round((spec.timeoutMs ?? DEFAULT.timeoutMs) * 1_000),
    replicasMin: spec.replicasMin ?? 0,
    replicasMax: spec.replicasMax ?? DEFAULT.replicasMax,
    nodes: spec.nodes === undefined ? null : spec.nodes.map((name) => system.nodes.findIndex((n) => n.name === name)),
    rules: serviceRules(spec, millicores(spec.cpuRequestMillicores / 1_000)),
    quotaMillicores: spec.quotaMillicores ?? null,
    replicas: [],
    wantedReplicas: spec.replicas,
    nextOrdinal: 1,
    turn: 0,
    extraWaitUs: 0,
    leakBytesPerSecond: 0,
    demandStream: randomStream(seed, `demand/${spec.name}`),
    choiceStream: randomStream(seed, `choice/${spec.name}`),
    startStream: randomStream(seed, `start/${spec.name}`),
    retryStream: randomStream(seed, `retry/${spec.name}`),
    window: serviceWindow(),
    total: { ...serviceWindow(), cpuCoreUs: 0 },
  };
}

const serviceWindow = (): ServiceWindow => ({ offered: 0, served: 0, failed: 0, latency: quantileSketch() });
