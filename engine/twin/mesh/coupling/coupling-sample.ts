/** Identities and edge stores in a frame, and the alarms that follow from how they changed since the last one. */
import { US_PER_SECOND } from '@/engine/kernel';
import type { EdgeSample, IdentitySample } from '@/engine/telemetry';
import { raiseAlarm, type World } from '../../world';
import { holdsValidSvid, NO_SVID, type IdentityState } from '../identity';
import { callCounts, type Coupling } from './coupling';

/** Workloads named in a frame: those nearest to trouble. */
const NAMED_MAX = 20;
/** An SVID with less than this share of its life left is overdue: it should have been renewed at half. */
const OVERDUE_SHARE = 0.4;

type Held = IdentitySample['overdue'][number];

/** The window that ends now; null without identities. */
export function identitySample({ coupling, nowUs }: World, windowUs: number): IdentitySample | null {
  const { identity, window } = coupling;
  if (identity === null) return null;
  const { state } = identity;
  const seconds = windowUs / US_PER_SECOND;
  const overdue = overdueSvids(state, nowUs);
  return {
    workloads: state.spec.workloads.length,
    withoutSvid: state.workloads.entry.reduce((sum, entry, i) => sum + (entry >= 0 && !holdsValidSvid(state, i, nowUs) ? 1 : 0), 0),
    overdueCount: overdue.length,
    overdue: overdue.sort((a, b) => a.leftSeconds - b.leftSeconds || (a.workload < b.workload ? -1 : 1)).slice(0, NAMED_MAX),
    serversUp: state.servers.up.reduce((sum, up) => sum + up, 0),
    servers: state.servers.up.length,
    issued: state.counters.issued,
    authorities: state.authorities.filter((authority) => authority.published).length,
    signingQueueSeconds: Math.max(0, ...state.servers.freeAtUs.map((freeAtUs) => (freeAtUs - nowUs) / US_PER_SECOND)),
    handshakesPerSecond: window.handshakes / seconds,
    handshakeBytesPerSecond: window.handshakeBytes / seconds,
    refusedPerSecond: Object.entries(window.refused).flatMap(([reason, count]) => (count === 0 ? [] : [{ reason, rps: count / seconds }])),
  };
}

function overdueSvids({ spec, workloads }: IdentityState, nowUs: number): Held[] {
  return spec.workloads.flatMap(({ name, service }, i): Held[] => {
    if (workloads.entry[i]! < 0) return [];
    const lifeUs = workloads.svidNotAfterUs[i]! - workloads.svidNotBeforeUs[i]!;
    const leftUs = workloads.svidAuthority[i] === NO_SVID || workloads.revoked[i] === 1 ? 0 : workloads.svidNotAfterUs[i]! - nowUs;
    return leftUs < OVERDUE_SHARE * lifeUs || leftUs <= 0 ? [{ workload: name, service: service ?? '', leftSeconds: leftUs / US_PER_SECOND, failedTries: workloads.tries[i]! }] : [];
  });
}

export function edgeSamples({ coupling, nowUs }: World): readonly EdgeSample[] | null {
  const { edge } = coupling;
  if (edge === null) return null;
  return edge.stores.map((store) => ({
    store: store.name,
    pendingWrites: store.pendingWrites,
    pendingRecords: store.sitePending.size + store.centrePending.size,
    cutSeconds: store.cutSinceUs < 0 ? 0 : (nowUs - store.cutSinceUs) / US_PER_SECOND,
    staleSeconds: (nowUs - store.syncedAtUs) / US_PER_SECOND,
    ...store.counters,
  }));
}

/** Raises alarms for what began in the window, then counts anew. Call once per frame, after the samples. */
export function startCouplingWindow(world: World): void {
  const { coupling } = world;
  if (coupling.identity !== null || !coupling.isPlain) alarmRefusals(world, coupling);
  for (const store of coupling.edge?.stores ?? []) alarmStore(world, store);
  coupling.window = callCounts();
}

function alarmRefusals(world: World, coupling: Coupling): void {
  for (const [reason, count] of Object.entries(coupling.window.refused)) {
    const key = `mtls/${reason}`;
    if (count > 0 && !coupling.raised.has(key)) raiseAlarm(world, 'mtls-refused', reason, `${count} calls in a second: a peer’s SVID is ${REASON_WORDS[reason] ?? reason}`);
    if (count > 0) coupling.raised.add(key);
    else coupling.raised.delete(key);
  }
  const cutOff = coupling.window.cutOff > 0;
  if (cutOff && !coupling.raised.has('calls-cut-off')) raiseAlarm(world, 'calls-cut-off', 'mesh', `${coupling.window.cutOff} calls between sites found no way`);
  if (cutOff) coupling.raised.add('calls-cut-off');
  else coupling.raised.delete('calls-cut-off');
}

const REASON_WORDS: Readonly<Record<string, string>> = { 'no-svid': 'missing', revoked: 'revoked', 'not-yet-valid': 'not valid yet', expired: 'expired', 'unknown-authority': 'signed by an authority that is not trusted' };

function alarmStore(world: World, store: NonNullable<Coupling['edge']>['stores'][number]): void {
  const key = `edge/${store.name}`;
  const isCut = store.cutSinceUs >= 0;
  if (isCut && !world.coupling.raised.has(key)) raiseAlarm(world, 'edge-cut-off', store.name, `exchanges fail; ${store.pendingWrites} writes wait`);
  if (!isCut && world.coupling.raised.has(key) && store.pendingWrites === 0) {
    const { conflicts, lostWrites, refused } = store.counters;
    raiseAlarm(world, 'edge-resynchronised', store.name, `${conflicts} conflicts, ${lostWrites} writes lost to later ones, ${refused} refused since the start (${store.conflicts})`);
    world.coupling.raised.delete(key);
  }
  if (isCut) world.coupling.raised.add(key);
}
