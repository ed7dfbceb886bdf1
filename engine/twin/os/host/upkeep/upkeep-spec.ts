/** What happens to a host besides its load: a calendar, how it boots, updates, certificates, changes by hand. */
import type { BootSpec } from '../../process';
import type { HostCommand } from '../command/host-command';

export type UpkeepSpec = {
  /** UTC at the host's start, for cron; default Monday 2026-01-05 00:00. */
  readonly startsAtUnixSeconds?: number;
  /** Default: a boot of four seconds. Programs start when the goal is reached. */
  readonly boot?: Omit<BootSpec, 'cpus'>;
  readonly packages?: readonly PackageSpec[];
  /** When a reboot that updates ask for may happen; absent: nobody reboots by itself. */
  readonly rebootSchedule?: string;
  readonly certificates?: readonly CertificateSpec[];
  /** Times in which certificates cannot be renewed. */
  readonly issuerOutages?: readonly { readonly fromSeconds: number; readonly toSeconds: number }[];
  /** Commands that somebody gave past the configuration. */
  readonly byHand?: readonly { readonly atSeconds: number; readonly command: HostCommand }[];
};

export type PackageSpec = { readonly name: string; readonly mib: number; readonly releasedAtSeconds: number; /** Programs that have it loaded. */ readonly usedBy: readonly string[]; readonly needsReboot?: boolean };
/** Of one program; times from the host's start. Without renewal it runs out. */
export type CertificateSpec = { readonly name: string; readonly program: string; readonly notAfterSeconds: number; readonly lifetimeDays: number; readonly renewal?: { readonly atRemainingShare: number; readonly retryHours: number } };
