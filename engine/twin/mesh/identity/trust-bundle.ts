/**
 * The trust bundle: the authorities a peer accepts. A successor is published long before it signs and an old
 * authority stays until it has expired, so every two peers share one throughout a planned rotation.
 */
import { schedule, type EventQueue, type TimeUs, US_PER_SECOND } from '@/engine/kernel';
import { CA_TTL_SECONDS, drawUs } from './compile-identity';
import { IdentityEvent } from './identity-event';
import { NO_SVID, type IdentityState, type Reach } from './identity-state';
import { SYNC_SECONDS } from './issue-svid';

/** Shares of a CA's life after which its successor is published, and signs (SPIRE: a half, five sixths). */
const PREPARE_AT = 1 / 2;
const ACTIVATE_AT = 5 / 6;
/** Authorities a bundle can hold at once. */
const BUNDLE_MAX = 30;

const bitOf = ({ firstAuthority }: IdentityState, authority: number) => {
  const place = authority - firstAuthority;
  return place >= 0 && place < BUNDLE_MAX ? 1 << place : 0;
};

/** Whether a workload accepts what an authority signed. */
export const trusts = (identity: IdentityState, workload: number, authority: number) => (identity.workloads.bundle[workload]! & bitOf(identity, authority)) !== 0;

/** The agent hands over the bundle it has from the server. */
export function takeBundle({ workloads, bundle, bundleVersion }: IdentityState, workload: number): void {
  workloads.bundle[workload] = bundle;
  workloads.bundleVersion[workload] = bundleVersion;
}

/** The published bundle changed: every agent hears of it within its sync time, if it can reach a server. */
function publish(identity: IdentityState, queue: EventQueue, nowUs: number): void {
  identity.bundleVersion += 1;
  identity.bundle = identity.authorities.reduce((bits, authority, i) => (authority.published ? bits | bitOf(identity, i) : bits), 0);
  const syncUs = (identity.spec.syncSeconds ?? SYNC_SECONDS) * US_PER_SECOND;
  identity.workloads.entry.forEach((_, workload) => schedule(queue, (nowUs + drawUs(identity, syncUs)) as TimeUs, IdentityEvent.fetchBundle, workload));
}

export function fetchBundle(identity: IdentityState, queue: EventQueue, workload: number, nowUs: number, reach: Reach): void {
  const { workloads, servers, spec } = identity;
  if (workloads.bundleVersion[workload] === identity.bundleVersion) return;
  const router = workloads.router[workload]!;
  if (servers.up.some((up) => up === 1) && (router < 0 || reach.canReach(router))) {
    takeBundle(identity, workload);
    const authority = workloads.svidAuthority[workload]!;
    if (authority !== NO_SVID && !trusts(identity, workload, authority)) askAgain(identity, queue, workload, nowUs);
    return;
  }
  schedule(queue, (nowUs + (spec.syncSeconds ?? SYNC_SECONDS) * US_PER_SECOND) as TimeUs, IdentityEvent.fetchBundle, workload);
}

/** An SVID whose authority is no longer accepted is replaced at once, not at half its life. */
function askAgain({ workloads }: IdentityState, queue: EventQueue, workload: number, nowUs: number): void {
  workloads.plan[workload] = workloads.plan[workload]! + 1;
  schedule(queue, nowUs as TimeUs, IdentityEvent.ask, workload, workloads.plan[workload]!);
}

/** Makes the successor of the newest authority and publishes it; it does not sign yet. */
export function prepareNext(identity: IdentityState, queue: EventQueue, authority: number, nowUs: number): void {
  if (authority !== identity.authorities.length - 1) return;
  identity.authorities.push({ notBeforeUs: nowUs, notAfterUs: nowUs + (identity.spec.caTtlSeconds ?? CA_TTL_SECONDS) * US_PER_SECOND, published: true, active: false });
  publish(identity, queue, nowUs);
}

/** The successor signs from now on, if there is one and it does not yet. */
export function activateNext(identity: IdentityState, queue: EventQueue, authority: number, nowUs: number): void {
  const { authorities } = identity;
  const next = authorities[authority + 1];
  if (next === undefined || next.active || !next.published) return;
  authorities[authority]!.active = false;
  next.active = true;
  planAuthority(identity, queue, authority + 1, nowUs);
}

/** Plans the rest of an authority's life from the moment it signs. */
export function planAuthority(identity: IdentityState, queue: EventQueue, authority: number, fromUs: number): void {
  const { notAfterUs } = identity.authorities[authority]!;
  const lifeUs = notAfterUs - fromUs;
  schedule(queue, Math.round(fromUs + lifeUs * PREPARE_AT) as TimeUs, IdentityEvent.prepareCa, authority);
  schedule(queue, Math.round(fromUs + lifeUs * ACTIVATE_AT) as TimeUs, IdentityEvent.activateCa, authority);
  schedule(queue, notAfterUs as TimeUs, IdentityEvent.expireCa, authority);
}

/** Expired authorities leave the bundle. */
export function dropExpired(identity: IdentityState, queue: EventQueue, nowUs: number): void {
  let changed = false;
  for (const authority of identity.authorities) {
    if (authority.published && nowUs >= authority.notAfterUs) {
      authority.published = false;
      changed = true;
    }
  }
  const first = identity.authorities.findIndex((authority) => authority.published);
  if (first > identity.firstAuthority) {
    for (let workload = 0; workload < identity.workloads.bundle.length; workload += 1) identity.workloads.bundle[workload] = identity.workloads.bundle[workload]! >> (first - identity.firstAuthority);
    identity.firstAuthority = first;
  }
  if (changed) publish(identity, queue, nowUs);
}

/** An emergency: a new authority signs at once; without `overlap` the old ones are no longer accepted either. Returns the new one. */
export function rotateAtOnce(identity: IdentityState, queue: EventQueue, nowUs: number, overlap: boolean): number {
  for (const authority of identity.authorities) {
    authority.active = false;
    if (!overlap) authority.published = false;
  }
  const next = identity.authorities.length;
  identity.authorities.push({ notBeforeUs: nowUs, notAfterUs: nowUs + (identity.spec.caTtlSeconds ?? CA_TTL_SECONDS) * US_PER_SECOND, published: true, active: true });
  planAuthority(identity, queue, next, nowUs);
  publish(identity, queue, nowUs);
  return next;
}
