/**
 * Whom the kernel kills (mm/oom_kill.c, `oom_badness`): pages in memory, in swap and in page tables, plus
 * oom_score_adj in thousandths of what there is to share: the limit of the group, or the memory of the host, with the swap it may use.
 * The most points die; of equal ones the one that is met last (`points < oc->chosen_points` goes on); −1000 exempts.
 */
export type OomTask = { readonly id: number; readonly group: number; readonly rssPages: number; readonly swapPages: number; readonly pageTablePages: number; readonly oomScoreAdj: number };

export const OOM_EXEMPT = -1_000;

/** Points of one task, null when it is exempt. */
export function oomPoints(task: OomTask, totalPages: number): number | null {
  if (task.oomScoreAdj <= OOM_EXEMPT) return null;
  return task.rssPages + task.swapPages + task.pageTablePages + task.oomScoreAdj * Math.floor(totalPages / 1_000);
}

/** The victim among `tasks` in the order in which the kernel meets them, or null when all are exempt. */
export function oomVictim(tasks: readonly OomTask[], totalPages: number): OomTask | null {
  let victim: OomTask | null = null;
  let most = -Infinity;
  for (const task of tasks) {
    const points = oomPoints(task, totalPages);
    if (points === null || points < most) continue;
    most = points;
    victim = task;
  }
  return victim;
}
