/** Under what a program starts, as the host laboratory writes it. */
export type Recovery = { readonly detect: 'exit' | 'probe'; readonly delayS: number; readonly probeMs?: number; readonly failures?: number };

export type StartUpCondition = {
  readonly name: string;
  readonly reps?: number;
  /** Programs that never stop computing, in a group beside it on the same CPU. */
  readonly hogs?: number;
  readonly quotaUs?: number;
  readonly periodUs?: number;
  /** All caches dropped before. */
  readonly cold?: boolean;
  /** Killed once it was ready, noticed, started again. */
  readonly recover?: Recovery;
};

export type StartUpScenario = { readonly program: string; readonly cpus: readonly number[]; readonly hostCpus: number; readonly warmUpMs?: number; readonly conditions: readonly StartUpCondition[] };

export type StartUpRun = { readonly listenMs?: number; readonly readyMs: number; readonly cpuMs: number; readonly memMb: number; readonly detectMs?: number; readonly restartReadyMs?: number; readonly mttrMs?: number };
export type StartUpSummary = { readonly n: number; readonly readyMedianMs: number; readonly readyMeanMs: number; readonly readyP90Ms: number; readonly cpuMedianMs: number; readonly detectMedianMs?: number; readonly mttrMedianMs?: number };
export type StartUpReport = StartUpCondition & { readonly summary: StartUpSummary; readonly runs: readonly StartUpRun[] };
