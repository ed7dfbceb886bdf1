/** The calls of a service one after another, groups of them at once. */
import { pow } from '@/engine/kernel';
import type { Service } from '../infra';
import type { CallOutcome, Outcome } from './call-outcome';
import { atLeast, constant, mixture, orderStatistic, repeat, sum } from './distribution';

export function afterCalls(service: Service, outcomes: readonly CallOutcome[]): Outcome {
  let done: Outcome = { goodShare: 1, good: constant(0), bad: constant(0) };
  for (let i = 0; i < outcomes.length; i += 1) {
    const { group, whole, fraction } = service.calls[i]!;
    if (group === null) done = then(done, several(outcomes[i]!, whole, fraction));
    else {
      const members = outcomes.slice(i, group.last + 1).flatMap((outcome, k) => branches(outcome, service.calls[i + k]!));
      if (members.length > 0) done = then(done, atOnce(members, group.needs === 0 ? members.length : Math.min(group.needs, members.length)));
      i = group.last;
    }
  }
  return done;
}

const several = (outcome: Outcome, whole: number, fraction: number): Outcome => ({
  goodShare: pow(outcome.goodShare, whole) * (1 - fraction * (1 - outcome.goodShare)),
  good: fraction === 0 ? repeat(outcome.good, whole) : mixture([{ share: 1 - fraction, of: repeat(outcome.good, whole) }, { share: fraction, of: repeat(outcome.good, whole + 1) }]),
  bad: outcome.bad,
});

function then(before: Outcome, next: Outcome): Outcome {
  return {
    goodShare: before.goodShare * next.goodShare,
    good: sum(before.good, next.good),
    bad: mixture([{ share: 1 - before.goodShare, of: before.bad }, { share: before.goodShare * (1 - next.goodShare), of: sum(before.good, next.bad) }]),
  };
}

/** A call that is made only sometimes is a branch that is sometimes over at once. */
const branches = (outcome: Outcome, { whole, fraction }: { readonly whole: number; readonly fraction: number }): Outcome[] => [
  ...Array.from({ length: whole }, () => outcome),
  ...(fraction > 0 ? [several(outcome, 0, fraction)] : []),
];

function atOnce(members: readonly Outcome[], needed: number): Outcome {
  return { goodShare: atLeast(members.map((member) => member.goodShare), needed), good: orderStatistic(members.map((member) => member.good), needed), bad: mixture(members.map((member) => ({ share: 1 - member.goodShare, of: member.bad }))) };
}
