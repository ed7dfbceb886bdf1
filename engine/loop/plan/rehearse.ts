/**
 * Rehearse: every proposal lives through the same futures on forks of the believed world, one future per
 * seed. What comes out is, per promised metric, the values over the verify window.
 */
import { mean, seconds, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, applyCommand, forkWorld, os, shareDirtyNodes, takeFrames, type Command, type Refusal, type SystemSpec, type World } from '@/engine/twin';
import { secondIsBad } from '../observe/observe';
import { driftOf, lackingShare, measureMetric } from '../knowledge/measure';
import type { LoopPolicy } from '../policy';
import type { PromiseMetric } from './plan';
import type { Proposal } from './propose/propose';

export type Subject = { readonly metric: PromiseMetric; readonly subject: string; readonly unit: string };

export type Rehearsal = {
  readonly proposal: Proposal;
  readonly refusal: Refusal | null;
  /** values[i] belongs to subjects[i]: one number per seed; null where nothing was measured. */
  readonly subjects: readonly Subject[];
  readonly values: readonly (readonly (number | null)[])[];
  /** Mean share of bad seconds over the objectives, and of the time in which programs of its hosts are down or held back, from now to the end of the verify window. */
  readonly missedShare: number;
  /** Settings of its hosts that are not as configured, over the verify window. */
  readonly drift: number;
};

type Future = { readonly verify: readonly Frame[]; readonly all: readonly Frame[]; /** Around the moment of trouble that is far away; empty where none is. */ readonly ahead: readonly Frame[]; readonly refusal: Refusal | null };

/** `worlds[i]` stands at the present of seed i; none of them is changed. `aheadSeconds` > 0: a second look, so long after the verify window. */
export function rehearse(proposal: Proposal, worlds: readonly World[], subjects: readonly Subject[], system: SystemSpec, policy: LoopPolicy, aheadSeconds = 0): Rehearsal {
  const futures = worlds.map((world) => live(world, proposal.commands, policy, aheadSeconds));
  return {
    proposal,
    refusal: futures.find((future) => future.refusal !== null)?.refusal ?? null,
    subjects,
    values: subjects.map((subject) => futures.map((future) => measureMetric(subject.metric, subject.subject, future.verify, system))),
    missedShare: futures.reduce((sum, future) => sum + missedIn(future, policy), 0) / Math.max(1, futures.length),
    drift: futures.reduce((sum, { verify }) => sum + driftOf(verify), 0) / Math.max(1, futures.length),
  };
}

function live(world: World, commands: readonly Command[], policy: LoopPolicy, aheadSeconds: number): Future {
  const fork = forkWorld(world);
  let refusal: Refusal | null = null;
  for (const command of commands) {
    const result = applyCommand(fork, command);
    if (!result.ok) refusal ??= result.error;
  }
  shareDirtyNodes(fork);
  advanceWorld(fork, (fork.nowUs + seconds(policy.settleSeconds + policy.verifySeconds)) as TimeUs);
  const all = takeFrames(fork);
  return { all, verify: all.slice(policy.settleSeconds), ahead: aheadSeconds > 0 ? liveAhead(fork, aheadSeconds, policy) : [], refusal };
}

/** Skips to where doing nothing would meet trouble and lives through it. */
function liveAhead(fork: World, aheadSeconds: number, { verifySeconds }: LoopPolicy): readonly Frame[] {
  for (const host of fork.hosts) os.skipAhead(host, aheadSeconds);
  advanceWorld(fork, (fork.nowUs + seconds(verifySeconds)) as TimeUs);
  return takeFrames(fork);
}

/** Now and later count the same. */
const missedIn = ({ all, ahead }: Future, policy: LoopPolicy) => (ahead.length === 0 ? missedShareOf(all, policy) : (missedShareOf(all, policy) + missedShareOf(ahead, policy)) / 2);

function missedShareOf(frames: readonly Frame[], policy: LoopPolicy): number {
  const judged = policy.objectives.flatMap((objective) =>
    frames.flatMap((frame) => {
      const sample = frame.services.find((s) => s.service === objective.service);
      return sample === undefined ? [] : (secondIsBad(sample, objective.latencyP95MsMax, objective.errorShareMax) ?? []);
    }),
  );
  const byObjective = new Set(policy.objectives.map(({ service }) => service));
  const hosts = frames.flatMap((frame) => (frame.hosts ?? []).map((sample) => lackingShare(sample, byObjective)));
  return (judged.length === 0 ? 0 : judged.filter(Boolean).length / judged.length) + (hosts.length === 0 ? 0 : mean(hosts));
}
