/** How many workloads lose their SVID in an outage of the identity servers: simulated, and by the closed form for renewal at half life. */
import { eventQueue, nextEventAt, seconds, takeEvent, takenEvent, timeUs, type EventQueue } from '@/engine/kernel';
import { compileIdentity, countWithoutSvid, expiredShare, handleIdentityEvent, setIdentityServer, startIdentity, type IdentityState } from '@/engine/twin';

export type OutagePoint = { readonly outageMinutes: number; readonly shareWithoutSvid: number; readonly closedForm: number };

const SERVER = 'server';
const STEPS = 12;

/** Points from no outage to one and a quarter lifetimes. */
export function outageCurve(workloads: number, ttlSeconds: number, seed: number): OutagePoint[] {
  const identity = compileIdentity(
    {
      trustDomain: 'bench.example',
      servers: [{ name: SERVER }],
      workloads: Array.from({ length: workloads }, (_, i) => ({ name: `workload-${i}`, selectors: ['bench'] })),
      entries: [{ spiffeId: 'spiffe://bench.example/workload', selectors: ['bench'] }],
      svidTtlSeconds: ttlSeconds,
      caTtlSeconds: 24 * ttlSeconds,
    },
    seed,
  );
  const queue = eventQueue();
  startIdentity(identity, queue, timeUs(0));
  const begin = 2 * ttlSeconds;
  liveUntil(identity, queue, begin);
  setIdentityServer(identity, SERVER, false);
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const outageSeconds = Math.round((1.25 * ttlSeconds * i) / STEPS);
    liveUntil(identity, queue, begin + outageSeconds);
    return {
      outageMinutes: Math.round((outageSeconds / 60) * 100) / 100,
      shareWithoutSvid: countWithoutSvid(identity, seconds(begin + outageSeconds)) / workloads,
      closedForm: Math.round(expiredShare(outageSeconds, ttlSeconds) * 10_000) / 10_000,
    };
  });
}

function liveUntil(identity: IdentityState, queue: EventQueue, second: number): void {
  const event = takenEvent();
  while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) handleIdentityEvent(identity, queue, event);
}
