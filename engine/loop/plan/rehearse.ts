/**
 * Rehearse: every proposal lives through the same futures on forks of the believed world, one future per
 * seed. What comes out is, per promised metric, the values over the verify window.
 */
import { seconds, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, applyCommand, forkWorld, shareDirtyNodes, takeFrames, type Command, type Refusal, type SystemSpec, type World } from '@/engine/twin';
import { secondIsBad } from '../observe/observe';
import { measureMetric } from '../knowledge/measure';
import type { LoopPolicy } from '../policy';
import type { PromiseMetric } from './plan';
import type { Proposal } from './propose';

export type Subject = { readonly metric: PromiseMetric; readonly subject: string; readonly unit: string };

export type Rehearsal = {
  readonly proposal: Proposal;
  readonly refusal: Refusal | null;
  /** values[i] belongs to subjects[i]: one number per seed; null where nothing was measured. */
  readonly subjects: readonly Subject[];
  readonly values: readonly (readonly (number | null)[])[];
  /** Mean share of bad seconds over the objectives, from now to the end of the verify window. */
  readonly missedShare: number;
};

type Future = { readonly verify: readonly Frame[]; readonly all: readonly Frame[]; readonly refusal: Refusal | null };

/** `worlds[i]` stands at the present of seed i; none of them is changed. */
export function rehearse(proposal: Proposal, worlds: readonly World[], subjects: readonly Subject[], system: SystemSpec, policy: LoopPolicy): Rehearsal {
  const futures = worlds.map((world) => live(world, proposal.commands, policy));
  return {
    proposal,
    refusal: futures.find((future) => future.refusal !== null)?.refusal ?? null,
    subjects,
    values: subjects.map((subject) => futures.map((future) => measureMetric(subject.metric, subject.subject, future.verify, system))),
    missedShare: futures.reduce((sum, future) => sum + missedShareOf(future.all, policy), 0) / Math.max(1, futures.length),
  };
}

function live(world: World, commands: readonly Command[], policy: LoopPolicy): Future {
  const fork = forkWorld(world);
  let refusal: Refusal | null = null;
  for (const command of commands) {
    const result = applyCommand(fork, command);
    if (!result.ok) refusal ??= result.error;
  }
  shareDirtyNodes(fork);
  advanceWorld(fork, (fork.nowUs + seconds(policy.settleSeconds + policy.verifySeconds)) as TimeUs);
  const all = takeFrames(fork);
  return { all, verify: all.slice(policy.settleSeconds), refusal };
}

function missedShareOf(frames: readonly Frame[], policy: LoopPolicy): number {
  const judged = policy.objectives.flatMap((objective) =>
    frames.flatMap((frame) => {
      const sample = frame.services.find((s) => s.service === objective.service);
      return sample === undefined ? [] : (secondIsBad(sample, objective.latencyP95MsMax, objective.errorShareMax) ?? []);
    }),
  );
  return judged.length === 0 ? 0 : judged.filter(Boolean).length / judged.length;
}
