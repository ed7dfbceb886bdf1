/**
 * Memory of a whole host: free pages, what the kernel keeps for itself, and the control groups. An allocation that
 * takes free memory below low lets kswapd reclaim up to high; below min it reclaims itself, and when nothing can
 * be freed the host is out of memory, whatever the limits of the groups say.
 */
import { invariant } from '@/engine/kernel';
import { chargePages, type PageKind } from '../cgroup/charge';
import { ROOT_MEMORY_GROUP, type MemoryGroup, type MemoryTree } from '../cgroup/memory-group';
import { FORGET, reclaim, type ReclaimListener } from '../cgroup/reclaim';
import type { Watermarks } from './watermarks';

export type HostMemory = {
  readonly tree: MemoryTree;
  readonly totalPages: number;
  readonly reservedPages: number;
  readonly marks: Watermarks;
  kswapdRuns: number;
  kswapdPages: number;
  directReclaims: number;
  /** Global OOM situations, not kills. */
  outOfMemory: number;
};

export const hostMemory = (tree: MemoryTree, totalPages: number, reservedPages: number, marks: Watermarks): HostMemory => ({ tree, totalPages, reservedPages, marks, kswapdRuns: 0, kswapdPages: 0, directReclaims: 0, outOfMemory: 0 });

export const freePages = (host: HostMemory) => host.totalPages - host.reservedPages - host.tree.groups[ROOT_MEMORY_GROUP]!.chargedPages;

/** MemAvailable (`si_mem_available`): free above the high mark, which the kernel counts as reserved, and of the page cache what is above half of it or the low mark. */
export function availablePages(host: HostMemory): number {
  const cache = host.tree.groups.reduce((sum, group) => sum + group.filePages, 0);
  return Math.max(0, freePages(host) - host.marks.highPages + cache - Math.min(cache / 2, host.marks.lowPages));
}

export type HostAllocation = { readonly pages: number; readonly outOfMemory: MemoryGroup | null };

/** Allocates single pages to a group under its limits and under the host's watermarks. */
export function allocatePages(host: HostMemory, id: number, count: number, kind: PageKind, gone: ReclaimListener = FORGET): HostAllocation {
  invariant(host.tree.groups[id] !== undefined, `there is no memory group ${id}`);
  if (freePages(host) - count < host.marks.lowPages) {
    host.kswapdRuns += 1;
    const before = freePages(host);
    reclaimUntil(host, host.marks.highPages + count, gone);
    host.kswapdPages += freePages(host) - before;
  }
  if (freePages(host) - count < host.marks.minPages) {
    host.directReclaims += 1;
    if (!reclaimUntil(host, host.marks.minPages + count, gone)) {
      host.outOfMemory += 1;
      return { pages: 0, outOfMemory: host.tree.groups[ROOT_MEMORY_GROUP]! };
    }
  }
  return chargePages(host.tree, id, count, kind, gone);
}

function reclaimUntil(host: HostMemory, free: number, gone: ReclaimListener): boolean {
  while (freePages(host) < free) if (reclaim(host.tree, ROOT_MEMORY_GROUP, Math.min(free - freePages(host), 1_024), gone) === 0) return false;
  return true;
}
