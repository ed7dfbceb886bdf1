/** A decision turn as the pages show it: what was found, what was considered, what was chosen and why not the rest. */
import type { Decision, Finding } from '@/engine/loop';
import type { Command } from '@/engine/twin';

export type DecisionSummary = {
  readonly atUs: number;
  readonly decisionHash: string;
  readonly findings: readonly Finding[];
  readonly candidates: readonly { readonly title: string; readonly commands: readonly Command[]; readonly score: number; readonly rejectedBecause: string | null }[];
  readonly chosenPlanId: string | null;
  readonly because: string | null;
};

export const summarizeDecision = ({ atUs, decisionHash, findings, candidates, chosen, because }: Decision): DecisionSummary => ({
  atUs,
  decisionHash,
  findings,
  candidates: candidates.map(({ rehearsal, score, rejectedBecause }) => ({ title: rehearsal.proposal.title, commands: rehearsal.proposal.commands, score: score.total, rejectedBecause })),
  chosenPlanId: chosen?.planId ?? null,
  because,
});
