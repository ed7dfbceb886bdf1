/**
 * The scheduler's constants on Linux 6.15–6.18 (kernel/sched/fair.c, features.h, topology.c), times in µs.
 * Slices are checked at ticks and wake-ups alone (HRTICK is off), so HZ decides how long a turn really is.
 */
export type KernelSettings = {
  readonly hz: number;
  /** EEVDF base slice of this host: 0.70 ms · (1 + log2 cpus), cpus counted up to 8. */
  readonly baseSliceUs: number;
  /** `sched_cfs_bandwidth_slice_us`: what a CPU takes from a group's pool at once. */
  readonly bandwidthSliceUs: number;
  /** CPU time that a context switch takes from the incoming task: registers, page tables, a cold cache. */
  readonly switchCostUs: number;
};

/** How late a tick comes at most: what is drawn from a group's pool at a tick goes to whoever is first. */
export const TICK_LATE_US_MAX = 4;
export const MIN_BASE_SLICE_US = 700;
export const BANDWIDTH_SLICE_US = 5_000;
/** What a CPU keeps of its slice when its last task sleeps (`min_cfs_rq_runtime`). */
export const KEPT_RUNTIME_US = 1_000;
/** Runtime handed to a throttled queue beyond its debt: one nanosecond, the rest is drawn at the next tick. */
export const ONE_NS = 0.001;
export const SLACK_PERIOD_US = 5_000;
/** Unused runtime is given out again only when no refill is due within so long. */
export const SLACK_EXPIRY_US = 2_000;
export const DEFAULT_PERIOD_US = 100_000;
/** Load averages (PELT) halve in 32 periods of 1024 µs. */
export const LOAD_HALF_LIFE_US = 32_768;
/** A task that ran less than this ago is cache-hot and is not moved (`sched_migration_cost`). */
export const MIGRATION_COST_US = 500;
const SLICE_CPUS_MAX = 8;

export function kernelSettings(cpus: number, given: Partial<KernelSettings> = {}): KernelSettings {
  const log2 = 31 - Math.clz32(Math.min(cpus, SLICE_CPUS_MAX));
  return { hz: 250, baseSliceUs: MIN_BASE_SLICE_US * (1 + log2), bandwidthSliceUs: BANDWIDTH_SLICE_US, switchCostUs: 2, ...given };
}

export const tickUs = (settings: KernelSettings) => 1_000_000 / settings.hz;
