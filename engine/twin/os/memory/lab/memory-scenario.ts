/** A memory experiment as the host laboratory writes it: groups with limits, programs that follow a script, changes while they run. */
import type { RestartRule } from '../../process';

/** One line of a memory program's script. MiB throughout; a rate paces the step, MiB by MiB. */
export type MemoryStep =
  | { readonly op: 'grow'; readonly mb: number; readonly mbPerS?: number }
  | { readonly op: 'hold'; readonly s: number }
  | { readonly op: 'free'; readonly mb: number }
  | { readonly op: 'touch' }
  | { readonly op: 'read'; readonly file: string; readonly mbPerS?: number; readonly times?: number }
  | { readonly op: 'write'; readonly file: string; readonly mb: number; readonly mbPerS?: number };

export type MemoryProcessSpec = { readonly label?: string; readonly count?: number; readonly nice?: number; readonly oomScoreAdj?: number; readonly steps: readonly MemoryStep[]; readonly restart?: RestartRule };

export type MemoryLabGroup = { readonly name: string; readonly memLimitMb?: number; readonly oomDisable?: boolean; readonly set?: Readonly<Record<string, number>>; readonly procs: readonly MemoryProcessSpec[] };

export type MemoryLabEvent =
  | { readonly tS: number; readonly action: 'set'; readonly group: string; readonly file: string; readonly value: number }
  | { readonly tS: number; readonly action: 'kill'; readonly label: string; readonly signal?: string }
  | { readonly tS: number; readonly action: 'spawn'; readonly group: string; readonly proc: MemoryProcessSpec };

export type MemoryScenario = {
  readonly durationS: number;
  /** The summary covers [warmS, durationS]. */
  readonly warmS: number;
  readonly sampleHz: number;
  readonly dropCaches: boolean;
  /** Files that exist beforehand. */
  readonly files: readonly { readonly file: string; readonly mb: number }[];
  readonly groups: readonly MemoryLabGroup[];
  readonly events: readonly MemoryLabEvent[];
};

export type MemoryGroupSummary = { readonly cpu: number; readonly memMaxMb: number; readonly failcnt: number; readonly oomKills: number };
export type MemoryTaskSummary = { readonly label: string; readonly nice: number; readonly cpu: number; readonly runqWait: number; readonly slices: number } | { readonly label: string; readonly exit: { readonly code: number | null; readonly sig: string | null } };
export type MemoryLabHappening = {
  readonly tS: number;
  readonly action: 'exit' | 'restart' | 'ready' | 'set' | 'kill' | 'spawn';
  readonly label?: string;
  readonly code?: number | null;
  readonly signal?: string | null;
  readonly try?: number;
  readonly waitedS?: number;
  readonly group?: string;
  readonly file?: string;
  readonly value?: number;
  readonly planS?: number;
  readonly error?: string | null;
};
export type MemoryStepReport = { readonly label: string; readonly t: number; readonly ev: 'ready' | 'begin' | 'pass' | 'touched' | 'end' | 'done'; readonly i?: number; readonly k?: number; readonly op?: string; readonly mb?: number; readonly ms?: number; readonly heldMb?: number; readonly rss?: number };

/** The measured summary of a run, as the laboratory writes it. */
export type MemoryRunReport = {
  readonly window: readonly [number, number];
  readonly groups: Readonly<Record<string, MemoryGroupSummary>>;
  readonly tasks: readonly MemoryTaskSummary[];
  readonly events: readonly MemoryLabHappening[];
  readonly steps: readonly MemoryStepReport[];
};
