/**
 * Rehearses a plan that somebody else wrote: the same believed worlds, futures and bands as the loop's own
 * candidates get, for one proposal against doing nothing. Adds predictions and evidence, changes nothing else.
 */
import { err, hashState, ok, type Result } from '@/engine/kernel';
import { isHostOrder, os } from '@/engine/twin';
import { OBSERVED_SECONDS_MIN, subjectsOf } from '../decide';
import { modelErrorOf } from '../knowledge/knowledge';
import { latestFrames, policyForFrames, secondsOf } from '../observe/frame-seconds';
import { observe } from '../observe/observe';
import type { LoopConfig, LoopState } from '../run-loop';
import { believedWorlds, policyFor } from './believe/believed-worlds';
import type { DraftPlan, PlanBody, PromiseMetric } from './plan';
import { predict } from './predict';
import { DO_NOTHING, type Proposal } from './propose/propose';
import { rehearse } from './rehearse';

/** The error says why there is nothing to promise. */
export function rehearseDraft(draft: DraftPlan, { frames, knowledge }: Pick<LoopState, 'frames' | 'knowledge'>, config: LoopConfig): Result<PlanBody, string> {
  const { stage: _stage, ...body } = draft;
  const { system, calibrationError } = config;
  const services = [...new Set(draft.steps.flatMap(({ command }) => ('service' in command ? [command.service] : isHostOrder(command) && 'program' in command ? [os.hostServiceName(command.host, command.program)] : [])))];
  const proposal: Proposal = { title: draft.title, commands: draft.steps.map(({ command }) => command), services };
  const policy = { ...policyFor([proposal], policyForFrames(config.policy, frames)), settleSeconds: draft.settleSeconds, verifySeconds: draft.verifySeconds };
  const observation = observe(frames, system, policy);
  const observedSeconds = secondsOf(latestFrames(frames, policy.windowSeconds));
  if (observedSeconds < OBSERVED_SECONDS_MIN) return err(`${observedSeconds} seconds were observed, ${OBSERVED_SECONDS_MIN} are needed`);
  const seeds = Array.from({ length: policy.rehearsalSeeds }, (_, i) => config.seed * 1_000 + i);
  const worlds = believedWorlds([proposal], frames, observation, system, policy, seeds);
  const subjects = subjectsOf([DO_NOTHING, proposal], system, policy);
  const [doNothing, changed] = [DO_NOTHING, proposal].map((each) => rehearse(each, worlds, subjects, system, policy)) as [ReturnType<typeof rehearse>, ReturnType<typeof rehearse>];
  if (changed.refusal !== null) return err(`the twin refused it: ${JSON.stringify(changed.refusal)}`);
  const modelError = (metric: PromiseMetric) => (metric === 'usdPerHour' ? 0 : modelErrorOf(knowledge, metric, config.windowErrors));
  const evidence = { engineVersion: config.engineVersion, seeds, observationHash: hashState(observation), calibrationError, rejected: [] };
  return ok({ ...body, predicted: predict(changed, () => true, policy.level, modelError), doNothing: predict(doNothing, () => true, policy.level, modelError), evidence });
}
