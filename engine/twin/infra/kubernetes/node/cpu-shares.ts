/**
 * CPU requests and limits as the kernel sees them: shares (cgroup v1), weight (v2) and quota. The conversion
 * from shares to weight changed: the old one maps one core to 39 of 10 000, far below the default of 100;
 * since runc 1.3.2 and crun 1.23 a curve through (2, 1), (1024, 100) and (262144, 10000) is used.
 */
import { log, pow } from '@/engine/kernel';

const LEAST_SHARES = 2;
const MOST_SHARES = 262_144;
const PERIOD_US = 100_000;
const LEAST_QUOTA_US = 1_000;

export const cpuShares = (millicores: number) => (millicores === 0 ? LEAST_SHARES : Math.min(MOST_SHARES, Math.max(LEAST_SHARES, Math.trunc((millicores * 1024) / 1000))));

export const cpuWeightOld = (shares: number) => 1 + Math.trunc(((shares - 2) * 9_999) / (MOST_SHARES - 2));

/** 10^((l² + 125 l)/612 − 7/34), rounded up, with l = log2 of the shares. */
export function cpuWeight(shares: number): number {
  if (shares <= LEAST_SHARES) return 1;
  if (shares >= MOST_SHARES) return 10_000;
  const l = log(shares) / log(2);
  const exact = pow(10, (l * l + 125 * l) / 612 - 7 / 34);
  const nearest = Math.round(exact);
  return Math.abs(exact - nearest) < 1e-9 * nearest ? nearest : Math.ceil(exact);
}

/** Microseconds of CPU per period of 100 ms; null without a limit. */
export const cpuQuotaUs = (limitMillicores: number | null) => (limitMillicores === null || limitMillicores === 0 ? null : Math.max(LEAST_QUOTA_US, Math.trunc((limitMillicores * PERIOD_US) / 1000)));
