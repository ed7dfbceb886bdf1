/** One workload under several policies, side by side: who waited how long, who answered when, who starved. One CPU, no switch cost. */
import { invariant } from '@/engine/kernel';
import { weightOfNice } from '../weights';
import type { StudyPolicy, StudyTask } from './study-policy';

/** Pieces of work of one task, in order of time; a piece that arrives while another is being done queues behind it. */
export type StudyWork = { readonly name: string; readonly nice?: number; readonly priority?: number; readonly pieces: readonly { readonly atUs: number; readonly workUs: number }[] };

export type StudyResult = {
  readonly policy: string;
  readonly switches: number;
  readonly tasks: readonly { readonly name: string; readonly done: number; readonly cpuUs: number; readonly meanWaitUs: number; readonly meanResponseUs: number; readonly worstResponseUs: number; /** Longest time ready without running. */ readonly longestStarvedUs: number }[];
};

type Live = { -readonly [K in keyof StudyTask]: StudyTask[K] } & { readonly work: StudyWork; next: number; queue: { atUs: number; leftUs: number; workUs: number }[]; responses: number[]; waits: number[]; starvedUs: number };

/** Runs until `untilUs`; unfinished pieces do not count in the means, but their starvation does. */
export function studySchedulers(works: readonly StudyWork[], policies: readonly StudyPolicy[], untilUs: number): StudyResult[] {
  return policies.map((policy) => study(works, policy, untilUs));
}

function study(works: readonly StudyWork[], policy: StudyPolicy, untilUs: number): StudyResult {
  const tasks = works.map((work, id): Live => ({ id, name: work.name, nice: work.nice ?? 0, priority: work.priority ?? 0, readySinceUs: 0, ranUs: 0, workLeftUs: 0, vruntimeUs: 0, work, next: 0, queue: [], responses: [], waits: [], starvedUs: 0 }));
  const ready: Live[] = [];
  let nowUs = 0;
  let running: Live | null = null;
  let switches = 0;
  const least = () => ready.reduce((low, { vruntimeUs }) => Math.min(low, vruntimeUs), running?.vruntimeUs ?? Infinity);
  const admit = (): boolean => {
    let preempted = false;
    for (const task of tasks) {
      for (; task.next < task.work.pieces.length && task.work.pieces[task.next]!.atUs <= nowUs; task.next += 1) {
        const { atUs, workUs } = task.work.pieces[task.next]!;
        invariant(workUs > 0, `work of ${task.name} at ${atUs} µs must be more than nothing`);
        task.queue.push({ atUs, leftUs: workUs, workUs });
        if (task.queue.length > 1) continue;
        task.workLeftUs = workUs;
        task.readySinceUs = nowUs;
        const floor = least();
        if (floor < Infinity) task.vruntimeUs = Math.max(task.vruntimeUs, floor);
        ready.push(task);
        if (running !== null && policy.preempts(task, running)) preempted = true;
      }
    }
    return preempted;
  };
  const nextArrival = () => tasks.reduce((soonest, { next, work }) => Math.min(soonest, work.pieces[next]?.atUs ?? Infinity), Infinity);
  const requeue = (task: Live) => {
    task.readySinceUs = nowUs;
    ready.push(task);
  };

  while (nowUs < untilUs) {
    admit();
    if (ready.length === 0) {
      nowUs = nextArrival();
      continue;
    }
    const index = policy.pick(ready, nowUs);
    invariant(Number.isInteger(index) && index >= 0 && index < ready.length, `${policy.name} chose ${index} of ${ready.length} ready tasks`);
    const chosen = ready.splice(index, 1)[0]!;
    chosen.starvedUs = Math.max(chosen.starvedUs, nowUs - chosen.readySinceUs);
    if (running !== chosen) switches += 1;
    running = chosen;
    const sliceEndsUs = nowUs + Math.max(1, policy.sliceUs(chosen, [chosen, ...ready]));
    for (;;) {
      const stopUs = Math.min(sliceEndsUs, nowUs + chosen.workLeftUs, nextArrival(), untilUs);
      const ranUs = stopUs - nowUs;
      nowUs = stopUs;
      chosen.ranUs += ranUs;
      chosen.workLeftUs -= ranUs;
      chosen.vruntimeUs += (ranUs * 1_024) / weightOfNice(chosen.nice);
      const preempted = admit();
      if (chosen.workLeftUs <= 0) finishPiece(chosen, nowUs);
      if (chosen.workLeftUs <= 0) break;
      if (preempted || nowUs >= sliceEndsUs || nowUs >= untilUs) {
        requeue(chosen);
        break;
      }
    }
  }
  for (const task of ready) task.starvedUs = Math.max(task.starvedUs, nowUs - task.readySinceUs);
  return { policy: policy.name, switches, tasks: tasks.map(resultOf) };
}

/** Answers the piece in hand and takes up the next that waits. */
function finishPiece(task: Live, nowUs: number): void {
  const { atUs, workUs } = task.queue.shift()!;
  task.responses.push(nowUs - atUs);
  task.waits.push(nowUs - atUs - workUs);
  task.workLeftUs = task.queue[0]?.workUs ?? 0;
}

function resultOf({ name, ranUs, responses, waits, starvedUs }: Live): StudyResult['tasks'][number] {
  const mean = (values: readonly number[]) => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);
  return { name, done: responses.length, cpuUs: ranUs, meanWaitUs: mean(waits), meanResponseUs: mean(responses), worstResponseUs: responses.reduce((most, value) => Math.max(most, value), 0), longestStarvedUs: starvedUs };
}
