/** What a call costs its caller and asks of its callee, retries and all: how often it ends well, when, and with how many attempts. */
import { exp, pow } from '@/engine/kernel';
import type { Call } from '../infra';
import { atLeast, constant, meanOfTimes, mixture, orderStatistic, sum, variationOf, waitOf, within, type Distribution } from './distribution';
import { solveStation } from './station';

/** `good` ends well with `goodShare`, after such times; otherwise it is known to have failed after `bad`. */
export type Outcome = { readonly goodShare: number; readonly good: Distribution; readonly bad: Distribution };
export type CallOutcome = Outcome & { /** Requests that reach the callee, per call. */ readonly attempts: number };

/** How often one process makes the call, and the share of its look-ups that a cache answers. */
export type CallUse = { readonly rpsPerProcess: number; readonly hitShare: number };

export function callOutcome(call: Call, callee: Outcome, { rpsPerProcess, hitShare }: CallUse): CallOutcome {
  const attempt = hedged(call, oneAttempt(call, callee));
  const retried = withRetries(call, attempt);
  const pooled = behindPool(call, retried, rpsPerProcess * (1 - hitShare));
  if (hitShare <= 0 || call.cache === null) return pooled;
  const missShare = 1 - hitShare;
  return {
    goodShare: hitShare + missShare * pooled.goodShare,
    good: mixture([{ share: hitShare, of: constant(call.cache.hitUs) }, { share: missShare * pooled.goodShare, of: pooled.good }]),
    bad: pooled.bad,
    attempts: missShare * pooled.attempts,
  };
}

function oneAttempt({ policy }: Call, callee: Outcome): CallOutcome {
  const timeoutUs = policy?.timeoutUs ?? Infinity;
  if (timeoutUs === Infinity) return { ...callee, attempts: 1 };
  const inTime = within(callee.good, timeoutUs);
  const early = within(callee.bad, timeoutUs);
  const goodShare = callee.goodShare * inTime.share;
  const late = callee.goodShare * (1 - inTime.share) + (1 - callee.goodShare) * (1 - early.share);
  const bad = mixture([{ share: (1 - callee.goodShare) * early.share, of: early.of }, { share: late, of: constant(timeoutUs) }]);
  return { goodShare, good: inTime.of, bad, attempts: 1 };
}

/** The sooner of two, the second of which goes out when the first takes too long. */
function hedged({ hedgeUs }: Call, attempt: CallOutcome): CallOutcome {
  if (hedgeUs === null) return attempt;
  const second = 1 - within(attempt.good, hedgeUs).share * attempt.goodShare;
  const goodShare = atLeast([attempt.goodShare, attempt.goodShare], 1);
  return { goodShare, good: orderStatistic([attempt.good, sum(constant(hedgeUs), attempt.good)], 1), bad: sum(constant(hedgeUs), attempt.bad), attempts: 1 + second };
}

function withRetries({ policy }: Call, attempt: CallOutcome): CallOutcome {
  if (policy === null) return attempt;
  const lost = 1 - attempt.goodShare;
  const open = openShare(lost, policy.breakerFailures);
  const allowed = allowedShare(lost, policy.retriesMax, policy.budgetShare);
  const [good, bad]: [{ share: number; of: Distribution }[], { share: number; of: Distribution }[]] = [[], [{ share: open, of: constant(0) }]];
  let [reached, before, attempts] = [1 - open, constant(0), 0];
  for (let k = 0; k <= policy.retriesMax; k += 1) {
    attempts += reached * attempt.attempts;
    good.push({ share: reached * attempt.goodShare, of: sum(before, attempt.good) });
    const again = k < policy.retriesMax ? allowed : 0;
    bad.push({ share: reached * lost * (1 - again), of: sum(before, attempt.bad) });
    reached *= lost * again;
    if (reached < 1e-4) break;
    before = sum(sum(before, attempt.bad), upTo(policy.backOffUs * 2 ** k));
  }
  return { goodShare: Math.min(1, good.reduce((total, { share }) => total + share, 0)), good: mixture(good), bad: mixture(bad), attempts };
}

/** The part of the wanted retries that the budget pays for. */
function allowedShare(lost: number, retriesMax: number, budgetShare: number): number {
  let wanted = 0;
  for (let k = 1; k <= retriesMax; k += 1) wanted += pow(lost, k);
  return wanted <= budgetShare || wanted === 0 ? 1 : budgetShare / wanted;
}

/** A breaker that opens after n failures in a row is open for nearly all calls once failures are the rule. */
function openShare(lost: number, failures: number): number {
  if (failures === Infinity || lost <= 0) return 0;
  const run = pow(lost, failures);
  return run / (run + (1 - lost) * (1 - exp(-failures / 8)) + 1e-3);
}

/** Evenly anywhere from 0 to the limit. */
const upTo = (limitUs: number): Distribution => (limitUs <= 0 ? constant(0) : { stepUs: limitUs / 16, mass: new Float64Array(17).fill(1 / 17) });

/** At most so many calls of one process are out: the others wait for a connection. */
function behindPool({ pool }: Call, attempt: CallOutcome, rps: number): CallOutcome {
  if (pool === null || rps <= 0) return attempt;
  const holdUs = attempt.goodShare * meanOfTimes(attempt.good) + (1 - attempt.goodShare) * meanOfTimes(attempt.bad);
  const station = solveStation({ rps, demandSeconds: holdUs / 1e6, arrivalVariation: 1, demandVariation: variationOf(attempt.good), lanes: pool.size, queueLimit: Math.min(pool.queueLimit, 10_000), cores: Infinity, others: [1] });
  const wait = waitOf(station.waits, station.waits === 0 ? 0 : (station.waitSeconds / station.waits) * 1e6);
  const patient = within(wait, pool.waitUs);
  const admitted = (1 - station.refused) * patient.share;
  return {
    goodShare: attempt.goodShare * admitted,
    good: sum(patient.of, attempt.good),
    bad: mixture([{ share: station.refused, of: constant(0) }, { share: (1 - station.refused) * (1 - patient.share), of: constant(pool.waitUs === Infinity ? 0 : pool.waitUs) }, { share: admitted * (1 - attempt.goodShare), of: sum(patient.of, attempt.bad) }]),
    attempts: attempt.attempts * admitted,
  };
}
