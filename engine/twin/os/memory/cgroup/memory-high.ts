/**
 * memory.high slows, it does not refuse: on its way back to user space a task above it sleeps, longer the further it
 * is above (square of the overage) and the more it charged, at most 2 s, not at all below 10 ms
 * (`calculate_high_delay`, mm/memcontrol.c: fixed point of 20 bits, scaled down by 14).
 */
import { CHARGE_BATCH_PAGES } from './charge';
import { upward, type MemoryTree } from './memory-group';
import { FORGET, reclaim, RECLAIM_PAGES_MIN, type ReclaimListener } from './reclaim';

const PRECISION_SHIFT = 20;
const SCALING_SHIFT = 14;
const DELAY_SECONDS_MAX = 2;
const SHORTEST_PART_OF_SECOND = 100;

/** How far a use is above memory.high, in 2^−20. */
export const overage = (usedPages: number, highPages: number) => (usedPages <= highPages ? 0 : Math.floor(((usedPages - highPages) * 2 ** PRECISION_SHIFT) / Math.max(1, highPages)));

/** Sleep, in µs, of a task of group `id` that has just charged `chargedPages`; `hz` is the kernel's tick rate. */
export function highDelayUs(tree: MemoryTree, id: number, chargedPages: number, hz = 250): number {
  const worst = upward(tree, id).reduce((most, group) => Math.max(most, overage(group.chargedPages, group.highPages)), 0);
  if (worst === 0) return 0;
  const full = Math.floor((worst * worst * hz) / 2 ** (PRECISION_SHIFT + SCALING_SHIFT));
  const jiffies = Math.min(DELAY_SECONDS_MAX * hz, Math.floor((full * chargedPages) / CHARGE_BATCH_PAGES));
  return jiffies <= Math.floor(hz / SHORTEST_PART_OF_SECOND) ? 0 : (jiffies * 1_000_000) / hz;
}

/**
 * What a task does on its way back to user space after it charged `chargedPages` (`__mem_cgroup_handle_over_high`): every group above its high
 * mark is reclaimed while that frees anything, and what is still too much is slept off. Returns the sleep, µs.
 */
export function settleAboveHigh(tree: MemoryTree, id: number, chargedPages: number, gone: ReclaimListener = FORGET, hz = 250): number {
  for (let wanted = chargedPages; ; wanted = RECLAIM_PAGES_MIN) {
    let freed = 0;
    for (const group of upward(tree, id)) {
      if (group.chargedPages <= group.highPages) continue;
      group.highEvents += 1;
      freed += reclaim(tree, group.id, wanted, gone);
    }
    const delayUs = highDelayUs(tree, id, chargedPages, hz);
    if (delayUs === 0 || freed === 0) return delayUs;
  }
}

/** Whether any group from here to the root has a high mark. */
export const hasHighMark = (tree: MemoryTree, id: number) => upward(tree, id).some(({ highPages }) => highPages < Infinity);
