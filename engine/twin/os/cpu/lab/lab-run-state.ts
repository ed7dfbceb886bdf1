/** One repeat of an experiment while it runs. */
import type { CpuLabScenario } from './cpu-lab-scenario';
import type { LabRunEvent } from './cpu-lab-run';
import type { LabHost } from './lab-host';
import type { LabProcessState } from './lab-process';

/** What the timers of a run are for; the detail is a process, an event of the scenario, or a daemon. */
export const LabCall = { spawn: 0, ready: 1, begin: 2, due: 3, start: 4, sample: 5, daemon: 6, event: 7, windowOpens: 8, windowCloses: 9, steal: 10, restart: 11 } as const;

export type LabAccounts = { readonly atUs: number; readonly groups: readonly GroupCounters[]; readonly tasks: readonly TaskCounters[] };
export type GroupCounters = { readonly cpuUs: number; readonly periods: number; readonly throttledPeriods: number; readonly throttledUs: number };
/** Absent for a task that had ended. */
export type TaskCounters = { readonly cpuUs: number; readonly waitUs: number; readonly slices: number } | undefined;

export type LabRunState = {
  readonly scenario: CpuLabScenario;
  readonly rep: number;
  readonly lab: LabHost;
  readonly processes: LabProcessState[];
  /** Real CPU time per nominal time of work. */
  readonly workScale: number;
  readonly cpus: number;
  startUs: number;
  endUs: number;
  opened: LabAccounts | undefined;
  closed: LabAccounts | undefined;
  readonly events: LabRunEvent[];
};
