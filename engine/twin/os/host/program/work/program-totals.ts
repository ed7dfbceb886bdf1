/** Sums over a longer stretch than a sample. */
import { meanOf, quantile } from '@/engine/kernel';
import type { LatencyParts } from '@/engine/telemetry';
import type { HostWorld, Program } from '../../host-world';
import { addWindow, clearWindow, partsOf, programWindow } from './program-window';

export type ProgramTotals = {
  readonly program: string;
  readonly served: number;
  readonly failed: number;
  readonly latencyMeanMs: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
  readonly spent: LatencyParts | null;
  readonly restarts: number;
};

/** Totals count from now on. */
export function restartTotals(world: HostWorld): void {
  for (const program of world.programs) {
    clearWindow(program.total);
    clearWindow(program.window);
    program.restartsBefore = program.restarts;
  }
}

/** Since the last restart of the totals, the unfinished sample included. */
export function totalsOf({ spec, total, window, restarts, restartsBefore }: Program): ProgramTotals {
  const all = programWindow();
  addWindow(all, total);
  addWindow(all, window);
  const ms = (us: number) => (Number.isNaN(us) ? null : us / 1_000);
  return {
    program: spec.name,
    served: all.served,
    failed: all.failed,
    latencyMeanMs: ms(meanOf(all.latency)),
    latencyP50Ms: ms(quantile(all.latency, 0.5)),
    latencyP95Ms: ms(quantile(all.latency, 0.95)),
    latencyP99Ms: ms(quantile(all.latency, 0.99)),
    spent: partsOf(all),
    restarts: restarts - restartsBefore,
  };
}
