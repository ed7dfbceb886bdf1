/** Who leads a replicated service: turns at the lease, the loss of a leader, the promotion of a follower. */
import { drawVariate, nextUnit, schedule, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { raiseAlarm, type World } from '../../../world';
import { candidate, mustStepDown, RETRY_JITTER, tryLease } from '../lease/lease';
import { noteRecovery } from '../recovery';
import { follower, loseUnsent } from './log';
import type { Replication } from './replication-spec';

const NOBODY = -1;

/** The replicas of the spec: the first one leads, the others follow, and everybody has its turns. */
export function startReplication(world: World, service: number): void {
  const { replication: log, replicas } = world.infra.services[service]!;
  if (log === null) return;
  replicas.forEach((replica, i) => {
    const known = candidate();
    log.candidates.set(replica, known);
    if (i === 0) {
      tryLease(log.lease, known, replica, world.nowUs, log.settings);
      log.leader = log.lastLeader = replica;
    } else log.followers.set(replica, follower(world.nowUs));
    planTurn(world, log, replica);
  });
}

/** A replica is ready: it takes part in the election, and follows the leader if it is not that itself. */
export function joinReplication(world: World, replica: number): void {
  const { replication: log } = world.infra.services[world.infra.replicas[replica]!.service]!;
  if (log === null) return;
  if (!log.candidates.has(replica)) {
    const alone = [...log.candidates.keys()].every((other) => !isAlive(world, other));
    if (log.leader === NOBODY && !alone) return; // it has no data yet, and nobody to get it from
    if (alone) log.lastLeader = replica; // the volume has followed its pod
    log.candidates.set(replica, candidate());
  }
  if (log.leader !== NOBODY && replica !== log.leader && !log.followers.has(replica)) log.followers.set(replica, follower(world.nowUs));
  planTurn(world, log, replica);
}

/** Has data, or comes back to it. */
function isAlive({ infra }: World, replica: number): boolean {
  const { phase } = infra.replicas[replica]!;
  return phase === 'ready' || phase === 'starting' || phase === 'lost';
}

/** A process has ended. A leader that was asked to go has sent everything and gives its lease back. */
export function leaveReplication(world: World, replica: number): void {
  const { services, replicas } = world.infra;
  const { service, phase } = replicas[replica]!;
  const log = services[service]!.replication;
  if (log === null) return;
  const known = log.candidates.get(replica);
  if (known !== undefined) known.leads = false;
  const inOrder = phase === 'draining';
  if (inOrder && log.lease.holder === replica) {
    log.lease.holder = NOBODY;
    log.lease.version += 1;
  }
  if (log.leader === replica) loseLeader(world, log, inOrder);
  if (inOrder) {
    log.candidates.delete(replica);
    log.followers.delete(replica);
  }
}

function loseLeader(world: World, log: Replication, inOrder: boolean): void {
  log.leader = NOBODY;
  log.lostUs = world.nowUs;
  if (inOrder) for (const line of log.followers.values()) line.head = line.sentUs.length;
  loseUnsent(log, world.nowUs);
}

/** A replica's turn: it renews, gives up, or looks whether the lease is free. */
export function leaseTurn(world: World, replica: number, life: number): void {
  const { services, replicas, partitions } = world.infra;
  const { service, phase, node, life: current } = replicas[replica]!;
  const log = services[service]!.replication;
  const known = log?.candidates.get(replica);
  if (log === null || known === undefined || current !== life || phase !== 'ready') return;
  const reachesControlPlane = !partitions.some(({ b }) => b.includes(node));
  const led = known.leads;
  if (reachesControlPlane) {
    if (tryLease(log.lease, known, replica, world.nowUs, log.settings) && (!led || log.leader === NOBODY)) promote(world, log, replica, service);
  } else if (mustStepDown(known, world.nowUs, log.settings)) {
    known.leads = false;
    if (log.leader === replica) loseLeader(world, log, false);
    log.followers.delete(replica); // what it wrote alone is not the others': it is seeded anew when it comes back
  }
  planTurn(world, log, replica);
}

/** The new leader applies what it was sent, gets ready, and then takes writes. One that only restarted has everything. */
function promote(world: World, log: Replication, replica: number, service: number): void {
  if (log.leader === replica || log.promoting === replica) return;
  const line = log.followers.get(replica);
  const applyUs = line === undefined ? 0 : Math.max(0, line.appliedUs - world.nowUs);
  const readyUs = replica === log.lastLeader ? 0 : drawVariate(log.random, log.promotion);
  log.promoting = replica;
  schedule(world.queue, timeUs(world.nowUs + applyUs + readyUs), EventKind.promoted, service, log.lease.token);
}

export function promoted(world: World, service: number, token: number): void {
  const log = world.infra.services[service]!.replication;
  if (log === null || log.lease.token !== token) return;
  const replica = log.promoting;
  log.promoting = NOBODY;
  if (replica !== log.lease.holder || log.candidates.get(replica)?.leads !== true) return;
  const line = log.followers.get(replica);
  const lostUs = log.lostUs ?? world.nowUs;
  noteRecovery(world, service, { kind: 'failover', lostUs, rpoUs: line === undefined || line.lostSinceUs === null ? 0 : lostUs - line.lostSinceUs, lostWrites: line?.lostWrites ?? 0 });
  log.leader = log.lastLeader = replica;
  log.lostUs = null;
  log.followers.clear();
  for (const other of world.infra.services[service]!.replicas) if (other !== replica && world.infra.replicas[other]!.phase === 'ready') seedFollower(world, log, other);
  raiseAlarm(world, 'leader-changed', world.infra.replicas[replica]!.name, `token ${token}, ${line?.lostWrites ?? 0} writes lost`);
}

/** It gets a copy of the leader's data, and follows from now on. */
function seedFollower(world: World, log: Replication, replica: number): void {
  log.followers.set(replica, follower(world.nowUs));
  if (log.candidates.has(replica)) return;
  log.candidates.set(replica, candidate());
  planTurn(world, log, replica);
}

/** Where a write goes: to the leader; to one that is lost and still listed, which does not answer; to nobody. */
export function writerOf(world: World, log: Replication): number {
  if (log.leader !== NOBODY) return log.leader;
  return log.lastLeader !== NOBODY && world.infra.replicas[log.lastLeader]!.phase === 'lost' ? log.lastLeader : NOBODY;
}

function planTurn(world: World, { random, settings, candidates }: Replication, replica: number): void {
  const wait = candidates.get(replica)?.leads === true ? settings.retryUs : settings.retryUs * (1 + RETRY_JITTER * nextUnit(random));
  schedule(world.queue, timeUs(world.nowUs + wait), EventKind.leaseTurn, replica, world.infra.replicas[replica]!.life);
}
