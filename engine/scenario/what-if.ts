/**
 * What a change would do to a running world: fork it, let both sides live the same futures (paired
 * seeds), compare. The world itself is not touched.
 */
import { seconds, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, applyCommand, forkWorld, reseedWorld, restartTotals, setFault, shareDirtyNodes, takeFrames, type Command, type FaultKind, type Refusal, type World } from '@/engine/twin';
import { compareRuns } from './compare-runs';
import { kpisOf } from './kpis';
import type { Kpi, LatencyBand, WhatIfAnswer } from './run-report';
import { whatIfSentence } from './what-if-sentence';

/** Faults from now on and commands now. */
export type Change = { readonly title: string; readonly faults: readonly FaultKind[]; readonly commands: readonly Command[] };

export type WhatIfOptions = { readonly horizonSeconds: number; readonly seeds: readonly number[] };

type Side = { readonly frames: readonly (readonly Frame[])[]; readonly kpis: readonly Readonly<Record<string, Kpi>>[] };

/** Applies the change to the world itself; the refusals of commands that it would not take come back. */
export function applyChange(world: World, change: Change): readonly Refusal[] {
  for (const fault of change.faults) setFault(world, fault, true);
  const refusals = change.commands.flatMap((command) => {
    const result = applyCommand(world, command);
    return result.ok ? [] : [result.error];
  });
  shareDirtyNodes(world);
  return refusals;
}

export function answerWhatIf(world: World, change: Change, { horizonSeconds, seeds }: WhatIfOptions): WhatIfAnswer {
  const untilUs = (world.nowUs + seconds(horizonSeconds)) as TimeUs;
  let events = 0;
  const live = (fork: World): { frames: Frame[]; kpis: Record<string, Kpi> } => {
    const before = fork.events;
    advanceWorld(fork, untilUs);
    events += fork.events - before;
    return { frames: takeFrames(fork), kpis: kpisOf(fork) };
  };
  const runs = seeds.map((seed) => {
    const baseline = forkWorld(world);
    takeFrames(baseline);
    reseedWorld(baseline, seed);
    restartTotals(baseline);
    const variant = forkWorld(baseline);
    applyChange(variant, change);
    return { baseline: live(baseline), variant: live(variant) };
  });
  const sideOf = (side: 'baseline' | 'variant'): Side => ({ frames: runs.map((run) => run[side].frames), kpis: runs.map((run) => run[side].kpis) });
  const [baseline, variant] = [sideOf('baseline'), sideOf('variant')];
  const comparison = compareRuns([{ name: 'do nothing', kpis: baseline.kpis }, { name: change.title, kpis: variant.kpis }], seeds);
  return {
    baseline: baseline.frames[0]!,
    variant: variant.frames[0]!,
    bands: { baseline: bandsOf(baseline.frames), variant: bandsOf(variant.frames) },
    comparison,
    sentence: whatIfSentence(change.title, comparison, baseline.frames[0]!, variant.frames[0]!),
    events,
  };
}

/** Lowest and highest p99 over the seeds, per service and second. */
function bandsOf(runs: readonly (readonly Frame[])[]): LatencyBand[] {
  const first = runs[0]!;
  return (first[0]?.services ?? []).map(({ service }, s) => {
    const p99s = first.map((_, i) => runs.flatMap((frames) => frames[i]?.services[s]?.latencyP99Us ?? []));
    const milliseconds = (values: readonly number[], pick: (a: number, b: number) => number) => (values.length === 0 ? null : values.reduce((a, b) => pick(a, b)) / 1_000);
    return {
      service,
      atSeconds: first.map((frame) => frame.atUs / 1e6),
      lowerMs: p99s.map((values) => milliseconds(values, Math.min)),
      upperMs: p99s.map((values) => milliseconds(values, Math.max)),
    };
  });
}
