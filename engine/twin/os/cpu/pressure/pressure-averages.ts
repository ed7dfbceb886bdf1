/**
 * The running averages of /proc/pressure in the kernel's own fixed point (kernel/sched/psi.c, kernel/sched/loadavg.c):
 * 11 fractional bits, factors for 10, 60 and 300 s, a sample every 2 s and one jiffy, rounded up while rising.
 * All arithmetic is on whole numbers below 2^53, so the printed digits are the kernel's.
 */
const FRACTION_BITS = 11;
const ONE = 2 ** FRACTION_BITS;
/** 1/exp(2s/10s), 1/exp(2s/60s), 1/exp(2s/300s) in fixed point. */
const FACTORS = [1_677, 1_981, 2_034] as const;
const NS_PER_S = 1_000_000_000;

export type PressureAverages = {
  /** Stall time so far. */
  totalNs: number;
  /** Part of it that the averages have seen. */
  averagedNs: number;
  /** avg10, avg60, avg300 in fixed point, in percent. */
  averages: [number, number, number];
};

export const noPressure = (): PressureAverages => ({ totalNs: 0, averagedNs: 0, averages: [0, 0, 0] });

/** Time between two samples: 2·HZ + 1 jiffies. */
export const pressurePeriodNs = (hz: number) => ((2 * hz + 1) * NS_PER_S) / hz;

/** One sample: what stalled since the last, of `periodNs`; `missed` whole periods before it passed without an update. */
export function samplePressure(pressure: PressureAverages, periodNs: number, missed: number): void {
  const sample = Math.min(periodNs, pressure.totalNs - pressure.averagedNs);
  pressure.averagedNs += sample;
  const percent = Math.floor((sample * 100) / periodNs) * ONE;
  for (let i = 0; i < FACTORS.length; i += 1) {
    const factor = FACTORS[i]!;
    const before = missed === 0 ? pressure.averages[i]! : decay(pressure.averages[i]!, fixedPower(factor, missed), 0);
    pressure.averages[i] = decay(before, factor, percent);
  }
}

function decay(load: number, factor: number, active: number): number {
  const sum = load * factor + active * (ONE - factor) + (active >= load ? ONE - 1 : 0);
  return Math.floor(sum / ONE);
}

/** factor^n, rounded at every step as `fixed_power_int` does. */
function fixedPower(factor: number, n: number): number {
  let result = ONE;
  let square = factor;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = roundedProduct(result, square);
    square = roundedProduct(square, square);
  }
  return result;
}

const roundedProduct = (a: number, b: number) => Math.floor((a * b + ONE / 2) / ONE);

/** `some avg10=1.23 avg60=0.45 avg300=0.06 total=789`: a line of /proc/pressure. */
export function pressureLine(kind: 'some' | 'full', { averages, totalNs }: PressureAverages): string {
  const [avg10, avg60, avg300] = averages;
  return `${kind} avg10=${percentText(avg10)} avg60=${percentText(avg60)} avg300=${percentText(avg300)} total=${Math.floor(totalNs / 1_000)}`;
}

/** Percent as the kernel cuts it: two digits, never rounded. */
export const percentOf = (fixed: number) => Math.floor(fixed / ONE) + Math.floor(((fixed % ONE) * 100) / ONE) / 100;

const percentText = (fixed: number) => `${Math.floor(fixed / ONE)}.${String(Math.floor(((fixed % ONE) * 100) / ONE)).padStart(2, '0')}`;
