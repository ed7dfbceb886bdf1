/**
 * Watermarks of a host's memory (mm/page_alloc.c): min = √(16 · kB of low memory), within 128 kB and 256 MB; low and
 * high are above it by a quarter of min or watermark_scale_factor (10 of 10 000) of the memory, whichever is more.
 * kswapd wakes below low and works until high; below min who allocates reclaims itself.
 */
import { PAGE_BYTES } from '../pages';

const KB_MIN = 128;
const KB_MAX = 262_144;
const SCALE_FACTOR = 10;

export type Watermarks = { readonly minPages: number; readonly lowPages: number; readonly highPages: number };

/** `min_free_kbytes` of a host, before an administrator sets it. */
export const minFreeKb = (lowMemoryKb: number) => Math.min(KB_MAX, Math.max(KB_MIN, Math.floor(Math.sqrt(lowMemoryKb * 16))));

export function watermarks(managedPages: number, minFree = minFreeKb((managedPages * PAGE_BYTES) / 1_024), scaleFactor = SCALE_FACTOR): Watermarks {
  const minPages = Math.floor((minFree * 1_024) / PAGE_BYTES);
  const step = Math.max(Math.floor(minPages / 4), Math.floor((managedPages * scaleFactor) / 10_000));
  return { minPages, lowPages: minPages + step, highPages: minPages + 2 * step };
}
