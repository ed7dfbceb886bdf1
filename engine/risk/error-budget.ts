/**
 * Error budget and burn rate (Google SRE Workbook, ch. 5). Budget = 1 − SLO; burn = error ratio / budget; a
 * ratio is a ratio of sums, never a mean of ratios; without traffic nothing burns. A rule fires when both
 * its long window and its short one (a twelfth) burn faster than its rate: the short one ends the alarm
 * soon after the trouble ends.
 */

/** Requests of one stretch of time; `good` are those that met the objective. */
export type RequestCount = { readonly atSeconds: number; readonly seconds: number; readonly total: number; readonly good: number };

export type BurnRule = { readonly severity: 'page' | 'ticket'; readonly burnRate: number; readonly longSeconds: number; readonly shortSeconds: number; /** Share of the budget spent when it fires. */ readonly budgetShare: number };

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
export const BUDGET_PERIOD_SECONDS = 30 * DAY;

export const BURN_RULES: readonly BurnRule[] = [
  { severity: 'page', burnRate: 14.4, longSeconds: HOUR, shortSeconds: 5 * MINUTE, budgetShare: 0.02 },
  { severity: 'page', burnRate: 6, longSeconds: 6 * HOUR, shortSeconds: 30 * MINUTE, budgetShare: 0.05 },
  { severity: 'ticket', burnRate: 1, longSeconds: 3 * DAY, shortSeconds: 6 * HOUR, budgetShare: 0.1 },
];

/** The same rules for a compressed day: windows and period shrink by one factor, burn rates stay. */
export const scaledRules = (factor: number): BurnRule[] => BURN_RULES.map((rule) => ({ ...rule, longSeconds: rule.longSeconds * factor, shortSeconds: rule.shortSeconds * factor }));

/** A rule of one's own: the burn rate that spends `budgetShare` of the period's budget in the long window. */
export const burnRule = (severity: BurnRule['severity'], budgetShare: number, longSeconds: number, periodSeconds = BUDGET_PERIOD_SECONDS): BurnRule => ({ severity, burnRate: (budgetShare * periodSeconds) / longSeconds, longSeconds, shortSeconds: longSeconds / 12, budgetShare });

/** Failed / all over the window that ends at `atSeconds`; null with fewer than `leastRequests`. */
export function errorRatio(counts: readonly RequestCount[], atSeconds: number, windowSeconds: number, leastRequests = 1): number | null {
  let total = 0;
  let good = 0;
  for (const count of counts) {
    if (count.atSeconds > atSeconds || count.atSeconds <= atSeconds - windowSeconds) continue;
    total += count.total;
    good += count.good;
  }
  return total < Math.max(1, leastRequests) ? null : (total - good) / total;
}

/** How many times too fast the budget burns; 0 without traffic, Infinity for an SLO of 1 with any error. */
export function burnRate(ratio: number | null, slo: number): number {
  if (ratio === null || ratio === 0) return 0;
  return slo >= 1 ? Infinity : ratio / (1 - slo);
}

export type BurnAlert = { readonly rule: BurnRule; readonly longBurn: number; readonly shortBurn: number; readonly fires: boolean };

export function burnAlerts(counts: readonly RequestCount[], atSeconds: number, slo: number, { rules = BURN_RULES, leastRequests = 1 }: { readonly rules?: readonly BurnRule[]; readonly leastRequests?: number } = {}): BurnAlert[] {
  return rules.map((rule) => {
    const longBurn = burnRate(errorRatio(counts, atSeconds, rule.longSeconds, leastRequests), slo);
    const shortBurn = burnRate(errorRatio(counts, atSeconds, rule.shortSeconds, leastRequests), slo);
    return { rule, longBurn, shortBurn, fires: longBurn > rule.burnRate && shortBurn > rule.burnRate };
  });
}

/** Seconds until a rule fires when the error ratio jumps from 0 to `ratio`; null when it never can (its rate is above 1 / budget). */
export function secondsToFire(rule: BurnRule, slo: number, ratio: number): number | null {
  const needed = rule.burnRate * (1 - slo);
  return ratio < needed || ratio === 0 ? null : (rule.longSeconds * needed) / ratio;
}

export type BudgetState = { readonly allowed: number; readonly spent: number; /** 1 untouched, 0 used up, below 0 overspent; null without traffic. */ readonly left: number | null };

/** In requests: what the SLO allows to fail, and what failed. */
export function budgetLeft(counts: readonly RequestCount[], slo: number): BudgetState {
  const total = counts.reduce((sum, count) => sum + count.total, 0);
  const spent = counts.reduce((sum, count) => sum + count.total - count.good, 0);
  const allowed = total * (1 - slo);
  return { allowed, spent, left: total === 0 ? null : allowed === 0 ? (spent === 0 ? 1 : -Infinity) : 1 - spent / allowed };
}
