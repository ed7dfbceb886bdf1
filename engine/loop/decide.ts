/** One decision: from frames to findings, judged candidates and at most one rehearsed plan, with a hash that names it. */
import { hashState, type TimeUs } from '@/engine/kernel';
import { hostsOfOrder, isHostOrder, os, type SystemSpec } from '@/engine/twin';
import { analyze, type Finding } from './analyze/analyze';
import { isIneffective, modelErrorOf, triedOn } from './knowledge/knowledge';
import { latestFrames, policyForFrames, secondsOf } from './observe/frame-seconds';
import { observe, type Observation } from './observe/observe';
import { assemblePlan } from './plan/assemble';
import { aheadSeconds, believedWorlds, policyFor } from './plan/believe/believed-worlds';
import { choose, type Judged } from './plan/choose';
import type { Fingerprint, RehearsedPlan } from './plan/plan';
import { predict } from './plan/predict';
import { propose, type Proposal, type Readiness } from './plan/propose/propose';
import { rehearse, type Subject } from './plan/rehearse';
import { scoreRehearsal } from './plan/score';
import type { LoopPolicy } from './policy';
import type { LoopConfig, LoopState } from './run-loop';

export type Decision = {
  readonly atUs: TimeUs;
  readonly observation: Observation;
  readonly findings: readonly Finding[];
  readonly candidates: readonly Judged[];
  readonly chosen: RehearsedPlan | null;
  /** Why nothing was rehearsed or chosen, when so. */
  readonly because: string | null;
  readonly decisionHash: string;
};

/** Nothing is decided on less. */
export const OBSERVED_SECONDS_MIN = 5;

export function decide(state: LoopState, fingerprints: readonly Fingerprint[], config: LoopConfig): Decision {
  const { system } = config;
  const watching = policyForFrames(config.policy, state.frames);
  const observation = observe(state.frames, system, watching);
  const findings = analyze(observation, watching);
  const busy = whyNotNow(state, findings, watching);
  const proposals = busy === null ? allowed(propose(findings, observation, system, readiness(state, observation.atUs, watching)), state) : [];
  if (proposals.length <= 1) return finish({ atUs: observation.atUs, observation, findings, candidates: [], chosen: null, because: busy ?? (findings.length === 0 ? 'nothing was found' : 'no change is possible now') });

  const policy = policyFor(proposals, watching);
  const seeds = Array.from({ length: policy.rehearsalSeeds }, (_, i) => config.seed * 1_000 + i);
  const worlds = believedWorlds(proposals, state.frames, observation, system, policy, seeds);
  const rehearsals = proposals.map((proposal) => rehearse(proposal, worlds, subjectsOf(proposals, system, policy), system, policy, aheadSeconds(observation, policy)));
  const { judged, chosen } = choose(rehearsals.map((rehearsal) => ({ rehearsal, score: scoreRehearsal(rehearsal, observation, policy) })), policy);
  if (chosen === null) return finish({ atUs: observation.atUs, observation, findings, candidates: judged, chosen: null, because: 'no change beats doing nothing' });

  const modelError = (metric: Subject['metric']) => (metric === 'usdPerHour' ? 0 : modelErrorOf(state.knowledge, metric, config.windowErrors));
  const promised = ({ metric, subject }: Subject) => metric !== 'cpuCores' || chosen.rehearsal.proposal.services.includes(subject);
  const promises = {
    predicted: predict(chosen.rehearsal, promised, policy.level, modelError),
    doNothing: predict(rehearsals[0]!, promised, policy.level, modelError),
  };
  const plan = assemblePlan(chosen, judged, promises, observation, policy, {
    target: config.target,
    fingerprints,
    author: 'decision loop',
    why: findings.map((finding) => `${finding.subject}: ${finding.detail}`).join('; '),
    engineVersion: config.engineVersion,
    seeds,
    observationHash: hashState(observation),
    calibrationError: config.calibrationError,
    nowUs: observation.atUs,
  });
  return finish({ atUs: observation.atUs, observation, findings, candidates: judged, chosen: plan, because: null });
}

/** The hash covers everything that was seen and decided, and nothing of how the answer is carried out. */
function finish(decision: Omit<Decision, 'decisionHash'>): Decision {
  const { candidates, chosen, ...rest } = decision;
  const judged = candidates.map(({ rehearsal, score, rejectedBecause }) => ({ title: rehearsal.proposal.title, values: rehearsal.values, score, rejectedBecause }));
  return { ...decision, decisionHash: hashState({ ...rest, judged, planId: chosen?.planId ?? null }) };
}

function whyNotNow(state: LoopState, findings: readonly Finding[], policy: LoopPolicy): string | null {
  if (secondsOf(latestFrames(state.frames, policy.windowSeconds)) < Math.min(policy.windowSeconds, OBSERVED_SECONDS_MIN)) return 'too little was observed';
  if (state.executing !== null) return 'a plan is being executed';
  if (state.verifying !== null) return 'a plan is being verified';
  if (state.proposed !== null) return 'a plan waits for approval';
  return findings.length === 0 ? 'nothing was found' : null;
}

/** Saving money can wait a cooldown since it was last judged; trouble waits only for the last plan to settle. */
const readiness = (state: LoopState, nowUs: TimeUs, policy: LoopPolicy): Readiness => {
  const rested = (since: TimeUs | undefined) => since === undefined || nowUs - since >= policy.cooldownSeconds * 1_000_000;
  return { forMore: (service) => rested(state.touchedAtUs.get(service)), forLess: (service) => rested(state.touchedAtUs.get(service)) && rested(state.judgedAtUs.get(service)) };
};

/** An action that twice changed nothing is not proposed a third time. */
const allowed = (proposals: readonly Proposal[], state: LoopState) =>
  proposals.filter((proposal) => proposal.commands.every((command) => {
      const subject = triedOn(command);
      return subject === null || !isIneffective(state.knowledge, subject, command.kind);
    }),
  );

const hostsOf = (proposals: readonly Proposal[]) => [...new Set(proposals.flatMap(({ commands }) => commands.flatMap((command) => (isHostOrder(command) ? hostsOfOrder(command) : []))))];
const isOnHost = (name: string, { hosts = [] }: SystemSpec) => hosts.some((host) => host.programs.some((program) => os.serviceOfSpec(host.name, program) === name));

/** What a plan promises: the objectives' latency and errors, the CPU of what it changes, the money. */
export function subjectsOf(proposals: readonly Proposal[], system: SystemSpec, policy: LoopPolicy): Subject[] {
  const touched = [...new Set(proposals.flatMap((proposal) => proposal.services))];
  const watched = [...new Set([...policy.objectives.map((o) => o.service), ...touched])].filter((name) => name === 'client' || system.services.some((s) => s.name === name) || isOnHost(name, system));
  return [
    ...watched.flatMap((subject): Subject[] => [{ metric: 'latencyP95Ms', subject, unit: 'ms' }, { metric: 'errorShare', subject, unit: 'share' }]),
    ...touched.map((subject): Subject => ({ metric: 'cpuCores', subject, unit: 'cores' })),
    ...hostsOf(proposals).flatMap((subject): Subject[] => [{ metric: 'downShare', subject, unit: 'share' }, { metric: 'diskUsedShare', subject, unit: 'share' }]),
    { metric: 'usdPerHour', subject: 'system', unit: '$/h' },
  ];
}
