/** Replicas that end themselves some time after they became ready; the kubelet starts them again later and later (see start-container.ts). */
import { schedule, seconds, timeUs } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import { raiseAlarm, type World } from '../../world';
import { crashReplica } from '../replicas';

export type CrashLoop = { readonly afterUs: number };

/** The first `count` ready replicas of the service crash from now on. */
export function crashFrom(world: World, service: number, count: number, afterSeconds: number): void {
  const { infra } = world;
  const ready = infra.services[service]!.replicas.filter((replica) => infra.replicas[replica]!.phase === 'ready' && !infra.crashLoops.has(replica));
  for (const replica of ready.slice(0, count)) {
    infra.crashLoops.set(replica, { afterUs: seconds(afterSeconds) });
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
  if (loop !== undefined) schedule(world.queue, timeUs(world.nowUs + loop.afterUs), EventKind.replicaCrashes, replica, world.infra.replicas[replica]!.life);
}

export function crash(world: World, index: number, life: number): void {
  const replica = world.infra.replicas[index]!;
  if (!world.infra.crashLoops.has(index) || replica.life !== life || replica.phase !== 'ready') return;
  const waitSeconds = crashReplica(world, index);
  raiseAlarm(world, 'crash-loop', replica.name, `restart ${replica.restarts} in ${waitSeconds} s`);
}
