/**
 * Changing limits while tasks run. Lowering memory.limit_in_bytes (v1) below what cannot be reclaimed is refused with
 * EBUSY, after reclaim has taken all it could; memory.max (v2) is set at once and then enforced, by OOM kills if need be.
 */
import { subtree, type MemoryGroup, type MemoryTree, type MemoryVersion } from './memory-group';
import { drainStock } from './page-counter';
import { reclaim, FORGET, type ReclaimListener } from './reclaim';

/** `busy`: v1 kept the old limit. `over`: v2 set it, and what is above must be killed. */
export type SetLimitResult = 'set' | 'busy' | 'over';

export function setMemoryLimit(tree: MemoryTree, id: number, pages: number, version: MemoryVersion, gone: ReclaimListener = FORGET): SetLimitResult {
  const group = tree.groups[id]!;
  const fits = shrinkTo(tree, group, pages, gone);
  if (fits || version === 'v2') group.limitPages = pages;
  if (fits) return 'set';
  return version === 'v1' ? 'busy' : 'over';
}

/** Reclaims until the group is at most `pages`; false when nothing more can go. */
export function shrinkTo(tree: MemoryTree, group: MemoryGroup, pages: number, gone: ReclaimListener = FORGET): boolean {
  if (group.chargedPages > pages) drainStock(tree, subtree(tree, group.id));
  while (group.chargedPages > pages) if (reclaim(tree, group.id, Math.min(group.chargedPages - pages, 1_024), gone) === 0) return false;
  return true;
}
