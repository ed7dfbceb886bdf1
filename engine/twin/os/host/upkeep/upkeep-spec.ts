/** What happens to a host besides its load: a calendar, how it boots, updates, certificates, changes by hand. */
import type { BootSpec } from '../../process';
import type { HostCommand } from '../command/host-command';

export type UpkeepSpec = {
  /** UTC at the host's start, for cron; default Monday 2026-01-05 00:00. */
  readonly startsAtUnixSeconds?: number;
  /** Default: a boot of four seconds. Programs start when the goal is reached. */
  readonly boot?: Omit<BootSpec, 'cpus'>;
  readonly packages?: readonly PackageSpec[];
  /** A kubelet that evicts programs under pressure; what is not set is its default (100 MiB, 10 %, 5 %). */
  readonly eviction?: EvictionSpec;
  /** logrotate by its timer. */
  readonly logRotation?: LogRotationSpec;
  /** Copy-on-write snapshots of the data that was there before (`disk.usedMib`). */
  readonly snapshots?: SnapshotsSpec;
  /** When a reboot that updates ask for may happen; absent: nobody reboots by itself. */
  readonly rebootSchedule?: string;
  readonly certificates?: readonly CertificateSpec[];
  /** Times in which certificates cannot be renewed. */
  readonly issuerOutages?: readonly { readonly fromSeconds: number; readonly toSeconds: number }[];
  /** Commands that somebody gave past the configuration. */
  readonly byHand?: readonly { readonly atSeconds: number; readonly command: HostCommand }[];
};

export type EvictionSpec = { readonly memoryAvailableMib?: number; readonly diskAvailablePercent?: number; readonly inodesFreePercent?: number };
/** Logs of at least `minMib` are rotated, `keep` old ones stay, each compressed to a share of its size (1: not). `tellsWriter`: it opens the new log. */
export type LogRotationSpec = { readonly schedule: string; readonly minMib: number; readonly keep: number; readonly mode: 'create' | 'copytruncate'; readonly tellsWriter: boolean; readonly compressedShare: number };
/** The newest `keep` stay; so much of the data is overwritten each hour. */
export type SnapshotsSpec = { readonly schedule: string; readonly keep: number; readonly changedMibPerHour: number };
export type PackageSpec = { readonly name: string; readonly mib: number; readonly releasedAtSeconds: number; /** Programs that have it loaded. */ readonly usedBy: readonly string[]; readonly needsReboot?: boolean };
/** Of one program; times from the host's start. Without renewal it runs out. */
export type CertificateSpec = { readonly name: string; readonly program: string; readonly notAfterSeconds: number; readonly lifetimeDays: number; readonly renewal?: { readonly atRemainingShare: number; readonly retryHours: number } };
