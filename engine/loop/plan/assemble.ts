/** Puts a chosen candidate into the form that is approved, executed and scored, and names it by its digest. */
import { canonicalJson, sha256, type TimeUs } from '@/engine/kernel';
import { effectClassOf, inverseCommand, isHostOrder, objectOfHostOrder, os, type Command } from '@/engine/twin';
import type { Observation } from '../observe/observe';
import type { LoopPolicy } from '../policy';
import type { Candidate, Judged } from './choose';
import type { Fingerprint, PlanBody, PlanStep, Prediction, RehearsedPlan } from './plan';
import { replicasTouched } from './score';

export type PlanFrame = {
  readonly target: PlanBody['target'];
  readonly fingerprints: readonly Fingerprint[];
  readonly author: string;
  readonly why: string;
  readonly engineVersion: string;
  readonly seeds: readonly number[];
  readonly observationHash: string;
  readonly calibrationError: number | null;
  readonly nowUs: TimeUs;
};

export function assemblePlan(chosen: Candidate, judged: readonly Judged[], promises: { predicted: readonly Prediction[]; doNothing: readonly Prediction[] }, observation: Observation, policy: LoopPolicy, frame: PlanFrame): RehearsedPlan {
  const { proposal } = chosen.rehearsal;
  const body: PlanBody = {
    formatVersion: 1,
    title: capitalized(proposal.title),
    why: frame.why,
    target: frame.target,
    fingerprints: frame.fingerprints.filter((f) => proposal.services.some((service) => f.object === `service/${service}`) || proposal.commands.some((command) => f.object === objectOf(command))),
    steps: proposal.commands.map((command, index) => assembleStep(command, index, observation, frame)),
    predicted: promises.predicted,
    doNothing: promises.doNothing,
    verifySeconds: policy.verifySeconds,
    settleSeconds: policy.settleSeconds,
    evidence: {
      engineVersion: frame.engineVersion,
      seeds: frame.seeds,
      observationHash: frame.observationHash,
      calibrationError: frame.calibrationError,
      rejected: judged.flatMap((candidate) =>
        candidate.rejectedBecause === null
          ? []
          : [{ title: candidate.rehearsal.proposal.title, commands: candidate.rehearsal.proposal.commands, score: candidate.score.total, because: candidate.rejectedBecause }],
      ),
    },
    author: frame.author,
    createdAtUs: frame.nowUs,
    expiresAtUs: (frame.nowUs + policy.planTtlSeconds * 1_000_000) as TimeUs,
  };
  return rehearsedPlan(body);
}

/** The plan of a body: its id is the SHA-256 of the canonical JSON, so any edit makes another plan. */
export const rehearsedPlan = (body: PlanBody): RehearsedPlan => ({ stage: 'rehearsed', planId: sha256(canonicalJson(body)), body });

/** True when the body still has the digest that the plan is named by. */
export const planIsIntact = (plan: Pick<RehearsedPlan, 'planId' | 'body'>): boolean => sha256(canonicalJson(plan.body)) === plan.planId;

export function objectOf(command: Command): string {
  if (isHostOrder(command)) return objectOfHostOrder(command);
  if ('service' in command) return `service/${command.service}`;
  if ('router' in command) return `router/${command.router}`;
  return 'trustDomain' in command ? `trust-domain/${command.trustDomain}` : `node/${command.node}`;
}

function assembleStep(command: Command, index: number, observation: Observation, frame: PlanFrame): PlanStep {
  const object = objectOf(command);
  return {
    index,
    command,
    precondition: frame.fingerprints.find((f) => f.object === object) ?? { object, version: '' },
    inverse: inverseCommand(command, { services: observation.services, routers: observation.mesh?.routers, hosts: observation.hosts?.map(({ samples }) => os.settingsOfSample(samples.at(-1)!)) }),
    effectClass: effectClassOf(command),
    blastRadius: { services: 'service' in command ? [command.service] : isHostOrder(command) && 'program' in command ? [serviceOf(command, observation)] : [], replicas: replicasTouched(command, observation) },
  };
}

const serviceOf = ({ host, program: name }: { readonly host: string; readonly program: string }, { hosts }: Observation) => os.serviceOfProgram(host, hosts?.find((each) => each.host === host)?.samples.at(-1)?.programs.find(({ program }) => program === name) ?? { program: name, service: null });

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
