/**
 * Loads follow tasks at once, not over tens of milliseconds: what goes takes its average out of its queue, and the
 * groups above are then as active as what stays in them; what comes adds it, and the groups become more active by as
 * much, until they always are (`attach_entity_load_avg`, `update_tg_cfs_load`).
 */
import { NONE, type CpuHost, type Entity, type RunQueue } from '../cpu-host';
import { updateGroupShare } from '../group-share';
import { addLoad, averageActivity, averageQueueLoad } from '../load-average';

/** The load of a task that stands in no queue now goes from the queue where it was to queue `to`. */
export function moveLoad(host: CpuHost, entity: Entity, to: number): void {
  averageActivity(host, entity);
  detachLoad(host, pathOf(host, entity.queue), entity);
  attachLoad(host, entity, to);
}

/** A new task brings its load. */
export function attachLoad(host: CpuHost, entity: Entity, to: number): void {
  const path = pathOf(host, to);
  addLoad(path[0]!, entity.weight * entity.activity);
  for (const queue of path) setActivity(host, queue, (activity) => Math.min(1, activity + entity.activity));
}

function detachLoad(host: CpuHost, path: readonly RunQueue[], entity: Entity): void {
  addLoad(path[0]!, -entity.weight * entity.activity);
  for (const queue of path) setActivity(host, queue, (activity) => Math.min(activity, queue.weight > 0 ? queue.loadAverage / queue.weight : 0));
}

/** How active the group is that the queue stands for; the load above changes with it. */
function setActivity(host: CpuHost, queue: RunQueue, next: (activity: number) => number): void {
  if (queue.entity === NONE) return;
  const group = host.entities[queue.entity]!;
  averageActivity(host, group);
  const activity = next(group.activity);
  addLoad(host.queues[group.queue]!, group.weight * (activity - group.activity));
  group.activity = activity;
  updateGroupShare(host, queue);
}

/** A queue and those above it, up to the root's, with their averages up to now. */
function pathOf(host: CpuHost, id: number): RunQueue[] {
  const path: RunQueue[] = [];
  for (let queue = host.queues[id]!; ; queue = host.queues[host.entities[queue.entity]!.queue]!) {
    averageQueueLoad(host, queue);
    path.push(queue);
    if (queue.entity === NONE) return path;
  }
}
