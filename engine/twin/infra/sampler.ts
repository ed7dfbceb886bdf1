/** Once a second the world writes a frame of what happened since the last one, then counts anew. */
import { clearSketch, meanOf, quantile, toUsd, US_PER_SECOND, type QuantileSketch, type TimeUs } from '@/engine/kernel';
import type { Frame, NodeSample, ServiceSample } from '@/engine/telemetry';
import { edgeSamples, identitySample, meshSample, startCouplingWindow } from '../mesh';
import { hostServices, restartTotalsOfHosts, sampleHosts } from '../os/world';
import { raiseAlarm, type World } from '../world';
import type { Infra, Node, Service, ServiceWindow } from './infra';
import { turnDisks } from './availability/disk';
import { watchBudget } from './budget';
import { progressNode } from './node-cpu';
import { trafficSamples } from './traffic/traffic-sample';
import { isHealthy } from './control-plane/pod-life/budget-status';
import { enforceMemoryLimit } from './control-plane/pod-life/memory-limit';
import { watchMemory } from './control-plane/node-life/memory-pressure';
import { nodeWatts, totalWatts } from './node-watts';
import { podReadings } from './pod-readings';
import { memoryOf } from './replica-memory';

export const SAMPLE_US = US_PER_SECOND;

/** Ends the window [now − 1 s, now] and appends its frame to the world's output. */
export function sampleWorld(world: World): void {
  const { infra, nowUs } = world;
  for (const node of infra.nodes) progressNode(infra, node, nowUs);
  growLeaks(world);
  turnDisks(world, SAMPLE_US);
  watchMemory(world, SAMPLE_US);
  if (nowUs === world.warmUpUs) for (const service of infra.services) service.total.cpuCoreUs = 0;
  watchBudget(world);
  const watts = totalWatts(infra, nowUs, SAMPLE_US);
  const usdPerHour = infra.nodes.reduce((sum, node) => sum + (node.phase === 'removed' || node.phase === 'absent' ? 0 : toUsd(node.microUsdPerHour)), 0);
  if (nowUs > world.warmUpUs) {
    infra.microUsdTimesUs += usdPerHour * 1_000_000 * SAMPLE_US;
    infra.milliwattsTimesUs += (watts ?? 0) * 1_000 * SAMPLE_US;
  }
  const hosts = sampleHosts(world.hosts, nowUs, (kind, subject, detail) => raiseAlarm(world, kind, subject, detail));
  const hostWatts = hosts.flatMap((host) => host.watts ?? []);
  const wattsOfHosts = hostWatts.reduce((sum, each) => sum + each, 0);
  if (nowUs <= world.warmUpUs) restartTotalsOfHosts(world.hosts);
  else infra.milliwattsTimesUs += wattsOfHosts * 1_000 * SAMPLE_US;
  const frame: Frame = {
    atUs: nowUs,
    windowUs: SAMPLE_US as TimeUs,
    source: 'simulated',
    services: [clientSample(infra.client.window), ...infra.services.map((service) => serviceSample(infra, service)), ...hostServices(hosts)],
    nodes: infra.nodes.filter(({ phase }) => phase !== 'absent' && phase !== 'booting').map((node) => nodeSample(infra, node, nowUs)),
    mesh: world.mesh === null ? null : meshSample(world.mesh, (nowUs - SAMPLE_US) as TimeUs, nowUs),
    identity: identitySample(world, SAMPLE_US),
    edge: edgeSamples(world),
    ...trafficSamples(world, SAMPLE_US),
    ...(nowUs % infra.cluster.settings.scrapeUs < SAMPLE_US ? { pods: podReadings(infra) } : {}),
    ...(hosts.length === 0 ? {} : { hosts }),
    usdPerHour,
    watts: watts === null && hostWatts.length === 0 ? null : (watts ?? 0) + wattsOfHosts,
  };
  world.frames.push(frame);
  startCouplingWindow(world);
  startWindow(infra);
}

function startWindow(infra: Infra): void {
  clearWindow(infra.client.window);
  for (const service of infra.services) {
    service.rules.servedBefore += service.window.served;
    clearWindow(service.window);
  }
  for (const node of infra.nodes) node.usedCoreUs = node.pressureUs = 0;
  for (const service of infra.services) {
    for (const index of service.replicas) {
      const replica = infra.replicas[index]!;
      replica.coreUsBefore += replica.usedCoreUs;
      replica.usedCoreUs = replica.periods = replica.throttledPeriods = 0;
    }
  }
}

function clearWindow(window: ServiceWindow): void {
  window.offered = window.served = window.failed = 0;
  clearSketch(window.latency);
}

const perSecond = (count: number) => (count * US_PER_SECOND) / SAMPLE_US;

function latencies(sketch: QuantileSketch) {
  const of = (value: number) => (sketch.count === 0 ? null : value);
  return {
    latencyMeanUs: of(meanOf(sketch)),
    latencyP50Us: of(quantile(sketch, 0.5)),
    latencyP95Us: of(quantile(sketch, 0.95)),
    latencyP99Us: of(quantile(sketch, 0.99)),
  };
}

function rates(window: ServiceWindow) {
  return { offeredRps: perSecond(window.offered), servedRps: perSecond(window.served), errorRps: perSecond(window.failed), ...latencies(window.latency) };
}

function clientSample(window: ServiceWindow): ServiceSample {
  const unknown = { cpuCores: null, throttledShare: null, replicas: null, replicasReady: null, quotaMillicores: null, inFlight: null, memoryBytes: null };
  return { service: 'client', ...rates(window), ...unknown };
}

function serviceSample(infra: Infra, service: Service): ServiceSample {
  const replicas = service.replicas.map((r) => infra.replicas[r]!);
  const sum = (of: (replica: (typeof replicas)[number]) => number) => replicas.reduce((total, replica) => total + of(replica), 0);
  const periods = sum((r) => r.periods);
  return {
    service: service.name,
    ...rates(service.window),
    cpuCores: sum((r) => r.usedCoreUs) / SAMPLE_US,
    throttledShare: service.quotaMillicores === null ? null : periods === 0 ? 0 : sum((r) => r.throttledPeriods) / periods,
    replicas: service.wantedReplicas,
    replicasReady: replicas.filter(isHealthy).length,
    quotaMillicores: service.quotaMillicores,
    inFlight: sum((r) => r.inFlight),
    memoryBytes: sum((r) => memoryOf(infra, r)),
  };
}

function nodeSample(infra: Infra, node: Node, nowUs: TimeUs): NodeSample {
  const watts = nodeWatts(node, nowUs, SAMPLE_US);
  return {
    node: node.name,
    up: node.phase === 'up',
    cpuCapacityCores: node.capacityMillicores / 1_000,
    cpuCores: node.usedCoreUs / SAMPLE_US,
    cpuPressure: node.pressureUs / SAMPLE_US,
    memoryBytes: node.replicas.reduce((sum, r) => sum + memoryOf(infra, infra.replicas[r]!), 0),
    replicas: node.replicas.map((r) => infra.replicas[r]!.name),
    ...(node.phase === 'removed' ? { paid: false } : {}),
    ...(watts === null ? {} : { watts }),
  };
}

/** Leaking replicas grow; one above its limit is killed by the kernel and starts again. */
function growLeaks(world: World): void {
  const { infra } = world;
  for (const service of infra.services) {
    for (const index of service.replicas) {
      const replica = infra.replicas[index]!;
      if (replica.phase !== 'ready') continue;
      replica.memoryBytes += Math.round((service.leakBytesPerSecond * SAMPLE_US) / US_PER_SECOND);
      enforceMemoryLimit(world, index);
    }
  }
}
