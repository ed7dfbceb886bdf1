/** Replicas that end themselves some time after they became ready; the kubelet starts them again later and later (see restart-back-off.ts). */
import { schedule, seconds, timeUs, toSeconds } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import { raiseAlarm, type World } from '../../world';
import { nextBackOff, type BackOff } from '../kubernetes/node/restart-back-off';
import { killReplica, startReplica } from '../replicas';

export type CrashLoop = { readonly afterUs: number; readyAtUs: number; restarts: number; backOff: BackOff | null };

/** The first `count` ready replicas of the service crash from now on. */
export function crashFrom(world: World, service: number, count: number, afterSeconds: number): void {
  const { infra, nowUs } = world;
  const ready = infra.services[service]!.replicas.filter((replica) => infra.replicas[replica]!.phase === 'ready' && !infra.crashLoops.has(replica));
  for (const replica of ready.slice(0, count)) {
    infra.crashLoops.set(replica, { afterUs: seconds(afterSeconds), readyAtUs: nowUs, restarts: 0, backOff: null });
    planCrash(world, replica);
  }
}

/** What made them crash is mended; who waits for a restart still waits. */
export function endCrashes({ infra }: World, service: number): void {
  for (const replica of [...infra.crashLoops.keys()]) if (infra.replicas[replica]!.service === service) infra.crashLoops.delete(replica);
}

/** The replica is ready (again); when it is one that crashes, it will. */
export function planCrash(world: World, replica: number): void {
  const loop = world.infra.crashLoops.get(replica);
  if (loop === undefined) return;
  loop.readyAtUs = world.nowUs;
  schedule(world.queue, timeUs(world.nowUs + loop.afterUs), EventKind.replicaCrashes, replica, world.infra.replicas[replica]!.life);
}

export function crash(world: World, index: number, life: number): void {
  const { infra, nowUs } = world;
  const loop = infra.crashLoops.get(index);
  const replica = infra.replicas[index]!;
  if (loop === undefined || replica.life !== life || replica.phase !== 'ready') return;
  const now = toSeconds(nowUs);
  loop.backOff = nextBackOff(loop.backOff, loop.readyAtUs / 1e6, now);
  loop.restarts += 1;
  raiseAlarm(world, 'crash-loop', replica.name, `restart ${loop.restarts} in ${loop.backOff.delaySeconds} s`);
  killReplica(world, index);
  schedule(world.queue, timeUs(nowUs + seconds(loop.backOff.delaySeconds)), EventKind.replicaRestarts, index, replica.life);
}

export function restartAfterCrash(world: World, index: number, life: number): void {
  const replica = world.infra.replicas[index]!;
  if (replica.life === life && replica.phase === 'starting') startReplica(world, index);
}
