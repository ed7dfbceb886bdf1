/** A number that somebody promises, and what the host twin says about it: met, missed, or met only under conditions it names. */
export type ClaimVerdict = 'holds' | 'fails' | 'depends';
export type ClaimCase = { readonly condition: string; readonly value: number; readonly meets: boolean };
export type ClaimReport = { readonly claim: string; readonly target: number; readonly unit: string; readonly cases: readonly ClaimCase[]; readonly verdict: ClaimVerdict };

/** `value` at most `target` in every case, in none, or in some. */
export function judge(claim: string, target: number, unit: string, values: readonly { readonly condition: string; readonly value: number }[]): ClaimReport {
  const cases = values.map(({ condition, value }) => ({ condition, value, meets: value <= target }));
  const met = cases.filter(({ meets }) => meets).length;
  return { claim, target, unit, cases, verdict: met === cases.length ? 'holds' : met === 0 ? 'fails' : 'depends' };
}
