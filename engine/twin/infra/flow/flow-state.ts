/**
 * Requests as flows inside a world that is otherwise the same: nodes, replicas, faults, commands and autoscalers live as
 * always, single requests are not made. Once a second what they would have done is booked where the sampler, the bill and
 * the autoscalers look for it.
 */
import type { Laws } from './laws';
import type { Points } from './distribution';
import type { FlowSolution } from './solve-flow';

export type FlowState = {
  /** Solved anew after so long, or when what it depends on has changed. */
  readonly everyUs: number;
  solution: FlowSolution | null;
  /** By service: what is booked of its answers, and of those in time. */
  points: readonly { readonly response: Points; readonly good: Points }[];
  solvedUs: number;
  /** What the solution was worked out for. */
  basis: string;
  /** Requests that wait at each service because more came than it could do. */
  readonly backlogs: number[];
  readonly hitShares: Map<string, number>;
  readonly laws: Laws;
  /** Solutions found, and rounds they took. */
  solved: number;
  rounds: number;
};

export const flowState = (services: number, everySeconds: number): FlowState => ({ everyUs: everySeconds * 1e6, solution: null, points: [], solvedUs: -1, basis: '', backlogs: new Array<number>(services).fill(0), hitShares: new Map(), laws: new Map(), solved: 0, rounds: 0 });
