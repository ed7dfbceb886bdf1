/**
 * One start on the exact CPU model: the program's bursts compete for their CPU with whoever is there, under the group's quota,
 * while somebody outside asks every two milliseconds whether it listens, and then for an answer.
 */
import { invariant } from '@/engine/kernel';
import { addCpuGroup, addCpuTask, callAt, createCpuHost, giveWork, runCpuHost, type CpuHost } from '../../cpu';
import { LAUNCH_MS } from './launch';

export type StartPlan = {
  readonly cpus: readonly number[];
  readonly hostCpus: number;
  readonly seed: number;
  readonly hogs: number;
  readonly quotaUs: number | null;
  readonly periodUs: number;
  readonly joinMs: number;
  readonly bursts: number;
  readonly listenCpuMs: number;
  readonly pauseMs: number;
  readonly listens: boolean;
  readonly warmUpCpuMs: number;
  readonly answerCpuMs: number;
  readonly answerMs: number;
};

export type StartResult = { readonly listenMs: number | null; readonly readyMs: number; readonly cpuMs: number };

/** The asker: a timer of 2 ms that fires a little late. */
const POLL_MS = 2.15;
const SETTLE_US = 200_000;
const LONGEST_US = 3_600e6;
const Call = { begin: 1, burst: 2, poll: 3, answered: 4 } as const;

export function simulateStart(plan: StartPlan): StartResult {
  const host = createCpuHost({ cpus: plan.hostCpus, seed: plan.seed, kernel: { switchCostUs: 100 } });
  const above = addCpuGroup(host, { name: 's' });
  const group = addCpuGroup(host, { name: 's/t', parent: above, cpus: plan.cpus, ...(plan.quotaUs === null ? {} : { quotaUs: plan.quotaUs, periodUs: plan.periodUs }) });
  const neighbours = addCpuGroup(host, { name: 's/hog', parent: above, cpus: plan.cpus });
  for (let i = 0; i < plan.hogs; i += 1) giveWork(host, addCpuTask(host, { name: `hog${i}`, group: neighbours }), Infinity);
  const task = addCpuTask(host, { name: 'program', group });
  const startUs = SETTLE_US;
  const state = { burst: 0, phase: 'starting' as 'starting' | 'warming' | 'waiting' | 'answering' | 'done', listenUs: -1, seenUs: -1, readyUs: -1 };
  const give = (ms: number) => giveWork(host, task, Math.max(1, ms * 1_000));

  const listening = (now: number) => {
    state.listenUs = now;
    if (!plan.listens) return finish(now);
    state.phase = plan.warmUpCpuMs > 0 ? 'warming' : 'waiting';
    if (plan.warmUpCpuMs > 0) give(plan.warmUpCpuMs);
  };
  const finish = (now: number) => {
    state.phase = 'done';
    state.readyUs = now;
  };
  const ask = (now: number) => {
    if (state.listenUs >= 0 && state.seenUs < 0) state.seenUs = now;
    if (state.phase === 'waiting') {
      state.phase = 'answering';
      give(plan.answerCpuMs);
    } else if (state.phase !== 'done' && state.phase !== 'answering') callAt(host, now + POLL_MS * 1_000, 0, Call.poll);
  };
  const workDone = ({ nowUs }: CpuHost) => {
    if (state.phase === 'starting') {
      state.burst += 1;
      if (state.burst >= plan.bursts) listening(nowUs);
      else callAt(host, nowUs + (plan.pauseMs * 1_000) / Math.max(1, plan.bursts - 1), 0, Call.burst);
    } else if (state.phase === 'warming') state.phase = 'waiting';
    else if (state.phase === 'answering') callAt(host, nowUs + plan.answerMs * 1_000, 0, Call.answered);
  };
  const called = ({ nowUs }: CpuHost, _subject: number, detail: number) => {
    if (detail === Call.begin || detail === Call.burst) give(plan.listenCpuMs / plan.bursts);
    else if (detail === Call.poll) ask(nowUs);
    else if (detail === Call.answered) finish(nowUs);
  };
  callAt(host, startUs + (LAUNCH_MS + plan.joinMs) * 1_000, 0, Call.begin);
  if (plan.listens) callAt(host, startUs + POLL_MS * 100, 0, Call.poll);
  let untilUs = startUs + 50_000;
  while (state.phase !== 'done' && untilUs < LONGEST_US) {
    runCpuHost(host, untilUs, { workDone, called });
    untilUs += 50_000;
  }
  invariant(state.phase === 'done', 'a start takes at most an hour');
  return { listenMs: state.seenUs < 0 ? null : (state.seenUs - startUs) / 1_000, readyMs: (state.readyUs - startUs) / 1_000, cpuMs: host.tasks[task]!.cpuUs / 1_000 };
}
