/** A question asked of a system, as data: what it is made of, what happens to it, what must hold. */
import type { Command, FaultSpec, SystemSpec } from '@/engine/twin';

export type ScenarioSpec = {
  readonly formatVersion: 1;
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly seed: number;
  readonly durationSeconds: number;
  /** Left out of every KPI: the time the system needs to leave its empty start. */
  readonly warmUpSeconds?: number;
  readonly system: SystemSpec;
  readonly faults?: readonly FaultSpec[];
  /** What an operator does, and when. */
  readonly actions?: readonly { readonly atSeconds: number; readonly command: Command }[];
  readonly objectives?: readonly ObjectiveSpec[];
  /** Runs the decision loop inside the scenario. */
  readonly loop?: { readonly everySeconds: number; readonly autoApprove: boolean };
};

export type ObjectiveSpec =
  | { readonly kind: 'latency'; readonly service: string; readonly quantile: 0.5 | 0.95 | 0.99; readonly maxMs: number }
  | { readonly kind: 'availability'; readonly service: string; readonly min: number }
  | { readonly kind: 'cost'; readonly maxUsdPerHour: number }
  /** Recovery time and recovery point, of the worst recovery of a replicated or backed-up service. */
  | { readonly kind: 'rto' | 'rpo'; readonly service: string; readonly maxSeconds: number };
