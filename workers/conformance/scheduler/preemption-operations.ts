/** What scheduler facts ask about preemption. Victims are answered by name, as the facts list them. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import type { Fact, Operations } from '../fact';
import { operation } from '../operation';
import { budgetOf, clusterOf, factRules } from './from-fact';
import { budget, cluster } from './schemas';

const preemptionFact = cluster.extend({
  filters: z.array(z.enum(kubernetes.FILTER_NAMES)).optional(),
  pdbs: z.array(budget).nullish(),
  nominatedNodeVerdict: z.enum(['fit', 'no', 'never']).nullish(),
});

function prepared(input: z.output<typeof preemptionFact>, version: kubernetes.KubernetesVersion, { verified }: Fact) {
  const base = kubernetes.defaultProfile(version);
  const profile = { ...base, filters: input.filters ?? base.filters, settings: { ...base.settings, rules: factRules(verified, version) } };
  return { ...clusterOf(input), profile, budgets: (input.pdbs ?? []).map(budgetOf) };
}

const victimNames = ({ victims }: kubernetes.PreemptionCandidate) => victims.map(({ name }) => name).sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));

const dryRun = operation(preemptionFact, (input, version, fact) => {
  const { pod, snapshot, asked, budgets, profile } = prepared(input, version, fact);
  const candidates = kubernetes.dryRunPreemption(pod, asked, snapshot, budgets, profile);
  return { candidates: candidates.map((candidate) => ({ node: candidate.nodeName, victims: victimNames(candidate), pdbViolations: candidate.budgetViolations })) };
});

const pick = operation(preemptionFact, (input, version, fact) => {
  const { pod, snapshot, asked, budgets, profile } = prepared(input, version, fact);
  const best = kubernetes.bestCandidates(kubernetes.dryRunPreemption(pod, asked, snapshot, budgets, profile));
  return { anyOf: best.map(({ nodeName }) => nodeName) };
});

/** Nothing happens: null and no victims, or in the fact's own spelling of that (Go has empty names and nil lists). */
function nothing({ expect }: Fact): { readonly node: string | null; readonly victims: readonly string[] | null } {
  const said = z.looseObject({ node: z.literal('').nullish(), victims: z.tuple([]).nullish() }).safeParse(expect);
  return { node: said.data?.node ?? null, victims: said.data?.victims === null ? null : [] };
}

const preempt = operation(preemptionFact, (input, version, fact) => {
  const { pod, snapshot, budgets, profile } = prepared(input, version, fact);
  const candidate = kubernetes.preempt(pod, snapshot, budgets, profile);
  return candidate === null ? nothing(fact) : { node: candidate.nodeName, victims: victimNames(candidate) };
});

const eligible = operation(preemptionFact, (input, version, fact) => {
  const { pod, snapshot } = prepared(input, version, fact);
  return kubernetes.mayPreempt(pod, snapshot, input.nominatedNodeVerdict ?? null);
});

export const PREEMPTION_OPERATIONS: Operations = { 'preempt-dryrun': dryRun, 'preempt-pick': pick, preempt, 'preempt-eligible': eligible };
