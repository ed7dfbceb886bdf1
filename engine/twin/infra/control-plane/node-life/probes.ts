/**
 * Probes of a running container. One that asks a replica whose lanes are all busy waits in its queue like any request; a
 * probe that waits longer than its time-out fails. Enough failed readiness probes take the replica out of the endpoints
 * (it goes on with what it has), enough failed liveness probes restart it.
 */
import { schedule, seconds, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { raiseAlarm, type World } from '../../../world';
import type { ProbeSpec } from '../../kubernetes';
import { crashReplica } from '../pod-life/start-container';

export function startProbing({ infra, nowUs, queue }: World, index: number): void {
  const { service, life } = infra.replicas[index]!;
  const { readiness, liveness } = infra.services[service]!.rules.probes;
  if (readiness !== null) schedule(queue, timeUs(nowUs + seconds(readiness.periodSeconds)), EventKind.readinessProbe, index, life);
  if (liveness !== null) schedule(queue, timeUs(nowUs + seconds(liveness.periodSeconds)), EventKind.livenessProbe, index, life);
}

export function probeReadiness(world: World, index: number): void {
  const replica = world.infra.replicas[index]!;
  const probe = world.infra.services[replica.service]!.rules.probes.readiness;
  if (probe === null || replica.phase !== 'ready') return;
  const well = answersInTime(world, index, probe);
  replica.readinessFailures = well ? 0 : replica.readinessFailures + 1;
  const unready = well ? false : replica.unready || replica.readinessFailures >= probe.failureThreshold;
  if (unready !== replica.unready) replica.readySinceUs = world.nowUs;
  replica.unready = unready;
  again(world, index, probe, EventKind.readinessProbe);
}

export function probeLiveness(world: World, index: number): void {
  const { replicas, services } = world.infra;
  const replica = replicas[index]!;
  const probe = services[replica.service]!.rules.probes.liveness;
  if (probe === null || replica.phase !== 'ready') return;
  replica.livenessFailures = answersInTime(world, index, probe) ? 0 : replica.livenessFailures + 1;
  if (replica.livenessFailures < probe.failureThreshold) return again(world, index, probe, EventKind.livenessProbe);
  raiseAlarm(world, 'liveness-restart', replica.name, `${probe.failureThreshold} probes in a row got no answer within ${probe.timeoutSeconds} s`);
  crashReplica(world, index);
}

const again = (world: World, index: number, { periodSeconds }: ProbeSpec, kind: number) => schedule(world.queue, timeUs(world.nowUs + seconds(periodSeconds)), kind, index, world.infra.replicas[index]!.life);

/** How long the queue before it takes: requests ahead, over lanes, at the CPU time and (where a lane is kept) the waiting time of one. */
function answersInTime({ infra, nowUs }: World, index: number, { timeoutSeconds }: ProbeSpec): boolean {
  const replica = infra.replicas[index]!;
  const { lanes, demand, wait, holdsLane, extraWaitUs } = infra.services[replica.service]!;
  if (replica.running.length + replica.heldLanes < lanes) return true;
  const cpuUs = demand.mean / Math.max(replica.ratePerLane, Number.EPSILON);
  const eachUs = cpuUs + (holdsLane ? wait.mean + extraWaitUs : 0);
  const stallUs = replica.throttled ? Math.max(0, replica.periodEndsUs - nowUs) : 0;
  return ((replica.waiting.length + 1) * eachUs) / lanes + stallUs <= seconds(timeoutSeconds);
}
