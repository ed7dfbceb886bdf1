/**
 * What was seen of one Linux host since the sample before: rates over that window, levels and settings at its end. The
 * twin's own samples and those of a frame are the same.
 */
export type GroupSample = {
  readonly group: string;
  /** Cores used by the group and everything below it. */
  readonly cpuCores: number;
  /** Runnable tasks of its own that had to wait for a CPU, on average; throttled ones apart. */
  readonly waitingTasks: number;
  /** Tasks of its own stopped by a quota, on average. */
  readonly throttledTasks: number;
  readonly periods: number;
  readonly throttledPeriods: number;
  readonly memoryBytes: number;
  readonly fileBytes: number;
  readonly memoryLimitBytes: number | null;
  readonly reclaimedBytes: number;
  /** Settings: `cpu.weight`, `cpu.max`, allowed CPUs. */
  readonly cpuWeight: number;
  readonly quotaMs: number | null;
  readonly periodMs: number;
  readonly cpus: readonly number[];
};

export type ProgramSample = {
  readonly program: string;
  readonly group: string;
  readonly nice: number;
  readonly phase: 'starting' | 'ready' | 'waiting' | 'down';
  readonly cpuCores: number;
  /** Null for a program that answers no requests. */
  readonly arrivedRps: number | null;
  readonly servedRps: number;
  readonly failedRps: number;
  /** Requests that wait for a lane, and that are worked on. */
  readonly queued: number;
  readonly inWork: number;
  readonly latencyMeanMs: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
  /** Where the time of an answered request went, mean ms; null when none was answered. */
  readonly spent: LatencyParts | null;
  readonly memoryBytes: number;
  readonly logBytes: number;
  /** Since the host's first start; an exit is one that nobody asked for. */
  readonly restarts: number;
  readonly exits: number;
  readonly lastExit: string | null;
  /** Of a supervisor that waits: until its next start, and how long it waits in all this time. */
  readonly startsInSeconds: number | null;
  readonly backOffSeconds: number;
};

/** `queued`: for a lane; `runQueue`: runnable, another task had the CPU; `throttled`: stopped by a quota; `waiting`: for others. */
export type LatencyParts = { readonly queuedMs: number; readonly runQueueMs: number; readonly throttledMs: number; readonly onCpuMs: number; readonly waitingMs: number };

/** A clean-up and what it did: percent used before and after, who keeps deleted files open. */
export type CleanUpSample = { readonly atUs: number; readonly freedBytes: number; readonly percentBefore: number; readonly percentAfter: number; readonly verdict: 'effective' | 'not-enough' | 'held-open' | 'matched-nothing'; readonly holders: readonly string[] };

export type HostSample = {
  readonly host: string;
  readonly atUs: number;
  readonly windowUs: number;
  readonly cpuCores: number;
  /** Runnable tasks that wait for a CPU or are throttled, on average. */
  readonly waitingTasks: number;
  readonly freeBytes: number;
  readonly availableBytes: number;
  readonly disk: { readonly usedBytes: number; readonly availableBytes: number; /** Deleted, but still open. */ readonly orphanBytes: number } | null;
  readonly groups: readonly GroupSample[];
  readonly programs: readonly ProgramSample[];
  /** Clean-ups in the window. */
  readonly cleanUps: readonly CleanUpSample[];
  readonly reboots: number;
  readonly upkeep: UpkeepSample;
  readonly pressure: PressureSample;
  /** Null without a power model. */
  readonly watts: number | null;
};

/** /proc/pressure, avg10 in percent. */
export type PressureSample = { readonly cpuSome: number; readonly cpuFull: number; readonly memorySome: number; readonly memoryFull: number; readonly ioSome: number; readonly ioFull: number };

/** `drift`: settings that are not what the configuration says. */
export type UpkeepSample = {
  readonly unixSeconds: number;
  readonly certificates: readonly { readonly name: string; readonly program: string; readonly leftSeconds: number; readonly lifetimeSeconds: number }[];
  readonly pendingUpdates: readonly string[];
  readonly rebootNeeded: boolean;
  readonly stalePrograms: readonly string[];
  readonly drift: readonly { readonly key: string; readonly wanted: string | null; readonly found: string | null }[];
};
