/**
 * Charging memory to a group as `try_charge_memcg` does (mm/memcontrol.c, 6.18). Single pages are charged in
 * batches of 64 and handed out from that stock; where a batch does not fit, the page alone is tried, then
 * reclaim, then the stocks are drained, then reclaim 16 times more, then the OOM killer. Every refusal counts
 * in `failcnt`: a group that lives at its limit counts one for nearly every page, not one for every reclaim.
 */
import { invariant } from '@/engine/kernel';
import { marginPages, subtree, type MemoryGroup, type MemoryTree } from './memory-group';
import { drainStock, tryCharge, uncharge } from './page-counter';
import { reclaim, type ReclaimListener, FORGET } from './reclaim';

/** MEMCG_CHARGE_BATCH. */
export const CHARGE_BATCH_PAGES = 64;
/** MAX_RECLAIM_RETRIES. */
const RECLAIM_RETRIES = 16;
/** PAGE_ALLOC_COSTLY_ORDER is 3: up to so many pages any progress is worth another try. */
const COSTLY_PAGES = 8;

export type PageKind = 'anonPages' | 'kernelPages';

/** Charged, or the group at whose limit nothing more can be freed; `pages` of the request were charged before. */
export type ChargeResult = { readonly pages: number; readonly outOfMemory: MemoryGroup | null };

/** Charges `count` single pages, one after the other, as page faults do. */
export function chargePages(tree: MemoryTree, id: number, count: number, kind: PageKind, gone: ReclaimListener = FORGET): ChargeResult {
  invariant(Number.isInteger(count) && count >= 0, `cannot charge ${count} pages`);
  const group = tree.groups[id]!;
  let left = count;
  while (left > 0) {
    const ready = takeReady(tree, group, left);
    if (ready > 0) {
      group[kind] += ready;
      left -= ready;
      continue;
    }
    const full = chargeSlowly(tree, id, 1, gone);
    if (full !== null) return { pages: count - left, outOfMemory: full };
    group[kind] += 1;
    left -= 1;
  }
  return { pages: count, outOfMemory: null };
}

/** Pages from the stock; an empty stock is filled as often as whole batches fit. */
function takeReady(tree: MemoryTree, group: MemoryGroup, wanted: number): number {
  const missing = wanted - group.stockPages;
  const batches = missing <= 0 ? 0 : Math.min(Math.ceil(missing / CHARGE_BATCH_PAGES), Math.floor(marginPages(tree, group.id) / CHARGE_BATCH_PAGES));
  if (batches > 0) {
    tryCharge(tree, group.id, batches * CHARGE_BATCH_PAGES);
    group.stockPages += batches * CHARGE_BATCH_PAGES;
  }
  const taken = Math.min(wanted, group.stockPages);
  group.stockPages -= taken;
  return taken;
}

/** Charges one file folio and puts it at the young end of the queue. */
export function chargeFolio(tree: MemoryTree, id: number, folio: MemoryGroup['folios'][number], gone: ReclaimListener = FORGET): MemoryGroup | null {
  const group = tree.groups[id]!;
  const full = chargeSlowly(tree, id, folio.pages, gone);
  if (full !== null) return full;
  group.filePages += folio.pages;
  group.folios.push(folio);
  return null;
}

/** One charge of `pages` together; null when it holds, else the group that is out of memory. */
function chargeSlowly(tree: MemoryTree, id: number, pages: number, gone: ReclaimListener): MemoryGroup | null {
  const batch = Math.max(CHARGE_BATCH_PAGES, pages);
  const group = tree.groups[id]!;
  if (group.stockPages >= pages) {
    group.stockPages -= pages;
    return null;
  }
  let full = tryCharge(tree, id, batch);
  if (full === null) {
    group.stockPages += batch - pages;
    if (group.stockPages > CHARGE_BATCH_PAGES) drainStock(tree, [group]); // more than a batch is never kept
    return null;
  }
  if (batch > pages) full = tryCharge(tree, id, pages);
  let drained = false;
  let retries = RECLAIM_RETRIES;
  while (full !== null) {
    const freed = reclaim(tree, full.id, pages, gone);
    const fits = full.limitPages - full.chargedPages >= pages;
    if (!fits && !drained) {
      drained = true;
      drainStock(tree, subtree(tree, full.id));
    } else if (!fits && (freed === 0 || pages > COSTLY_PAGES)) {
      if (retries === 0) return full;
      retries -= 1;
    }
    full = tryCharge(tree, id, pages);
  }
  return null;
}

/** Frees pages of a group's own: a process unmapped or exited. */
export function releasePages(tree: MemoryTree, id: number, count: number, kind: PageKind): void {
  const group = tree.groups[id]!;
  invariant(count >= 0 && count <= group[kind], `memory group "${group.name}" cannot free ${count} of ${group[kind]} pages`);
  group[kind] -= count;
  uncharge(tree, id, count);
}
