/** What a process takes with it when it dies (connections, caches, its warmth), and what waits for one that is ready. */
import type { World } from '../../world';
import { planCrash } from '../availability/crash-loop';
import { joinReplication, leaveReplication } from '../availability/replication/lead';
import { startTask } from '../request';
import { planDelivery } from './queue/deliver';

export function forgetProcess(world: World, replica: number): void {
  const { services, replicas, queues } = world.infra;
  leaveReplication(world, replica);
  const { calls, warmUp } = services[replicas[replica]!.service]!;
  warmUp?.of.delete(replica);
  for (const { pool, cache } of calls) {
    pool?.of.delete(replica);
    if (cache?.shared === false) cache.of.delete(replica);
  }
  for (const queue of queues) queue.busy.delete(replica);
}

/** A replica takes requests from now on: a job's pod begins its task, a consumer its first messages. */
export function processReady(world: World, replica: number): void {
  const { services, replicas, queues } = world.infra;
  const { service } = replicas[replica]!;
  planCrash(world, replica);
  joinReplication(world, replica);
  if (services[service]!.job !== null) startTask(world, service, replica, { queue: -1, slot: -1, life: 0 });
  queues.forEach(({ consumer }, index) => consumer === service && planDelivery(world, index));
}
