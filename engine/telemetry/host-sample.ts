/**
 * What was seen of one Linux host since the sample before: rates over that window, levels and settings at its end. The
 * twin's own samples, those of a frame and those of a recorded host are the same; what nobody measured is null, never 0.
 */
export type GroupSample = {
  readonly group: string;
  /** The group above it, if that is in the samples too. */
  readonly parent: string | null;
  /** Cores used by the group and everything below it. */
  readonly cpuCores: number | null;
  /** Runnable tasks of its own that had to wait for a CPU, on average; throttled ones apart. */
  readonly waitingTasks: number | null;
  /** Tasks of its own stopped by a quota, on average. */
  readonly throttledTasks: number | null;
  readonly periods: number | null;
  readonly throttledPeriods: number | null;
  readonly memoryBytes: number | null;
  readonly fileBytes: number | null;
  /** Null: none that is known. */
  readonly memoryLimitBytes: number | null;
  readonly reclaimedBytes: number | null;
  /** `memory.high`; left out: none that is known. */
  readonly memoryHighBytes?: number;
  /** In swap; left out on a host without. */
  readonly swapBytes?: number;
  /** `io.max`; left out where the disk is not timed. */
  readonly io?: Readonly<Record<'read' | 'write', { readonly mibPerSecond: number | null; readonly iops: number | null }>>;
  /** What it read and wrote past the page cache; left out where nobody counts it. */
  readonly disk?: { readonly readBytesPerSecond: number; readonly writeBytesPerSecond: number };
  /** Settings: `cpu.weight`, `cpu.max` (null: none that is known), allowed CPUs (null: all, as far as is known). */
  readonly cpuWeight: number | null;
  readonly quotaMs: number | null;
  readonly periodMs: number | null;
  readonly cpus: readonly number[] | null;
  /** Its own pressure files; left out where nobody read them. */
  readonly pressure?: PressureSample;
};

export type ProgramSample = {
  readonly program: string;
  /** As its clients know it; null: by host and program. */
  readonly service: string | null;
  readonly group: string;
  readonly nice: number | null;
  /** `not-ready`: it runs, and its probes send its clients away; `stopping`: it was asked to end and has not yet. */
  readonly phase: 'starting' | 'ready' | 'not-ready' | 'stopping' | 'waiting' | 'down';
  readonly cpuCores: number | null;
  /** What it would use if nothing held it back, where that is known: work that comes whether it is done or not. */
  readonly wantedCores: number | null;
  /** Null for a program that answers no requests, or whose requests nobody counts. */
  readonly arrivedRps: number | null;
  readonly servedRps: number | null;
  readonly failedRps: number | null;
  /** Requests that wait for a lane, and that are worked on. */
  readonly queued: number | null;
  readonly inWork: number | null;
  readonly latencyMeanMs: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
  /** Where the time of an answered request went, mean ms; null when none was answered. */
  readonly spent: LatencyParts | null;
  readonly memoryBytes: number | null;
  readonly logBytes: number | null;
  /** Since the host's first start, or since somebody counted; an exit is one that nobody asked for. */
  readonly restarts: number | null;
  readonly exits: number | null;
  readonly lastExit: string | null;
  /** Of a supervisor that waits: until its next start, and how long it waits in all this time. */
  readonly startsInSeconds: number | null;
  readonly backOffSeconds: number | null;
};

/** `waking`: until the host had resumed; `queued`: for a lane; `runQueue`: runnable, another task had the CPU; `throttled`: stopped by a quota; `waiting`: for others. */
export type LatencyParts = { readonly wakingMs: number; readonly queuedMs: number; readonly runQueueMs: number; readonly throttledMs: number; readonly onCpuMs: number; readonly waitingMs: number };

/** A clean-up and what it did: percent used before and after, who keeps deleted files open. */
export type CleanUpSample = { readonly atUs: number; readonly freedBytes: number; readonly percentBefore: number; readonly percentAfter: number; readonly verdict: 'effective' | 'not-enough' | 'held-open' | 'matched-nothing'; readonly holders: readonly string[] };

/** `orphanBytes`: deleted, but still open. */
export type DiskUsage = { readonly usedBytes: number; readonly availableBytes: number; readonly orphanBytes: number | null };

/** A mounted file system; inodes where they are counted. */
export type FileSystemSample = { readonly mount: string; readonly usedBytes: number; readonly availableBytes: number; readonly inodesUsed?: number; readonly inodesMax?: number };

/** Of a block device: rates, the share of the time in which it moved data, what is written and not on it yet. */
export type DeviceSample = { readonly readBytesPerSecond: number; readonly writeBytesPerSecond: number; readonly readIops: number; readonly writeIops: number; readonly busyShare: number; readonly dirtyBytes: number };

/** Tasks that are in no program; `group` null: outside of every group. */
export type OutsideSample = { readonly group: string | null; readonly tasks: number };

export type HostSample = {
  readonly host: string;
  readonly state: 'up' | 'booting' | 'off' | 'suspended' | 'resuming';
  readonly atUs: number;
  readonly windowUs: number;
  readonly size: { readonly cpus: number | null; readonly memoryBytes: number | null };
  readonly cpuCores: number | null;
  /** Runnable tasks that wait for a CPU or are throttled, on average. */
  readonly waitingTasks: number | null;
  readonly freeBytes: number | null;
  readonly availableBytes: number | null;
  /** The file system that logs are written to. */
  readonly disk: DiskUsage | null;
  /** All of them, where they are told apart. */
  readonly filesystems?: readonly FileSystemSample[];
  /** The device below; left out where it is not timed. */
  readonly device?: DeviceSample;
  readonly groups: readonly GroupSample[];
  readonly programs: readonly ProgramSample[];
  /** Null: nobody listed the processes. */
  readonly outside: readonly OutsideSample[] | null;
  /** Clean-ups in the window. */
  readonly cleanUps: readonly CleanUpSample[];
  readonly reboots: number | null;
  readonly upkeep: UpkeepSample | null;
  readonly pressure: PressureSample | null;
  /** Null without a power model or a meter. */
  readonly watts: number | null;
  /** Share of the window in which it was suspended to RAM, and how often it has resumed. */
  readonly suspendedShare: number | null;
  readonly resumes: number | null;
};

/** /proc/pressure in percent: avg10 as the kernel prints it, or the share of the window where only totals were recorded. */
export type PressureSample = { readonly cpuSome: number | null; readonly cpuFull: number | null; readonly memorySome: number | null; readonly memoryFull: number | null; readonly ioSome: number | null; readonly ioFull: number | null };

/** `drift`: settings that are not what the configuration says; `clockOffsetSeconds` as the time service reports it (+: ahead). */
export type UpkeepSample = {
  readonly unixSeconds: number;
  readonly clockOffsetSeconds: number;
  readonly certificates: readonly { readonly name: string; readonly program: string; readonly leftSeconds: number; readonly lifetimeSeconds: number }[];
  readonly pendingUpdates: readonly string[];
  readonly rebootNeeded: boolean;
  readonly stalePrograms: readonly string[];
  readonly drift: readonly { readonly key: string; readonly wanted: string | null; readonly found: string | null }[];
};
