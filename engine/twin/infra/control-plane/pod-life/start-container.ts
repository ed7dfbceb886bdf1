/**
 * A container starts on the node of its pod: the image is pulled unless the node has it, the process starts, probes find
 * it. With a startup or liveness probe that gives up before the process is up, it is killed and starts again: that is
 * what a crash loop is made of. The first restart is at once; then the kubelet waits 10 s, 20 s … 5 min, and forgets
 * after ten good minutes.
 */
import { drawVariate, nextUnit, schedule, seconds, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import { nextBackOff, type ProbeSpec } from '../../kubernetes';
import type { Service } from '../../infra';
import { CFS_PERIOD_US, quotaPerPeriodUs } from '../../node-cpu';
import { bearTaint } from '../node-life/evict-unreachable';
import { forgetScheduler } from '../scheduling/world-scheduler';
import { killProcess } from './stop-replica';

/** The pod is on its node; after `waitUs` its container starts. On a dead node nothing happens. */
export function startContainer(world: World, index: number, waitUs = 0): void {
  const { infra, nowUs } = world;
  const replica = infra.replicas[index]!;
  const service = infra.services[replica.service]!;
  replica.phase = 'starting';
  replica.life += 1;
  replica.memoryBytes = service.memoryBytes;
  replica.periodEndsUs = nowUs + Math.ceil(nextUnit(service.startStream) * CFS_PERIOD_US);
  replica.budgetUs = service.quotaMillicores === null ? 0 : quotaPerPeriodUs(service.quotaMillicores);
  replica.throttled = false;
  replica.unready = false;
  replica.readinessFailures = replica.livenessFailures = 0;
  replica.scrapedAtUs = replica.sampleMillicores = -1;
  const startUpUs = Math.round(drawVariate(service.startStream, service.startUp));
  if (infra.nodes[replica.node]!.phase !== 'up') return evictFromDeadNode(world, index);
  const beginsUs = waitUs + pullUs(world, replica.node, service);
  replica.startedUs = nowUs + beginsUs;
  const { kind, afterUs } = firstVerdict(service, startUpUs);
  schedule(world.queue, timeUs(nowUs + beginsUs + afterUs), kind, index, replica.life);
}

/** Bound to a node nobody knows is dead: it goes with the others there. */
function evictFromDeadNode(world: World, index: number): void {
  const { infra, nowUs, queue } = world;
  const replica = infra.replicas[index]!;
  if (infra.nodes[replica.node]!.evictsSinceUs !== undefined) return bearTaint(world, index);
  if (infra.cluster.settings.pacesEvictions !== true) schedule(queue, timeUs(Math.max(nowUs, infra.nodes[replica.node]!.downAtUs + infra.rescheduleUs)), EventKind.replicaReschedule, index, replica.life);
}

function pullUs({ infra }: World, nodeIndex: number, { rules: { image } }: Service): number {
  const node = infra.nodes[nodeIndex]!;
  if (image === null || node.images.includes(image.name)) return 0;
  node.images.push(image.name);
  forgetScheduler(infra); // image locality scores what nodes have
  return Math.round((image.bytes / infra.cluster.settings.pullBytesPerSecond) * US_PER_SECOND);
}

/** When the container turns ready, or is given up by a probe; counted from its start. */
function firstVerdict({ rules: { probes } }: Service, startUpUs: number): { readonly kind: number; readonly afterUs: number } {
  const gate = probes.startup ?? probes.liveness;
  if (gate !== null && failuresBefore(gate, startUpUs) >= gate.failureThreshold) return { kind: EventKind.replicaCrash, afterUs: seconds(gate.initialDelaySeconds + gate.periodSeconds * (gate.failureThreshold - 1)) };
  const startedUs = probes.startup === null ? 0 : seconds(probes.startup.initialDelaySeconds + probes.startup.periodSeconds * failuresBefore(probes.startup, startUpUs));
  if (probes.readiness === null) return { kind: EventKind.replicaReady, afterUs: Math.max(startUpUs, startedUs) };
  const { initialDelaySeconds, periodSeconds, successThreshold } = probes.readiness;
  const firstUs = Math.max(startedUs, seconds(initialDelaySeconds));
  const failed = Math.max(0, Math.ceil((startUpUs - firstUs) / seconds(periodSeconds)));
  return { kind: EventKind.replicaReady, afterUs: firstUs + seconds(periodSeconds) * (failed + successThreshold - 1) };
}

/** How often a probe fails before the process is up. */
const failuresBefore = ({ initialDelaySeconds, periodSeconds }: ProbeSpec, startUpUs: number) => Math.max(0, Math.ceil((startUpUs - seconds(initialDelaySeconds)) / seconds(periodSeconds)));

/** The process died: its requests fail, and it starts again on its node when its back-off is over. Returns how long that is, in seconds. */
export function crashReplica(world: World, index: number): number {
  const replica = world.infra.replicas[index]!;
  const now = world.nowUs / US_PER_SECOND;
  const before = replica.backOff;
  replica.backOff = nextBackOff(before, replica.startedUs / US_PER_SECOND, now);
  const waits = before === null || replica.backOff.delaySeconds < before.delaySeconds ? 0 : before.delaySeconds;
  replica.restarts += 1;
  killProcess(world, index);
  startContainer(world, index, seconds(waits));
  return waits;
}
