/**
 * Page cache of one group: a folio is read once and found again until it is reclaimed; found again while inactive
 * it becomes active. The host may also drop file pages that nobody touched for a while (a DAMON page-out scheme
 * of the hypervisor looks every 5 s and drops what is 10 s old).
 */
import { chargeFolio } from './charge';
import type { MemoryGroup, MemoryTree } from './memory-group';
import { dropFolio, FORGET, type ReclaimListener } from './reclaim';

export type PageOut = { readonly ageUs: number; readonly everyUs: number };

/** `hit`: it was there. Otherwise it was charged (or the group that refused is returned). */
export type FolioTouch = { readonly hit: boolean; readonly outOfMemory: MemoryGroup | null };

export function touchFolio(tree: MemoryTree, id: number, key: number, pages: number, at: { readonly nowUs: number; readonly dirty: boolean }, gone: ReclaimListener = FORGET): FolioTouch {
  const group = tree.groups[id]!;
  const found = group.folios.findIndex((folio) => folio.key === key);
  if (found < 0) return { hit: false, outOfMemory: chargeFolio(tree, id, { key, pages, dirty: at.dirty, active: false, touchedUs: at.nowUs }, gone) };
  const [folio] = group.folios.splice(found, 1);
  group.folios.push({ ...folio!, active: true, dirty: folio!.dirty || at.dirty, touchedUs: at.nowUs });
  return { hit: true, outOfMemory: null };
}

/** Drops what nobody touched since `ageUs`; returns the pages. */
export function pageOutIdle(tree: MemoryTree, { ageUs }: PageOut, nowUs: number, gone: ReclaimListener = FORGET): number {
  let pages = 0;
  for (const group of tree.groups) for (const folio of group.folios.filter((each) => nowUs - each.touchedUs >= ageUs)) pages += dropFolio(tree, group, folio, gone);
  return pages;
}

/** Forgets folios of a file that is deleted or truncated: not even dirty ones are written. */
export function forgetFolios(tree: MemoryTree, keys: (key: number) => boolean): number {
  let pages = 0;
  for (const group of tree.groups) for (const folio of group.folios.filter((each) => keys(each.key))) pages += dropFolio(tree, group, Object.assign(folio, { dirty: false }));
  return pages;
}

/** Marks what is dirty as written; returns the pages written. */
export function writeBack(group: MemoryGroup): number {
  let pages = 0;
  for (const folio of group.folios) {
    if (!folio.dirty) continue;
    folio.dirty = false;
    pages += folio.pages;
  }
  group.writtenBackPages += pages;
  return pages;
}
