/** What is wrong on a host, found in its samples by pure functions: what, where, how much against which limit, and until when. */
export type HostFindingKind = 'memory-pressure' | 'memory-leak' | 'disk-full' | 'inodes-full' | 'restart-loop' | 'service-down' | 'ineffective-clean-up' | 'certificate-expiring' | 'cache-clear-spiral' | 'duelling-rules';

export type HostFinding = {
  readonly kind: HostFindingKind;
  readonly subject: string;
  readonly severity: 'page' | 'ticket' | 'info';
  readonly value: number | null;
  readonly limit: number;
  readonly unit: string;
  readonly detail: string;
  /** When it happens if nothing is done, seconds from the last sample, with a band (likeliest, earliest, latest). */
  readonly dueSeconds?: { readonly expected: number; readonly earliest: number; readonly latest: number };
};

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** "in 3.4 h" */
export function inTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'not foreseeable';
  if (seconds < 2 * MINUTE) return `in ${seconds.toFixed(0)} s`;
  if (seconds < 2 * HOUR) return `in ${(seconds / MINUTE).toFixed(0)} min`;
  return seconds < 2 * DAY ? `in ${(seconds / HOUR).toFixed(1)} h` : `in ${(seconds / DAY).toFixed(1)} days`;
}
