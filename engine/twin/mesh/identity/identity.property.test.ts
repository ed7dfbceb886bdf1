import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventQueue, forkState, hashState, nextEventAt, seconds, takeEvent, takenEvent, timeUs, US_PER_SECOND, type EventQueue } from '@/engine/kernel';
import { ALWAYS_REACHED, compileIdentity, countWithoutSvid, expiredShare, handleIdentityEvent, handshake, holdsValidSvid, overdueShare, revokeSvid, rotateAtOnce, setIdentityServer, startIdentity, waveSeconds, type IdentitySpec, type IdentityState, type Reach } from './index';

type Running = { identity: IdentityState; queue: EventQueue };

const spec = (workloads: number, more: Partial<IdentitySpec> = {}): IdentitySpec => ({
  trustDomain: 'mesh.example',
  servers: [{ name: 's1' }, { name: 's2' }],
  workloads: Array.from({ length: workloads }, (_, i) => ({ name: `w${i}`, selectors: ['unix:uid:1000'] })),
  entries: [{ spiffeId: 'spiffe://mesh.example/workload', selectors: ['unix:uid:1000'] }],
  ...more,
});

function running(of: IdentitySpec, seed = 1): Running {
  const world = { identity: compileIdentity(of, seed), queue: eventQueue() };
  startIdentity(world.identity, world.queue, timeUs(0));
  return world;
}

function liveUntil({ identity, queue }: Running, second: number, reach: Reach = ALWAYS_REACHED, after?: (atUs: number) => void): void {
  const event = takenEvent();
  while (nextEventAt(queue) <= seconds(second) && takeEvent(queue, event)) {
    handleIdentityEvent(identity, queue, event, reach);
    after?.(event.at);
  }
}

describe('workload identity', () => {
  it('lets no call succeed on an expired SVID, whatever fails', () => {
    const trouble = fc.record({ at: fc.integer({ min: 1, max: 20_000 }), kind: fc.constantFrom('down', 'up', 'rotate', 'rotate-hard', 'revoke'), which: fc.nat(1) });
    fc.assert(
      fc.property(fc.array(trouble, { maxLength: 8 }), fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 4, maxLength: 4 }), (troubles, skews) => {
        const of = spec(4, { svidTtlSeconds: 600, caTtlSeconds: 7_200 });
        const world = running({ ...of, workloads: of.workloads.map((workload, i) => ({ ...workload, clockSkewSeconds: skews[i]! })) });
        const check = (atUs: number) => {
          for (const [a, b] of [[0, 1], [2, 3], [1, 2]] as const) {
            if (!handshake(world.identity, a, b, atUs).ok) continue;
            expect(holdsValidSvid(world.identity, a, atUs)).toBe(true);
            expect(holdsValidSvid(world.identity, b, atUs)).toBe(true);
          }
        };
        for (const { at, kind, which } of [...troubles].sort((x, y) => x.at - y.at)) {
          liveUntil(world, at, ALWAYS_REACHED, check);
          if (kind === 'down' || kind === 'up') setIdentityServer(world.identity, `s${which + 1}`, kind === 'up');
          else if (kind === 'revoke') revokeSvid(world.identity, world.queue, which, at * US_PER_SECOND, true);
          else rotateAtOnce(world.identity, world.queue, at * US_PER_SECOND, kind === 'rotate');
          check(at * US_PER_SECOND);
        }
        liveUntil(world, 22_000, ALWAYS_REACHED, check);
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  it('never leaves two peers without a common authority while rotations are planned ones', () => {
    const lives = fc.record({ svidTtlSeconds: fc.integer({ min: 60, max: 900 }), caLives: fc.integer({ min: 1, max: 6 }), syncSeconds: fc.integer({ min: 1, max: 30 }), renewJitter: fc.constantFrom(0, 0.1), seed: fc.nat(1_000) });
    fc.assert(
      fc.property(lives, ({ svidTtlSeconds, caLives, syncSeconds, renewJitter, seed }) => {
        const caTtlSeconds = Math.max(caLives * svidTtlSeconds, 6 * syncSeconds);
        const world = running(spec(40, { svidTtlSeconds, caTtlSeconds, syncSeconds, renewJitter }), seed);
        liveUntil(world, svidTtlSeconds);
        liveUntil(world, svidTtlSeconds + 3 * caTtlSeconds, ALWAYS_REACHED, (atUs) => {
          const refused = Array.from({ length: 39 }, (_, i) => handshake(world.identity, i, i + 1, atUs)).filter((outcome) => !outcome.ok);
          expect(refused).toEqual([]);
        });
        expect(world.identity.authorities.length).toBeGreaterThanOrEqual(4);
      }),
      { seed: 5, numRuns: 25 },
    );
  });

  it('breaks calls when a rotation drops the old authority, and heals within the sync time', () => {
    const world = running(spec(8, { svidTtlSeconds: 3_600, syncSeconds: 5 }));
    liveUntil(world, 3_000);
    rotateAtOnce(world.identity, world.queue, 3_000 * US_PER_SECOND, false);
    liveUntil(world, 3_002.5);
    const broken = Array.from({ length: 7 }, (_, i) => handshake(world.identity, i, i + 1, 3_002.5 * US_PER_SECOND)).filter((outcome) => !outcome.ok);
    expect(broken.length).toBeGreaterThan(0);
    for (const outcome of broken) expect(outcome).toMatchObject({ reason: 'unknown-authority' });
    liveUntil(world, 3_006);
    for (let i = 0; i < 7; i += 1) expect(handshake(world.identity, i, i + 1, 3_006 * US_PER_SECOND)).toEqual({ ok: true });
  });

  it.each([20, 35, 45, 55, 70])('loses SVIDs in an outage of %i minutes as the closed form for renewal at half says', (minutes) => {
    const count = 3_000;
    const world = running(spec(count));
    liveUntil(world, 7_200);
    expect(countWithoutSvid(world.identity, 7_200 * US_PER_SECOND)).toBe(0);
    for (const name of ['s1', 's2']) setIdentityServer(world.identity, name, false);
    liveUntil(world, 7_200 + 60 * minutes);
    const share = countWithoutSvid(world.identity, (7_200 + 60 * minutes) * US_PER_SECOND) / count;
    const expected = expiredShare(60 * minutes, 3_600);
    expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count) + 0.002);
  });

  it('works the wave after an outage off at the rate of the signing module', () => {
    const count = 2_000;
    const world = running(spec(count, { servers: [{ name: 's1', signingsPerSecond: 5 }], backoffSecondsMax: 5 }));
    liveUntil(world, 7_200);
    setIdentityServer(world.identity, 's1', false);
    liveUntil(world, 7_200 + 1_200);
    setIdentityServer(world.identity, 's1', true);
    const issued = world.identity.counters.issued;
    const wave = waveSeconds(count, 1_200, 3_600, 5);
    const within = (share: number) => {
      liveUntil(world, 8_400 + share * wave);
      return world.identity.counters.issued - issued;
    };
    expect(wave).toBeCloseTo((count * overdueShare(1_200, 3_600)) / 5);
    expect(within(0.5) / 5).toBeGreaterThan(0.45 * wave);
    expect(world.identity.counters.longestWaitUs / US_PER_SECOND).toBeGreaterThan(0.9 * wave);
  });

  it('keeps an edge site’s identities alive only as long as their SVIDs last when it is cut off', () => {
    const of = spec(10);
    const world = running({ ...of, workloads: of.workloads.map((workload, i) => (i < 5 ? { ...workload, router: 'edge' } : workload)) });
    world.identity.workloads.router.fill(7, 0, 5);
    liveUntil(world, 4_000);
    liveUntil(world, 4_000 + 3_700, { canReach: () => false });
    for (let i = 0; i < 10; i += 1) expect(holdsValidSvid(world.identity, i, 7_700 * US_PER_SECOND)).toBe(i >= 5);
    liveUntil(world, 7_900);
    expect(countWithoutSvid(world.identity, 7_900 * US_PER_SECOND)).toBe(0);
  });

  it('gives no identity to what no entry fits, and lives on alike in a fork', () => {
    const of = spec(3);
    const world = running({ ...of, workloads: [...of.workloads, { name: 'stranger', selectors: ['unix:uid:0'] }] });
    liveUntil(world, 4_000);
    expect(handshake(world.identity, 0, 3, 4_000 * US_PER_SECOND)).toEqual({ ok: false, reason: 'no-svid', workload: 3 });
    const fork = forkState(world);
    liveUntil(world, 90_000);
    liveUntil(fork, 90_000);
    expect(hashState(fork)).toBe(hashState(world));
  });
});
