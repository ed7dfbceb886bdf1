/** The kernel's page counter (mm/page_counter.c): a charge holds in every ancestor or in none. */
import { invariant } from '@/engine/kernel';
import { upward, type MemoryGroup, type MemoryTree } from './memory-group';

/** Charges `pages` up to the root; on refusal nothing is charged and the refusing group, whose failcnt grew, is returned. */
export function tryCharge(tree: MemoryTree, id: number, pages: number): MemoryGroup | null {
  const line = upward(tree, id);
  const refusing = line.find((group) => group.chargedPages + pages > group.limitPages);
  if (refusing !== undefined) {
    refusing.failcnt += 1;
    return refusing;
  }
  for (const group of line) group.chargedPages += pages;
  tree.groups[id]!.pagesCharged += pages;
  return null;
}

/** Gives `pages` back in the group and all its ancestors. */
export function uncharge(tree: MemoryTree, id: number, pages: number): void {
  for (const group of upward(tree, id)) {
    group.chargedPages -= pages;
    invariant(group.chargedPages >= 0, `memory group "${group.name}" gave back more pages than it had`);
  }
  tree.groups[id]!.pagesUncharged += pages;
}

/** Gives back what a group and those below it charged ahead and did not use (`drain_all_stock`). */
export function drainStock(tree: MemoryTree, groups: readonly MemoryGroup[]): void {
  for (const group of groups) {
    if (group.stockPages === 0) continue;
    uncharge(tree, group.id, group.stockPages);
    group.stockPages = 0;
  }
}
