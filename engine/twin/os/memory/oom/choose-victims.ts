/** Who dies when group `full` (or the whole host, group 0) is out of memory: one task, or all of an oom.group. */
import { subtree, upward, ROOT_MEMORY_GROUP, type MemoryGroup, type MemoryTree } from '../cgroup/memory-group';
import { OOM_EXEMPT, oomVictim, type OomTask } from './oom-points';

/** `waits`: the group's OOM killer is off (v1), its tasks stop until there is room. `nobody`: all are exempt. */
export type OomVerdict = { readonly verdict: 'kill'; readonly victims: readonly OomTask[] } | { readonly verdict: 'waits' } | { readonly verdict: 'nobody' };

/** `hostPages` is what a global OOM shares out, swap apart. Counts the kills in the victim's groups. */
export function chooseVictims(tree: MemoryTree, full: number, tasks: readonly OomTask[], hostPages: number): OomVerdict {
  const group = tree.groups[full]!;
  if (group.oomDisabled) return { verdict: 'waits' };
  const below = new Set(subtree(tree, full).map(({ id }) => id));
  const total = totalPages(tree, group, hostPages);
  const victim = oomVictim(tasks.filter((task) => below.has(task.group)), total);
  if (victim === null) return { verdict: 'nobody' };
  const whole = wholeGroup(tree, full, victim.group);
  const victims = whole === null ? [victim] : tasks.filter((task) => whole.has(task.group) && task.oomScoreAdj > OOM_EXEMPT);
  for (const each of victims) tree.groups[each.group]!.oomKills += 1;
  return { verdict: 'kill', victims };
}

/** `mem_cgroup_get_max`, or the memory of the host: with the swap that may be used. */
function totalPages(tree: MemoryTree, group: MemoryGroup, hostPages: number): number {
  const swap = tree.swapFreePages + tree.groups.reduce((sum, { swapPages }) => sum + swapPages, 0);
  return group.id === ROOT_MEMORY_GROUP ? hostPages + swap : group.limitPages + Math.min(group.swapLimitPages, swap);
}

/** The highest group with oom.group between the victim and the group that is full. */
function wholeGroup(tree: MemoryTree, full: number, victimGroup: number): ReadonlySet<number> | null {
  const line = upward(tree, victimGroup);
  const within = line.slice(0, line.findIndex(({ id }) => id === full) + 1);
  const top = within.reverse().find(({ oomGroup }) => oomGroup);
  return top === undefined ? null : new Set(subtree(tree, top.id).map(({ id }) => id));
}
