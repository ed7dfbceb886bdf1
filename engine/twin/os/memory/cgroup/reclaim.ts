/**
 * Reclaim inside a subtree (mm/vmscan.c): at least 32 pages a call, the least recently used folios first, each
 * folio whole, active ones after a second chance, anonymous pages only where swap has room. Groups below
 * memory.min are spared always, below memory.low unless nothing else is left.
 */
import { effectiveProtection } from './protection';
import { subtree, upward, type MemoryGroup, type MemoryTree } from './memory-group';
import { uncharge } from './page-counter';

/** SWAP_CLUSTER_MAX: what a call frees at least, where it can. */
export const RECLAIM_PAGES_MIN = 32;

/** What becomes of a folio that goes; the caller forgets it. */
export type ReclaimListener = (group: MemoryGroup, key: number, pages: number) => void;
export const FORGET: ReclaimListener = () => undefined;

/** Frees about `wanted` pages below `root` and returns how many it freed (0: nothing can go). */
export function reclaim(tree: MemoryTree, root: number, wanted: number, gone: ReclaimListener = FORGET): number {
  const target = Math.max(wanted, RECLAIM_PAGES_MIN);
  const groups = subtree(tree, root);
  const keepLow = groups.map(({ id }) => effectiveProtection(tree, root, id)).map(({ minPages, lowPages }) => Math.max(minPages, lowPages));
  const first = reclaimAbove(tree, groups, target, keepLow, gone);
  if (first > 0) return first;
  const keepMin = groups.map(({ id }) => effectiveProtection(tree, root, id).minPages);
  return reclaimAbove(tree, groups, target, keepMin, gone);
}

/** Each group in proportion to what it has above its protection, so that no group pays alone. */
function reclaimAbove(tree: MemoryTree, groups: readonly MemoryGroup[], target: number, keepPages: readonly number[], gone: ReclaimListener): number {
  const spare = groups.map((group, i) => Math.min(reclaimable(tree, group), Math.max(0, group.chargedPages - keepPages[i]!)));
  const total = spare.reduce((sum, pages) => sum + pages, 0);
  let freed = 0;
  groups.forEach((group, i) => {
    if (spare[i]! <= 0 || freed >= target) return;
    const part = Math.min(spare[i]!, Math.max(1, Math.ceil((target * spare[i]!) / total)));
    freed += reclaimGroup(tree, group, part, gone);
  });
  return freed;
}

const reclaimable = (tree: MemoryTree, group: MemoryGroup) => group.filePages + Math.min(group.anonPages, swapRoom(tree, group));
/** memory.swap.max holds from here to the root. */
function swapRoom(tree: MemoryTree, group: MemoryGroup): number {
  if (tree.swapFreePages === 0) return 0;
  const used = (id: number) => subtree(tree, id).reduce((sum, { swapPages }) => sum + swapPages, 0);
  return upward(tree, group.id).reduce((room, { id, swapLimitPages }) => (swapLimitPages === Infinity ? room : Math.max(0, Math.min(room, swapLimitPages - used(id)))), tree.swapFreePages);
}

function reclaimGroup(tree: MemoryTree, group: MemoryGroup, wanted: number, gone: ReclaimListener): number {
  let freed = 0;
  while (freed < wanted) {
    const folio = oldest(group);
    if (folio === undefined) break;
    freed += dropFolio(tree, group, folio, gone);
  }
  if (freed < wanted) freed += swapOut(tree, group, wanted - freed);
  group.reclaimedPages += freed;
  return freed;
}

/** The least recently used inactive folio; without one, the active ones have had their second chance. */
function oldest(group: MemoryGroup): MemoryGroup['folios'][number] | undefined {
  const found = group.folios.find((folio) => !folio.active);
  if (found !== undefined) return found;
  for (const folio of group.folios) folio.active = false;
  return group.folios[0];
}

/** Takes one folio out of the cache; a dirty one is written back first. */
export function dropFolio(tree: MemoryTree, group: MemoryGroup, folio: MemoryGroup['folios'][number], gone: ReclaimListener = FORGET): number {
  if (folio.dirty) group.writtenBackPages += folio.pages;
  group.folios.splice(group.folios.indexOf(folio), 1);
  group.filePages -= folio.pages;
  uncharge(tree, group.id, folio.pages);
  gone(group, folio.key, folio.pages);
  return folio.pages;
}

function swapOut(tree: MemoryTree, group: MemoryGroup, wanted: number): number {
  const pages = Math.min(wanted, group.anonPages, swapRoom(tree, group));
  if (pages <= 0) return 0;
  group.anonPages -= pages;
  group.swapPages += pages;
  tree.swapFreePages -= pages;
  uncharge(tree, group.id, pages);
  return pages;
}
