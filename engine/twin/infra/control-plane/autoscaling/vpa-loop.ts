/**
 * The vertical autoscaler: once a minute the recommender learns from the last samples, new pods are admitted with its
 * target, and the updater evicts pods whose requests are out of range: at most half of a service at once, never the only
 * replica, and never against a disruption budget. Limits stay as the service has them.
 */
import { schedule, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { raiseAlarm, type World } from '../../../world';
import { recommendPod, recordCpu, recordMemory, recordOutOfMemory, updateReason } from '../../kubernetes';
import type { Service } from '../../infra';
import { memoryOf } from '../../replica-memory';
import { isHealthy, refusesEviction } from '../pod-life/budget-status';
import { drainReplica } from '../pod-life/stop-replica';
import { reconcileReplicas } from '../rollout/reconcile-replicas';
import { withinPolicy } from './vpa-policy';

const MIB = 1_048_576;
const MIN_REPLICAS = 2; // updater --min-replicas
const EVICTION_TOLERANCE = 0.5; // updater --eviction-tolerance
/** Pods of one service are read one after the other; the recommender takes no two samples of one instant. */
const READING_SECONDS = 1e-3;

export function syncVpa(world: World, index: number): void {
  const service = world.infra.services[index]!;
  const { vpa, scaling } = service.rules;
  if (vpa === null || scaling.usage === null) return;
  schedule(world.queue, timeUs(world.nowUs + world.infra.cluster.settings.vpaSyncUs), EventKind.vpaSync, index);
  learn(world, service);
  if (scaling.usage.cpuSampleCount === 0 || scaling.usage.lastCpuSeconds === null) return;
  const found = recommendPod(new Map([[service.name, scaling.usage]])).get(service.name)!;
  scaling.recommendation = withinPolicy(found, vpa, { cpuMillicores: service.cpuRequest, memoryBytes: service.rules.memoryRequestBytes });
  if (vpa.mode === 'Off') return;
  service.rules.cpuRequest = scaling.recommendation.target.cpuMillicores;
  service.rules.memoryRequestBytes = scaling.recommendation.target.memoryBytes;
  if (vpa.mode === 'Recreate') update(world, index);
}

/** A container was killed for its memory: the next recommendation is above what it had. */
export function noteOutOfMemory({ infra, nowUs }: World, index: number): void {
  const { service, memoryRequestBytes } = infra.replicas[index]!;
  const { usage } = infra.services[service]!.rules.scaling;
  if (usage !== null) recordOutOfMemory(usage, nowUs / US_PER_SECOND, memoryRequestBytes);
}

function learn({ infra, nowUs }: World, { replicas, rules: { scaling } }: Service): void {
  let at = nowUs / US_PER_SECOND;
  for (const index of replicas) {
    const replica = infra.replicas[index]!;
    const { sampleMillicores } = replica;
    if (sampleMillicores < 0 || scaling.usage === null) continue;
    recordCpu(scaling.usage, at, sampleMillicores);
    recordMemory(scaling.usage, at, memoryOf(infra, replica));
    at += READING_SECONDS;
  }
}

function update(world: World, index: number): void {
  const { infra, nowUs } = world;
  const service = infra.services[index]!;
  const { recommendation } = service.rules.scaling;
  const running = service.replicas.filter((r) => isHealthy(infra.replicas[r]!));
  if (recommendation === null || running.length < MIN_REPLICAS || service.rules.rolling) return;
  const tolerated = Math.max(1, Math.trunc(service.wantedReplicas * EVICTION_TOLERANCE));
  let left = tolerated - (service.wantedReplicas - running.length);
  for (const r of running) {
    const { name, cpuRequest, memoryRequestBytes, startedUs } = infra.replicas[r]!;
    const reason = updateReason(new Map([[service.name, { cpuMillicores: cpuRequest, memoryBytes: memoryRequestBytes }]]), new Map([[service.name, recommendation]]), (nowUs - startedUs) / US_PER_SECOND);
    if (reason === null || left <= 0 || refusesEviction(world, r) !== null) continue;
    left -= 1;
    raiseAlarm(world, 'resized', name, `${cpuRequest} m and ${Math.round(memoryRequestBytes / MIB)} MiB → ${recommendation.target.cpuMillicores} m and ${Math.round(recommendation.target.memoryBytes / MIB)} MiB (${reason})`);
    drainReplica(world, r);
  }
  reconcileReplicas(world, index);
}
