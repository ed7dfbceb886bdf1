/** What scheduler facts ask about preemption. Victims are answered by name, as the facts list them. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import type { Operation, Operations } from '../fact';
import { readInput } from '../read-input';
import { budgetOf, clusterOf, factRules } from './from-fact';
import { budget, cluster } from './schemas';

const preemptionFact = cluster.extend({
  filters: z.array(z.enum(kubernetes.FILTER_NAMES)).optional(),
  pdbs: z.array(budget).nullish(),
  nominatedNodeVerdict: z.enum(['fit', 'no', 'never']).nullish(),
  verified: z.unknown().optional(),
});

function prepared(fact: unknown, version: kubernetes.KubernetesVersion) {
  const input = readInput(preemptionFact, fact);
  const base = kubernetes.defaultProfile(version);
  const profile = { ...base, filters: input.filters ?? base.filters, settings: { ...base.settings, rules: factRules(input.verified, version) } };
  return { ...clusterOf(input), profile, budgets: (input.pdbs ?? []).map(budgetOf), nominatedNodeVerdict: input.nominatedNodeVerdict ?? null };
}

const victimNames = ({ victims }: kubernetes.PreemptionCandidate) => victims.map(({ name }) => name).sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));

const dryRun: Operation = (fact, version) => {
  const { pod, snapshot, asked, budgets, profile } = prepared(fact, version);
  const candidates = kubernetes.dryRunPreemption(pod, asked, snapshot, budgets, profile);
  return { candidates: candidates.map((candidate) => ({ node: candidate.nodeName, victims: victimNames(candidate), pdbViolations: candidate.budgetViolations })) };
};

const pick: Operation = (fact, version) => {
  const { pod, snapshot, asked, budgets, profile } = prepared(fact, version);
  const best = kubernetes.bestCandidates(kubernetes.dryRunPreemption(pod, asked, snapshot, budgets, profile));
  return { anyOf: best.map(({ nodeName }) => nodeName) };
};

const preempt: Operation = (fact, version) => {
  const { pod, snapshot, budgets, profile } = prepared(fact, version);
  const candidate = kubernetes.preempt(pod, snapshot, budgets, profile);
  return candidate === null ? { node: null, victims: [] } : { node: candidate.nodeName, victims: victimNames(candidate) };
};

const eligible: Operation = (fact, version) => {
  const { pod, snapshot, nominatedNodeVerdict } = prepared(fact, version);
  return kubernetes.mayPreempt(pod, snapshot, nominatedNodeVerdict);
};

export const PREEMPTION_OPERATIONS: Operations = { 'preempt-dryrun': dryRun, 'preempt-pick': pick, preempt, 'preempt-eligible': eligible };
