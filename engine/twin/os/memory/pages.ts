/** Memory is counted in pages, as the kernel's page counters do: no byte limit is exact to less than a page. */
import { invariant } from '@/engine/kernel';

export const PAGE_BYTES = 4_096;
export const MIB = 1_048_576;
export const PAGES_PER_MIB = MIB / PAGE_BYTES;
/** No limit: `memory.max` says "max", cgroup v1 a number near 2^63. */
export const UNLIMITED_PAGES = Infinity;
/** Above this many bytes a limit is none (PAGE_COUNTER_MAX on 64 bit is 2^63 − 1 rounded to pages). */
const UNLIMITED_BYTES = 2 ** 53;

/** Whole pages of a byte limit, rounded down as `page_counter_memparse` does. A negative number of cgroup v1 means none. */
export function limitPages(bytes: number): number {
  invariant(!Number.isNaN(bytes), 'a memory limit is a number of bytes');
  return bytes < 0 || bytes >= UNLIMITED_BYTES ? UNLIMITED_PAGES : Math.floor(bytes / PAGE_BYTES);
}

/** Pages that hold so many bytes. */
export const pagesOf = (bytes: number) => Math.ceil(bytes / PAGE_BYTES);
export const bytesOf = (pages: number) => pages * PAGE_BYTES;
export const mibOf = (pages: number) => pages / PAGES_PER_MIB;
