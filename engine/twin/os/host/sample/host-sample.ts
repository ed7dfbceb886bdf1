/** What was seen of a host since the sample before: rates over that window, levels at its end. */
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
};

export type ProgramSample = {
  readonly program: string;
  readonly group: string;
  readonly phase: 'starting' | 'ready' | 'waiting' | 'down';
  readonly arrivedRps: number;
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
  readonly restarts: number;
};

/** `queued`: for a lane; `runQueue`: runnable, another task had the CPU; `throttled`: stopped by a quota; `waiting`: for others. */
export type LatencyParts = { readonly queuedMs: number; readonly runQueueMs: number; readonly throttledMs: number; readonly onCpuMs: number; readonly waitingMs: number };

export type HostSample = {
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
};
