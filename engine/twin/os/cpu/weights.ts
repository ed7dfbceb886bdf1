/**
 * What a share is: nice levels and cgroup weights as the kernel's load weights (nice 0 = 1024).
 *
 * Sources: kernel/sched/core.c `sched_prio_to_weight` (each level is about 1.25 of the next) and
 * `sched_weight_from_cgroup`; the conversions of shares to cpu.weight are those of runc: the old one is
 * linear, the one since runc 1.3.2 and crun 1.23 is quadratic in log2 and gives 1024 shares a weight of 100.
 */
import { exp, invariant, log } from '@/engine/kernel';

export const NICE_MIN = -20;
export const NICE_MAX = 19;
export const NICE_0_WEIGHT = 1_024;
/** SCHED_IDLE tasks and groups with cpu.idle = 1. */
export const IDLE_WEIGHT = 3;
export const SHARES_MIN = 2;
export const SHARES_MAX = 262_144;

const NICE_WEIGHTS = [
  88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904, 3906, 3121, 2501, 1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87, 70, 56,
  45, 36, 29, 23, 18, 15,
] as const;

/** Load weight of a nice level; nice must be a whole number in -20..19. */
export function weightOfNice(nice: number): number {
  const weight = NICE_WEIGHTS[nice - NICE_MIN];
  invariant(weight !== undefined, `nice ${nice} is not a whole number in ${NICE_MIN}..${NICE_MAX}`);
  return weight;
}

/** Load weight of cgroup v1 `cpu.shares`, clamped as the kernel clamps it. */
export const weightOfShares = (shares: number) => Math.min(SHARES_MAX, Math.max(SHARES_MIN, Math.round(shares)));

/** Load weight of cgroup v2 `cpu.weight` (1..10000, default 100). */
export const weightOfCpuWeight = (cpuWeight: number) => Math.round((Math.min(10_000, Math.max(1, cpuWeight)) * NICE_0_WEIGHT) / 100);

/** `cpu.weight` that runc before 1.3.2 writes for so many shares. */
export const cpuWeightOfSharesOld = (shares: number) => (shares === 0 ? 0 : 1 + Math.floor(((weightOfShares(shares) - 2) * 9_999) / 262_142));

/** `cpu.weight` that runc since 1.3.2 and crun since 1.23 write for so many shares. */
export function cpuWeightOfShares(shares: number): number {
  if (shares <= SHARES_MIN) return shares === 0 ? 0 : 1;
  if (shares >= SHARES_MAX) return 10_000;
  const l = log(shares) / Math.LN2;
  return Math.ceil(exp(((l * l + 125 * l) / 612 - 7 / 34) * LN10) - CEIL_SLACK);
}

const LN10 = 2.302585092994046;
const CEIL_SLACK = 1e-9; // 1024 shares give exactly 100

/** Shares that the kubelet asks for so many thousandths of a core. */
export const sharesOfMillicores = (millicores: number) => Math.min(SHARES_MAX, Math.max(SHARES_MIN, Math.floor((millicores * 1_024) / 1_000)));
