/** What the simulation worker offers the pages. Progress comes through comlink-proxied callbacks. */
import type { Result } from '@/engine/kernel';
import type { AskedMode, Change, CompareReport, RightSizeQuestion, RightSizeVariant, RunReport, ScenarioSpec, WhatIfAnswer } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import type { IdentityInspection, MeshSpec, NetJsonGraph, Refusal, ReplicaExplanation, RouterInspection, Span, SpecIssue } from '@/engine/twin';

export type RunProgress = { readonly doneSeconds: number; readonly totalSeconds: number; readonly events: number; readonly frames: readonly Frame[] };
export type CompareProgress = { readonly runsDone: number; readonly runsTotal: number };

export type SimulationApi = {
  /** Runs a scenario to its end, request by request or as flows; `onProgress` hears about every slice with the frames it made. */
  run(spec: ScenarioSpec, mode: AskedMode, onProgress: (progress: RunProgress) => void): Promise<Result<RunReport, readonly SpecIssue[]>>;
  /** Same seeds for every variant; the first variant is the baseline of the differences. */
  compare(variants: readonly { readonly name: string; readonly spec: ScenarioSpec }[], seeds: readonly number[], onProgress: (progress: CompareProgress) => void): Promise<Result<CompareReport, readonly SpecIssue[]>>;
  /** Opens the interactive world and advances it by `warmSeconds`; its frames so far come back. */
  open(spec: ScenarioSpec, warmSeconds: number): Promise<Result<readonly Frame[], readonly SpecIssue[]>>;
  /** Advances the interactive world and returns the new frames. */
  advance(seconds: number): Promise<readonly Frame[]>;
  /** Applies the change to the interactive world itself. Undo restores the fork taken before it; refused commands come back. */
  apply(change: Change): Promise<readonly Refusal[]>;
  undo(): Promise<boolean>;
  /** Forks the interactive world: do nothing against the change, `seeds` paired runs of `horizonSeconds`. */
  whatIf(change: Change, horizonSeconds: number, seeds: number): Promise<WhatIfAnswer>;
  /** One router's tables in the interactive world at a second that has passed, or now; null when it has none, or that second is not kept. */
  inspectRouter(router: string, atSeconds: number | null): Promise<RouterInspection | null>;
  inspectIdentity(atSeconds: number | null): Promise<IdentityInspection | null>;
  /** Why a replica is on its node and on no other, and the smallest change that would move it. */
  explainReplica(replica: string, atSeconds: number | null): Promise<ReplicaExplanation | null>;
  /** The mesh of the interactive world as it is now. */
  netJson(): Promise<NetJsonGraph | null>;
  /** Plays a mesh alone and gives what a laboratory would have recorded of it: JSON lines. */
  recordMesh(mesh: MeshSpec, seconds: number, seed: number): Promise<string>;
  /** What a laboratory would have recorded of a stretch of the interactive world itself, with what was done to it: JSON lines. */
  recordSpan(mesh: MeshSpec, span: Span): Promise<string>;
  /** The systems that right-sizing would play against the one of today, by each method, from a history of use. */
  rightSize(question: RightSizeQuestion): Promise<Result<readonly RightSizeVariant[], readonly SpecIssue[]>>;
  stop(): Promise<void>;
};
