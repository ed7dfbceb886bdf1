/** Asking for an SVID, waiting for the signature, and planning the renewal. */
import { schedule, type EventQueue, type TimeUs, US_PER_SECOND } from '@/engine/kernel';
import { drawUs, SVID_TTL_SECONDS } from './compile-identity';
import { IdentityEvent } from './identity-event';
import { ISSUED_MAX, NO_SVID, type IdentityState, type Reach } from './identity-state';
import { takeBundle } from './trust-bundle';

export const RENEW_AT = 1 / 2;
export const SYNC_SECONDS = 5;
const BACKOFF_SECONDS_MAX = 60;
/** SVIDs begin a little in the past, for clocks that are late (SPIRE: 10 s). */
export const NOT_BEFORE_CUSHION_SECONDS = 10;

export const ttlUs = ({ spec, workloads }: IdentityState, workload: number) => {
  const entry = spec.entries[workloads.entry[workload]!];
  return (entry?.ttlSeconds ?? spec.svidTtlSeconds ?? SVID_TTL_SECONDS) * US_PER_SECOND;
};

/** An agent asks on behalf of a workload. Without a server in reach it tries again, ever more seldom. */
export function requestSvid(identity: IdentityState, queue: EventQueue, workload: number, plan: number, nowUs: number, reach: Reach): void {
  const { workloads, servers, spec } = identity;
  if (workloads.plan[workload] !== plan || workloads.entry[workload]! < 0) return;
  const router = workloads.router[workload]!;
  const server = router >= 0 && !reach.canReach(router) ? -1 : firstFree(identity, nowUs);
  if (server < 0) return tryLater(identity, queue, workload, nowUs);
  const rate = spec.servers[server]!.signingsPerSecond;
  const startUs = Math.max(nowUs, servers.freeAtUs[server]!);
  const doneUs = rate === undefined ? nowUs : startUs + Math.ceil(US_PER_SECOND / rate);
  servers.freeAtUs[server] = doneUs;
  identity.counters.waitedUs += doneUs - nowUs;
  identity.counters.longestWaitUs = Math.max(identity.counters.longestWaitUs, doneUs - nowUs);
  schedule(queue, doneUs as TimeUs, IdentityEvent.signed, workload, plan * SERVERS_MAX + server);
}

/** Servers of one trust domain that a plan number leaves room for. */
export const SERVERS_MAX = 64;

/** The server whose queue ends first; −1 when none is up. */
function firstFree({ servers }: IdentityState, nowUs: number): number {
  let best = -1;
  servers.up.forEach((up, server) => {
    if (up === 1 && (best < 0 || Math.max(nowUs, servers.freeAtUs[server]!) < Math.max(nowUs, servers.freeAtUs[best]!))) best = server;
  });
  return best;
}

function tryLater(identity: IdentityState, queue: EventQueue, workload: number, nowUs: number): void {
  const { workloads, spec, counters } = identity;
  const tries = workloads.tries[workload]!;
  workloads.tries[workload] = tries + 1;
  counters.failedTries += 1;
  const baseSeconds = Math.min(spec.backoffSecondsMax ?? BACKOFF_SECONDS_MAX, (spec.syncSeconds ?? SYNC_SECONDS) * 2 ** Math.min(tries, 20));
  const waitUs = baseSeconds * US_PER_SECOND * 0.9 + drawUs(identity, baseSeconds * US_PER_SECOND * 0.2);
  schedule(queue, Math.round(nowUs + waitUs) as TimeUs, IdentityEvent.ask, workload, workloads.plan[workload]!);
}

/** The signature is done, unless its server died meanwhile. */
export function finishSigning(identity: IdentityState, queue: EventQueue, workload: number, detail: number, nowUs: number): void {
  const { workloads, servers } = identity;
  const server = detail % SERVERS_MAX;
  const plan = Math.floor(detail / SERVERS_MAX);
  if (workloads.plan[workload] !== plan) return;
  const authority = identity.authorities.findLastIndex((candidate) => candidate.active && nowUs < candidate.notAfterUs);
  if (servers.up[server] === 0 || authority < 0) return tryLater(identity, queue, workload, nowUs);
  holdSvid(identity, workload, nowUs, authority);
  identity.counters.issued += 1;
  planRenewal(identity, queue, workload, nowUs);
}

/** The workload holds an SVID signed at `atUs` by an authority. */
export function holdSvid(identity: IdentityState, workload: number, atUs: number, authority = 0): void {
  const { workloads } = identity;
  const notAfterUs = Math.min(atUs + ttlUs(identity, workload), identity.authorities[authority]!.notAfterUs);
  workloads.svidAuthority[workload] = authority;
  workloads.svidNotBeforeUs[workload] = atUs - NOT_BEFORE_CUSHION_SECONDS * US_PER_SECOND;
  workloads.svidNotAfterUs[workload] = notAfterUs;
  workloads.svidSerial[workload] = identity.nextSerial++;
  workloads.revoked[workload] = 0;
  workloads.tries[workload] = 0;
  identity.issued.push({ workload, atUs, notAfterUs, authority });
  if (identity.issued.length > ISSUED_MAX) identity.issued.shift();
  takeBundle(identity, workload);
}

function planRenewal(identity: IdentityState, queue: EventQueue, workload: number, nowUs: number): void {
  const { workloads, spec } = identity;
  const lifeUs = workloads.svidNotAfterUs[workload]! - nowUs;
  const jitterUs = lifeUs * (spec.renewJitter ?? 0);
  const waitUs = lifeUs * (spec.renewAt ?? RENEW_AT) - jitterUs + drawUs(identity, 2 * jitterUs);
  schedule(queue, Math.round(nowUs + waitUs) as TimeUs, IdentityEvent.ask, workload, workloads.plan[workload]!);
}

/** Throws the SVID away (a compromised key, a deleted entry) and asks for another when the entry still stands. */
export function revokeSvid(identity: IdentityState, queue: EventQueue, workload: number, nowUs: number, reissue: boolean): void {
  const { workloads } = identity;
  workloads.revoked[workload] = 1;
  workloads.plan[workload] = workloads.plan[workload]! + 1;
  if (reissue) schedule(queue, nowUs as TimeUs, IdentityEvent.ask, workload, workloads.plan[workload]!);
  else workloads.svidAuthority[workload] = NO_SVID;
}

/** Asks for a new SVID now; the one in hand stays good. False for a workload that no entry fits. */
export function renewSvid({ workloads }: IdentityState, queue: EventQueue, workload: number, nowUs: number): boolean {
  if (workloads.entry[workload]! < 0) return false;
  workloads.plan[workload] = workloads.plan[workload]! + 1;
  workloads.tries[workload] = 0;
  schedule(queue, nowUs as TimeUs, IdentityEvent.ask, workload, workloads.plan[workload]!);
  return true;
}

/** The agent that kept it is gone, and with it the SVID: agents hold them in memory only. */
export function forgetSvid({ workloads }: IdentityState, workload: number): void {
  workloads.plan[workload] = workloads.plan[workload]! + 1;
  workloads.svidAuthority[workload] = NO_SVID;
  workloads.bundle[workload] = 0;
  workloads.bundleVersion[workload] = 0;
}

/** A server stops (what it was signing is lost) or comes back. Returns false when there is no such server. */
export function setIdentityServer(identity: IdentityState, name: string, up: boolean): boolean {
  const server = identity.spec.servers.findIndex((candidate) => candidate.name === name);
  if (server < 0) return false;
  identity.servers.up[server] = up ? 1 : 0;
  identity.servers.freeAtUs[server] = 0;
  return true;
}
