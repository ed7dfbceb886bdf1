/**
 * Scheduling policies to compare on one CPU. A policy chooses among the tasks that are ready, and says how long its choice
 * may run before it is asked again; a user's own one is any object of this shape.
 */
import { weightOfNice } from '../weights';

export type StudyTask = {
  readonly id: number;
  readonly name: string;
  readonly nice: number;
  /** 0 is the most urgent. */
  readonly priority: number;
  /** When it became ready or was last put back, µs. */
  readonly readySinceUs: number;
  readonly ranUs: number;
  readonly workLeftUs: number;
  /** Weighted run time, kept by the study for fair policies; sleepers are placed at the least of those ready. */
  readonly vruntimeUs: number;
};

export type StudyPolicy = {
  readonly name: string;
  /** Index into `ready` (never empty, in order of having become ready). */
  pick(ready: readonly StudyTask[], nowUs: number): number;
  /** How long the chosen one runs at most. */
  sliceUs(chosen: StudyTask, ready: readonly StudyTask[]): number;
  /** Whether a task that becomes ready takes the CPU at once. */
  preempts(waking: StudyTask, running: StudyTask): boolean;
};

const leastBy = (tasks: readonly StudyTask[], of: (task: StudyTask) => number) => tasks.reduce((best, task, i) => (of(task) < of(tasks[best]!) ? i : best), 0);

export const roundRobin = (quantumUs = 10_000): StudyPolicy => ({ name: `round robin, ${quantumUs / 1_000} ms`, pick: () => 0, sliceUs: () => quantumUs, preempts: () => false });

/** Strict priorities; each `ageUs` of waiting counts as one level, so that nobody waits for ever. Infinity: no ageing. */
export const priorityWithAgeing = (ageUs = 100_000): StudyPolicy => ({
  name: ageUs === Infinity ? 'priority, no ageing' : `priority, one level per ${ageUs / 1_000} ms waited`,
  pick: (ready, nowUs) => leastBy(ready, ({ priority, readySinceUs }) => priority - (nowUs - readySinceUs) / ageUs),
  sliceUs: () => 20_000,
  preempts: (waking, running) => waking.priority < running.priority,
});

const LATENCY_US = 6_000;
const GRANULARITY_US = 750;

/** As Linux until 6.5: least vruntime, the latency target shared by weight. */
export const cfs: StudyPolicy = {
  name: 'CFS',
  pick: (ready) => leastBy(ready, ({ vruntimeUs }) => vruntimeUs),
  sliceUs: (chosen, ready) => Math.max(GRANULARITY_US, (LATENCY_US * weightOfNice(chosen.nice)) / ready.reduce((sum, { nice }) => sum + weightOfNice(nice), 0)),
  preempts: (waking, running) => running.vruntimeUs - waking.vruntimeUs > GRANULARITY_US,
};

/** As Linux since 6.6: among those not ahead of the average the earliest virtual deadline, a slice of `sliceUs` away. */
export const eevdf = (sliceUs = 2_800): StudyPolicy => {
  const deadline = ({ vruntimeUs, nice }: StudyTask) => vruntimeUs + (sliceUs * 1_024) / weightOfNice(nice);
  return {
    name: 'EEVDF',
    pick(ready) {
      const weight = ready.reduce((sum, { nice }) => sum + weightOfNice(nice), 0);
      const average = ready.reduce((sum, { nice, vruntimeUs }) => sum + weightOfNice(nice) * vruntimeUs, 0) / weight;
      return leastBy(ready, (task) => (task.vruntimeUs <= average + 1e-6 ? deadline(task) : Infinity));
    },
    sliceUs: () => sliceUs,
    preempts: (waking, running) => deadline(waking) < deadline(running),
  };
};

export const STUDIED: readonly StudyPolicy[] = [roundRobin(), priorityWithAgeing(Infinity), priorityWithAgeing(), cfs, eevdf()];
