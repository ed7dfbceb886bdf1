/**
 * The kernel kills a container in the instant in which it goes over its memory limit, so a burst that no scrape ever saw
 * is enough. The kill is an event of its own: the request that was one too many has begun by then, and fails with the rest.
 */
import { schedule } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { raiseAlarm, type World } from '../../../world';
import { isOverLimit, memoryOf } from '../../replica-memory';
import { noteOutOfMemory } from '../autoscaling/vpa-loop';
import { crashReplica } from './start-container';

/** A request has come to the replica: what it needs may be more than the limit leaves. */
export function holdMemory({ infra, nowUs, queue }: World, index: number): void {
  const replica = infra.replicas[index]!;
  if (infra.services[replica.service]!.memoryPerRequestBytes === undefined || replica.phase !== 'ready') return;
  if (isOverLimit(infra, replica)) schedule(queue, nowUs, EventKind.outOfMemory, index, replica.life);
}

/** Kills the container if it is above its limit. */
export function enforceMemoryLimit(world: World, index: number): void {
  const { infra } = world;
  const replica = infra.replicas[index]!;
  if (!isOverLimit(infra, replica)) return;
  raiseAlarm(world, 'oom-kill', replica.name, `${memoryOf(infra, replica)} bytes exceed the limit of ${infra.services[replica.service]!.memoryLimitBytes}`);
  noteOutOfMemory(world, index);
  crashReplica(world, index);
}
