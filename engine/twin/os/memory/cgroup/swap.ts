/**
 * Anonymous pages in swap. A group counts them, but not whose they are: a process that goes takes the part that is its own of the group's
 * anonymous memory. A page that comes back is charged like a new one and may push another one out.
 */
import { invariant } from '@/engine/kernel';
import { releasePages } from './charge';
import type { MemoryTree } from './memory-group';

/** Of `pages` that somebody holds in a group, resident and swapped, so many are in swap. */
export function swappedPart(tree: MemoryTree, id: number, pages: number): number {
  const { anonPages, swapPages } = tree.groups[id]!;
  if (swapPages === 0) return 0;
  return Math.max(pages - anonPages, Math.min(swapPages, pages, Math.round((pages * swapPages) / (anonPages + swapPages))));
}

/** Frees anonymous pages wherever they are: a process exited. */
export function releaseAnonymous(tree: MemoryTree, id: number, pages: number): void {
  const swapped = swappedPart(tree, id, pages);
  leaveSwap(tree, id, swapped);
  releasePages(tree, id, pages - swapped, 'anonPages');
}

/** Slots of pages that were read back (and charged before) or are not wanted any more are free again. */
export function leaveSwap(tree: MemoryTree, id: number, pages: number): void {
  const group = tree.groups[id]!;
  invariant(pages >= 0 && pages <= group.swapPages, `memory group "${group.name}" cannot take ${pages} of ${group.swapPages} pages out of swap`);
  group.swapPages -= pages;
  tree.swapFreePages += pages;
}
