import { describe, expect, it } from 'vitest';
import { forkState, seconds, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, compileWorld, expiredShare, forkWorld, parseSystem, scheduleFault, setFault, takeFrames, worldHash, type FaultSpec, type SystemSpec, type World } from '../../index';

const TTL = 400;
const IDENTITY = { trustDomain: 'sites.example', servers: [{ name: 'spire' }], svidTtlSeconds: TTL, caTtlSeconds: 86_400, connectionSeconds: 30 };

/** A front service in the centre that asks a store at a site behind the mesh. */
function sites(more: Partial<SystemSpec> = {}): SystemSpec {
  const service = { replicas: 1, lanes: 4, startUp: { meanMs: 500 }, demand: { meanMs: 1 }, cpuRequestMillicores: 100, memoryMib: 64, timeoutMs: 2_000 };
  return {
    nodes: ['centre', 'edge'].map((name) => ({ name, cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, ...(name === 'edge' ? { via: 'roof' } : {}) })),
    services: [
      { ...service, name: 'front', nodes: ['centre'], calls: [{ service: 'store', perRequest: 1 }] },
      { ...service, name: 'store', nodes: ['edge'] },
    ],
    loads: [{ service: 'front', arrivals: 'poisson', profile: { kind: 'constant', rps: 10 } }],
    mesh: { routers: [{ name: 'gate', gateway: true }, { name: 'mast' }, { name: 'roof' }], links: [{ a: 'gate', b: 'mast', delayMs: 10 }, { a: 'mast', b: 'roof', delayMs: 10 }] },
    ...more,
  };
}

const lived = (system: SystemSpec, until: number, faults: readonly FaultSpec[] = [], seed = 3) => {
  const world = compileWorld(system, seed);
  for (const fault of faults) scheduleFault(world, fault);
  return { world, frames: live(world, until) };
};
function live(world: World, until: number): Frame[] {
  advanceWorld(world, seconds(until) as TimeUs);
  return takeFrames(world);
}
const between = (frames: readonly Frame[], from: number, to: number) => frames.filter((frame) => frame.atUs > seconds(from) && frame.atUs <= seconds(to));
const client = (frame: Frame) => frame.services[0]!;
const errors = (frames: readonly Frame[]) => frames.reduce((sum, frame) => sum + (client(frame).errorRps ?? 0), 0);
const served = (frames: readonly Frame[]) => frames.reduce((sum, frame) => sum + (client(frame).servedRps ?? 0), 0);

describe('calls between sites', () => {
  it('take the round trip of the mesh on top, and none where both stand behind one router', () => {
    const crossing = between(lived(sites(), 120).frames, 60, 120);
    const local = sites();
    const together = between(lived({ ...local, nodes: local.nodes.map((node) => ({ ...node, via: 'roof' })) }, 120).frames, 60, 120);
    const p50 = (frames: readonly Frame[]) => frames.reduce((sum, frame) => sum + client(frame).latencyP50Us!, 0) / frames.length;
    expect(p50(crossing) - p50(together)).toBeGreaterThan(40_000 - 500);
    expect(p50(crossing) - p50(together)).toBeLessThan(41_500);
    expect(errors(crossing)).toBe(0);
  });

  it('turn loss into latency: what is dropped is sent again after 200 ms', () => {
    const lossy = sites({ mesh: { ...sites().mesh!, links: sites().mesh!.links.map((link) => ({ ...link, lossPercent: 15 })) } });
    const { frames, world } = lived(lossy, 200);
    const calm = between(frames, 100, 200);
    expect(world.coupling.total.resent).toBeGreaterThan(100);
    expect(Math.max(...calm.map((frame) => client(frame).latencyP99Us ?? 0))).toBeGreaterThan(200_000);
    expect(errors(calm) / served(calm)).toBeLessThan(0.02);
  });

  it('fail after their time-out while the site is cut off, and work again when it is not', () => {
    const { frames, world } = lived(sites(), 300, [{ kind: 'link-down', a: 'gate', b: 'mast', atSeconds: 100, lastsSeconds: 60 }]);
    expect(served(between(frames, 104, 160))).toBe(0);
    expect(errors(between(frames, 104, 160))).toBeGreaterThan(400);
    expect(errors(between(frames, 200, 300))).toBe(0);
    expect(world.alarms.filter((alarm) => alarm.kind === 'calls-cut-off' && alarm.atUs > seconds(60))).toHaveLength(1);
  });

  it('are not needed by clients at the site that ask what stands there', () => {
    const local = sites({ loads: [{ service: 'store', arrivals: 'poisson', router: 'roof', profile: { kind: 'constant', rps: 10 } }] });
    const { frames } = lived(local, 160, [{ kind: 'link-down', a: 'gate', b: 'mast', atSeconds: 100 }]);
    expect(errors(between(frames, 60, 160))).toBe(0);
    expect(served(between(frames, 100, 160))).toBeGreaterThan(500);
  });

  it('end with the node whose mesh router dies with it', () => {
    const system = sites();
    const { frames } = lived({ ...system, nodes: [...system.nodes, { name: 'box', cpuMillicores: 1_000, memoryMib: 512, usdPerHour: 0, router: 'mast' }] }, 160, [{ kind: 'node-down', node: 'box', atSeconds: 100 }]);
    expect(errors(between(frames, 60, 100))).toBe(0);
    expect(served(between(frames, 105, 160))).toBe(0);
  });
});

describe('identities in a running world', () => {
  const secured = (more: Partial<SystemSpec['identity']> = {}) => sites({ identity: { ...IDENTITY, ...more } });

  it('cost a handshake per connection, and more bytes with larger signatures', () => {
    const { world, frames } = lived(secured(), 200);
    const { handshakes, handshakeBytes, refused } = world.coupling.total;
    expect(handshakes).toBeGreaterThanOrEqual(4);
    expect(handshakes).toBeLessThanOrEqual(7);
    expect(Object.values(refused)).toEqual([0, 0, 0, 0, 0]);
    expect(errors(between(frames, 60, 200))).toBe(0);
    const quantum = lived(secured({ signature: 'ml-dsa-44', keyExchange: 'x25519+ml-kem-768' }), 200).world.coupling.total;
    expect(quantum.handshakeBytes / quantum.handshakes).toBeGreaterThan((5 * handshakeBytes) / handshakes);
  });

  it('let no call through once an SVID has expired in an outage, and say why', () => {
    const { frames, world } = lived(secured(), 900, [{ kind: 'identity-server-down', server: 'spire', atSeconds: 200, lastsSeconds: 500 }]);
    const expired = between(frames, 200 + TTL, 700);
    expect(served(expired)).toBe(0);
    expect(expired.every((frame) => frame.identity!.withoutSvid === 2)).toBe(true);
    expect(expired.flatMap((frame) => frame.identity!.refusedPerSecond.map(({ reason }) => reason)).every((reason) => reason === 'expired')).toBe(true);
    expect(errors(between(frames, 60, 200 + TTL / 2 - 1))).toBe(0);
    expect(errors(between(frames, 770, 900))).toBe(0); // the last try is at most a minute's back-off away
    expect(world.alarms.map((alarm) => alarm.kind)).toContain('mtls-refused');
  });

  it.each([210, 260, 320, 380])('are lost in an outage of %i seconds as the closed form says', (outage) => {
    const system = secured();
    const many: SystemSpec = { ...system, nodes: Array.from({ length: 1_500 }, (_, i) => ({ ...system.nodes[0]!, name: `n${i}` })), services: [{ ...system.services[1]!, nodes: undefined }], loads: [], mesh: undefined };
    const world = compileWorld(many, 5);
    setFault(world, { kind: 'identity-server-down', server: 'spire' }, true);
    const frame = live(world, outage).at(-1)!;
    const share = frame.identity!.withoutSvid / frame.identity!.workloads;
    const expected = expiredShare(outage, TTL);
    expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 1_500) + 0.005);
  });

  it('outlive a server as long as another one signs', () => {
    const { frames } = lived(secured({ servers: [{ name: 'spire' }, { name: 'spare' }] }), 900, [{ kind: 'identity-server-down', server: 'spire', atSeconds: 100 }]);
    expect(errors(between(frames, 60, 900))).toBe(0);
    expect(frames.at(-1)!.identity).toMatchObject({ withoutSvid: 0, serversUp: 1, servers: 2 });
  });

  it('wait in line for a slow signer after an outage', () => {
    const many = secured({ servers: [{ name: 'spire', signingsPerSecond: 1 }], backoffSecondsMax: 5 });
    const wide: SystemSpec = { ...many, nodes: Array.from({ length: 300 }, (_, i) => ({ ...many.nodes[0]!, name: `n${i}` })), services: [{ ...many.services[1]!, nodes: undefined }], loads: [], mesh: undefined };
    const { frames } = lived(wide, 420, [{ kind: 'identity-server-down', server: 'spire', atSeconds: 20, lastsSeconds: 250 }]);
    const queue = frames.map((frame) => frame.identity!.signingQueueSeconds);
    expect(Math.max(...queue.slice(0, 265))).toBeLessThan(30);
    expect(Math.max(...queue.slice(270, 290))).toBeGreaterThan(100);
    expect(frames[269]!.identity!.withoutSvid).toBeGreaterThan(40);
  });

  it('cost more time on a lossy way the more segments their certificates fill', () => {
    const lossy = { ...sites().mesh!, links: sites().mesh!.links.map((link) => ({ ...link, lossPercent: 12 })) };
    const mean = (signature: 'ecdsa-p256' | 'slh-dsa-128s') => {
      const { world } = lived({ ...secured({ signature, connectionSeconds: 0 }), mesh: lossy }, 200);
      return { resent: world.coupling.total.resent / world.coupling.total.handshakes, latency: world.infra.client.total.latency.sum / world.infra.client.total.latency.count };
    };
    const [classical, quantum] = [mean('ecdsa-p256'), mean('slh-dsa-128s')];
    expect(quantum.resent).toBeGreaterThan(3 * classical.resent);
    expect(quantum.latency).toBeGreaterThan(1.3 * classical.latency);
  });

  it('are gone with the node that kept them, and cannot come back while no server answers', () => {
    const { frames } = lived(secured(), 300, [
      { kind: 'identity-server-down', server: 'spire', atSeconds: 90 },
      { kind: 'node-down', node: 'edge', atSeconds: 100, lastsSeconds: 20 },
    ]);
    const after = between(frames, 150, 200);
    expect(served(after)).toBe(0);
    expect(new Set(after.flatMap((frame) => frame.identity!.refusedPerSecond.map(({ reason }) => reason)))).toEqual(new Set(['no-svid']));
  });

  it('break for a moment when a rotation drops the old key, and not at all when it does not', () => {
    const broken = lived(secured(), 200, [{ kind: 'rotate-bundle', overlap: false, atSeconds: 100 }]).frames;
    expect(errors(between(broken, 100, 106))).toBeGreaterThan(0);
    expect(errors(between(broken, 110, 200))).toBe(0);
    expect(errors(between(lived(secured(), 200, [{ kind: 'rotate-bundle', overlap: true, atSeconds: 100 }]).frames, 60, 200))).toBe(0);
  });

  it('are refused by a peer whose clock is far ahead, and by one far behind', () => {
    const reasons = (skewSeconds: number) => new Set(between(lived(secured(), 700, [{ kind: 'clock-skew', node: 'edge', skewSeconds, atSeconds: 100 }]).frames, 100, 700).flatMap((frame) => frame.identity!.refusedPerSecond.map(({ reason }) => reason)));
    expect(reasons(TTL)).toEqual(new Set(['expired']));
    expect(reasons(-60)).toEqual(new Set(['not-yet-valid']));
    expect(reasons(5)).toEqual(new Set());
  });

  it('stop a service whose SVIDs are revoked for good, and only pause one that is given others', () => {
    const gone = lived(secured(), 200, [{ kind: 'revoke-svid', service: 'store', reissue: false, atSeconds: 100 }]).frames;
    expect(served(between(gone, 101, 200))).toBe(0);
    const again = lived(secured(), 200, [{ kind: 'revoke-svid', service: 'store', reissue: true, atSeconds: 100 }]).frames;
    expect(served(between(again, 102, 200))).toBeGreaterThan(900);
  });

  it('live on alike in a fork, and a system without them is left as it was', () => {
    const { world } = lived(secured(), 150, [{ kind: 'identity-server-down', server: 'spire', atSeconds: 100 }]);
    const fork = forkWorld(world);
    live(world, 500);
    live(fork, 500);
    expect(worldHash(fork)).toBe(worldHash(world));
    expect(forkState(world.coupling.total)).toEqual(fork.coupling.total);
  });
});

it('a system whose places and servers do not exist is refused with the path of each', () => {
  const parsed = parseSystem(sites({ nodes: [{ ...sites().nodes[0]!, via: 'nowhere' }, sites().nodes[1]!], identity: { ...IDENTITY, servers: [{ name: 's', node: 'ghost' }], svidTtlSeconds: 40_000 }, edgeStores: [{ name: 'a', router: 'nobody', writesPerSecond: 1 }, { name: 'a', router: 'roof', writesPerSecond: -1 }] }));
  expect(parsed.ok ? [] : parsed.error.map(({ path, code }) => `${path} ${code}`)).toEqual(expect.arrayContaining(['nodes[0].via unknown-name', 'identity.servers[0].node unknown-name', 'identity.svidTtlSeconds out-of-range', 'edgeStores[0].router unknown-name', 'edgeStores[1].name duplicate', 'edgeStores[1].writesPerSecond out-of-range']));
});
