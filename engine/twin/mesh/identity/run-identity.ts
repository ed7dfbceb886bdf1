/**
 * The life of identities: agents ask, servers sign at their rate, SVIDs are renewed at half their life, and what
 * cannot be renewed expires. Everything happens at events, so a fork lives on alike.
 */
import { invariant, schedule, type EventQueue, type TakenEvent, type TimeUs, US_PER_SECOND } from '@/engine/kernel';
import { drawUs } from './compile-identity';
import { IdentityEvent } from './identity-event';
import { ALWAYS_REACHED, type IdentityState, type Reach } from './identity-state';
import { finishSigning, holdSvid, RENEW_AT, requestSvid, ttlUs } from './issue-svid';
import { activateNext, dropExpired, fetchBundle, planAuthority, prepareNext } from './trust-bundle';

/** Every workload asks for the first time at its own moment, and the CA's life is planned. */
export function startIdentity(identity: IdentityState, queue: EventQueue, at: TimeUs): void {
  identity.spec.workloads.forEach((workload, i) => {
    const startUs = workload.startSeconds === undefined ? drawUs(identity, ttlUs(identity, i) / 2) : Math.round(workload.startSeconds * US_PER_SECOND);
    schedule(queue, (at + startUs) as TimeUs, IdentityEvent.ask, i, identity.workloads.plan[i]!);
  });
  planAuthority(identity, queue, 0, at);
}

/** Starts as a trust domain that has been running for long: every workload holds an SVID, of an age drawn evenly from what renewal allows. */
export function startIdentitySettled(identity: IdentityState, queue: EventQueue, at: TimeUs): void {
  const { workloads, spec } = identity;
  workloads.entry.forEach((entry, i) => {
    if (entry < 0) return;
    const renewUs = ttlUs(identity, i) * (spec.renewAt ?? RENEW_AT);
    const ageUs = drawUs(identity, renewUs);
    holdSvid(identity, i, at - ageUs);
    schedule(queue, Math.round(at + renewUs - ageUs) as TimeUs, IdentityEvent.ask, i, workloads.plan[i]!);
  });
  planAuthority(identity, queue, 0, at);
}

/** Lives through one event of kinds 150–199. `reach` says who gets to the servers now. */
export function handleIdentityEvent(identity: IdentityState, queue: EventQueue, { at, kind, subject, detail }: TakenEvent, reach: Reach = ALWAYS_REACHED): void {
  switch (kind) {
    case IdentityEvent.ask:
      return requestSvid(identity, queue, subject, detail, at, reach);
    case IdentityEvent.signed:
      return finishSigning(identity, queue, subject, detail, at);
    case IdentityEvent.fetchBundle:
      return fetchBundle(identity, queue, subject, at, reach);
    case IdentityEvent.prepareCa:
      return prepareNext(identity, queue, subject, at);
    case IdentityEvent.activateCa:
      return activateNext(identity, queue, subject, at);
    case IdentityEvent.expireCa:
      return dropExpired(identity, queue, at);
    default:
      invariant(false, `identity event ${kind} is not known`);
  }
}
