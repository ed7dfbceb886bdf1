/** A refusal in one sentence: what, why, and what to do next. */
import { unreachable } from '@/engine/kernel';
import type { Refusal } from '@/engine/twin';
import { describeChange } from './execution/compare-fingerprints';
import type { GatewayRefusal } from './gateway-refusal';

const at = (us: number) => new Date(us / 1_000).toISOString();

export function describeRefusal(refusal: GatewayRefusal): string {
  switch (refusal.code) {
    case 'not-found':
      return `There is no plan ${refusal.id}.`;
    case 'wrong-state':
      return `The plan is ${refusal.state}; this needs it to be ${refusal.wanted.join(' or ')}.`;
    case 'digest-mismatch':
      return `The plan changed: you named ${refusal.asked.slice(0, 12)}…, it is now ${refusal.current.slice(0, 12)}…. Read it again before you decide.`;
    case 'not-a-person':
      return `${refusal.actor} is not a person, and only persons may do this.`;
    case 'own-plan':
      return `The plan was written by ${refusal.author}, who may not approve it: somebody else has to.`;
    case 'already-approved':
      return `${refusal.approver} has approved this plan already; the next approval must be another person's.`;
    case 'plan-expired':
      return `The plan expired at ${at(refusal.expiresAtUs)}. Rehearse it again.`;
    case 'approval-missing':
      return `The plan has ${refusal.valid} of ${refusal.required} valid approvals.`;
    case 'connector-unknown':
      return `There is no connector “${refusal.connector}”.`;
    case 'connector-mode':
      return `The connector “${refusal.connector}” is in mode ${refusal.mode}, which does not allow this.`;
    case 'stopped':
      return `Live actions were stopped by ${refusal.by} at ${at(refusal.atUs)}. Release the kill switch first.`;
    case 'busy':
      return `Another plan is at work on this target: “${refusal.title}” is ${refusal.state}. Wait for its promise to be scored, or abort it.`;
    case 'rate-limited':
      return `${refusal.operations} live operations within a minute would pass the limit of ${refusal.perMinute}. Wait a minute.`;
    case 'stale':
      return `The target changed since the plan read it: ${refusal.changes.map(describeChange).join('; ')}. Rehearse it again.`;
    case 'unreachable':
      return `${refusal.connector} could not be read: ${refusal.detail}`;
    case 'command-refused':
      return `Step ${refusal.step + 1} is refused: ${describeCommandRefusal(refusal.refusal)}.`;
    case 'steps-out-of-range':
      return `A plan has 1 to ${refusal.max} steps, this one has ${refusal.steps}.`;
    case 'no-inverse':
      if (refusal.steps.length === 0) return 'No step of this plan took effect: there is nothing to undo.';
      return `This plan cannot be undone: there is no way back from step ${refusal.steps.map((step) => step + 1).join(' and ')}.`;
    case 'cannot-rehearse':
      return `The plan could not be rehearsed: ${refusal.detail}`;
    case 'fenced':
      return `The execution holds fence ${refusal.fence} and the gateway is at ${refusal.current}: somebody stopped or took over.`;
    default:
      return unreachable(refusal);
  }
}

function describeCommandRefusal(refusal: Refusal): string {
  switch (refusal.code) {
    case 'not-found':
      return `there is no ${refusal.what} “${refusal.name}”`;
    case 'out-of-range':
      return `${refusal.what} must be ${refusal.min} to ${refusal.max}, not ${refusal.value}`;
    case 'no-capacity':
      return `only ${refusal.placed} of ${refusal.wanted} replicas of ${refusal.service} fit`;
    case 'unsupported':
      return `${refusal.target} cannot do ${refusal.kind}`;
    case 'stale':
      return `its version is ${refusal.found}, not ${refusal.expected}`;
    case 'unreachable':
      return `${refusal.target} cannot be reached (${refusal.detail})`;
    default:
      return unreachable(refusal);
  }
}
