/** Choose: the cheapest candidate that was not refused and beats doing nothing; every other one gets its reason. */
import type { LoopPolicy } from '../policy';
import type { Rehearsal } from './rehearse';
import type { Score } from './score';

export type Candidate = { readonly rehearsal: Rehearsal; readonly score: Score };
export type Judged = Candidate & { readonly rejectedBecause: string | null };

/** The first candidate is "do nothing". `chosen` is null when nothing beats it by the policy's margin. */
export function choose(candidates: readonly Candidate[], policy: LoopPolicy): { readonly judged: readonly Judged[]; readonly chosen: Candidate | null } {
  const nothing = candidates[0]!;
  const possible = candidates.slice(1).filter((candidate) => candidate.rehearsal.refusal === null && !breaksBudget(candidate, nothing, policy));
  const best = possible.reduce<Candidate | null>((found, candidate) => (found === null || candidate.score.total < found.score.total ? candidate : found), null);
  const chosen = best !== null && nothing.score.total - best.score.total >= policy.usdPerHourGainMin ? best : null;
  const winner = chosen ?? nothing;
  return { chosen, judged: candidates.map((candidate) => ({ ...candidate, rejectedBecause: candidate === winner ? null : reasonAgainst(candidate, winner, nothing, policy) })) };
}

/** A spend that is above the ceiling anyway may come down, and may not grow. */
const breaksBudget = (candidate: Candidate, nothing: Candidate, { usdPerHourMax }: LoopPolicy) => candidate.score.cost > Math.max(usdPerHourMax, nothing.score.cost);

function reasonAgainst(candidate: Candidate, winner: Candidate, nothing: Candidate, policy: LoopPolicy): string {
  const { refusal, proposal } = candidate.rehearsal;
  if (refusal !== null) return `the twin refused it: ${JSON.stringify(refusal)}`;
  if (breaksBudget(candidate, nothing, policy)) return `would cost ${usd(candidate.score.cost)}; the budget is ${usd(policy.usdPerHourMax)}`;
  const more = candidate.score.total - winner.score.total;
  if (proposal.commands.length === 0) return `costs ${usd(more)} more than "${winner.rehearsal.proposal.title}"`;
  if (winner.rehearsal.proposal.commands.length === 0 && more <= 0) return `gains ${usd(-more)}, less than the ${usd(policy.usdPerHourGainMin)} that a change must gain`;
  const terms = (['cost', 'missed', 'disruption', 'drift'] as const).map((term) => ({ term, by: (candidate.score[term] ?? 0) - (winner.score[term] ?? 0) }));
  const worst = terms.reduce((a, b) => (b.by > a.by ? b : a));
  const words = { cost: 'it holds more CPU', missed: 'it misses objectives more', disruption: 'it disturbs more replicas', drift: 'it leaves settings that are not as configured' };
  return `costs ${usd(more)} more than "${winner.rehearsal.proposal.title}", mostly because ${words[worst.term]} (${usd(worst.by)})`;
}

const usd = (value: number) => `$${value.toFixed(3)}/h`;
