import { describe, expect, test } from 'vitest';
import { quantile } from '@/engine/kernel';
import type { FaultSpec } from '../../../fault';
import type { SystemSpec } from '../../../system-spec';
import { complaints, lived, poisson, service, system } from '../../traffic/testing/small-world';
import type { ReplicationSpec } from './replication-spec';

const nodes = ['a', 'b', 'c'].map((zone) => ({ name: zone, zone, cpuMillicores: 4_000, memoryMib: 4_096, usdPerHour: 0 }));
const replicated = (change: Partial<ReplicationSpec> = {}, rps = 50, replicas = 3): SystemSpec =>
  system(
    [
      service('store', 2, {
        replicas, lanes: 50, memoryMib: 1_000, startUp: { meanMs: 3_000 }, timeoutMs: 1_000,
        replication: { mode: 'async', writeShare: 0.4, writeKib: 16, network: { meanMs: 1 }, shipMibPerSecond: 50, promotion: { meanMs: 2_000 }, ...change },
      }),
    ],
    [poisson('store', rps)],
    { nodes, nodeLoss: { endpointSeconds: 10, rescheduleSeconds: 60 } },
  );
const leaderNode = (world: ReturnType<typeof lived>) => world.infra.nodes[world.infra.replicas[world.infra.services[0]!.replication!.leader]!.node]!.name;
/** Where the first leader is depends on the seed: ties between nodes are broken by chance. */
const lossOf = (spec: SystemSpec, seed: number): FaultSpec => ({ kind: 'node-down', node: leaderNode(lived(spec, 5, { seed })), atSeconds: 60 });
const first = leaderNode(lived(replicated(), 5));
const loss = lossOf(replicated(), 11);
const recoveries = (world: ReturnType<typeof lived>) => world.infra.recoveries;

describe('a replicated service', () => {
  test('whose leader is lost takes writes again after the lease, a retry and the promotion', () => {
    const times = Array.from({ length: 12 }, (_, seed) => recoveries(lived(replicated(), 120, { seed, faults: [lossOf(replicated(), seed)] })));
    for (const list of times) {
      expect(list.length).toBe(1);
      // the lease was renewed up to 2 s before; a candidate looks every 2 to 4.4 s; promotion 2 s
      expect(list[0]!.rtoUs / 1e6).toBeGreaterThan(15);
      expect(list[0]!.rtoUs / 1e6).toBeLessThan(24);
    }
    const spread = times.map((list) => list[0]!.rtoUs);
    expect(Math.max(...spread) - Math.min(...spread)).toBeGreaterThan(0.5e6);
  });

  test('fails writes and serves reads meanwhile, and everything afterwards', () => {
    const during = lived(replicated(), 74, { faults: [loss] }).infra.client.total;
    expect(during.failed).toBeGreaterThan(150);
    const failedLater = (until: number) => lived(replicated(), until, { faults: [loss] }).infra.client.total.failed;
    expect(failedLater(160)).toBe(failedLater(110));
  });

  test('loses what was not sent: nothing on a fast line, more on a slow one, nothing synchronously', () => {
    const lost = (change: Partial<ReplicationSpec>, rps = 50) => {
      const spec = replicated(change, rps);
      const all = [1, 2, 3, 4].flatMap((seed) => recoveries(lived(spec, 120, { seed, faults: [lossOf(spec, seed)] })));
      expect(all.length).toBe(4);
      return { writes: all.reduce((total, { lostWrites }) => total + lostWrites, 0), rpo: Math.max(...all.map(({ rpoUs }) => rpoUs)) / 1e6 };
    };
    expect(lost({})).toMatchObject({ writes: 0, rpo: 0 });
    // 20 writes/s of 16 KiB are 0.3125 MiB/s: a line of 0.3 falls behind by about 4 % of the time
    const behind = lost({ shipMibPerSecond: 0.28 });
    expect(behind.writes).toBeGreaterThan(60);
    expect(behind.rpo).toBeGreaterThan(2);
    expect(lost({ mode: 'sync' })).toMatchObject({ writes: 0, rpo: 0 });
  });

  test('lags as an M/D/1 queue for its line does, plus the network', () => {
    // 20 writes/s, each 1/26 s on a line of 0.40625 MiB/s: load 0.77
    const world = lived(replicated({ shipMibPerSecond: 0.40625, network: { meanMs: 5 } }), 1_500);
    const { lag } = world.infra.services[0]!.replication!;
    const sendS = 16 / 1_024 / 0.40625;
    const rho = 20 * sendS;
    const expected = sendS * (1 + rho / (2 * (1 - rho))) + 0.005;
    expect(lag.sum / lag.count / 1e6).toBeGreaterThan(expected * 0.9);
    expect(lag.sum / lag.count / 1e6).toBeLessThan(expected * 1.1);
    expect(quantile(lag, 0.95)).toBeGreaterThan(quantile(lag, 0.5));
  });

  test('answers writes later when it waits for a follower', () => {
    const latency = (mode: 'sync' | 'async') => {
      const { latency: sketch } = lived(replicated({ mode, network: { meanMs: 20 }, writeShare: 1 }), 60).infra.client.total;
      return sketch.sum / sketch.count / 1_000;
    };
    expect(latency('sync') - latency('async')).toBeGreaterThan(39);
    expect(latency('sync') - latency('async')).toBeLessThan(43);
  });

  test('keeps its leader through a restart that is shorter than the lease, and loses nothing', () => {
    const world = lived(replicated({}, 50, 1), 90, { faults: [{ kind: 'kill-replica', service: 'store', count: 1, atSeconds: 30 }] });
    expect(recoveries(world).length).toBe(1);
    expect(recoveries(world)[0]!.rpoUs).toBe(0);
    expect(recoveries(world)[0]!.rtoUs / 1e6).toBeLessThan(10);
  });

  test('has one leader at a time through a partition; what the cut-off leader took alone is lost', () => {
    const others = nodes.map(({ name }) => name).filter((name) => name !== first);
    const world = lived(replicated(), 200, { faults: [{ kind: 'partition', a: others, b: [first], atSeconds: 60, lastsSeconds: 60 }] });
    expect(recoveries(world).length).toBe(1);
    expect(leaderNode(world)).not.toBe(first);
    expect(recoveries(world)[0]!.lostWrites).toBeGreaterThan(0);
    expect(recoveries(world)[0]!.rpoUs / 1e6).toBeGreaterThan(2);
    expect(recoveries(world)[0]!.rpoUs / 1e6).toBeLessThan(13);
  });

  test('is read with its limits', () => {
    const base = replicated();
    const paths = (change: object) => complaints({ ...base, services: [{ ...base.services[0], replication: { ...base.services[0]!.replication, ...change } }] });
    expect(paths({ mode: 'maybe', writeShare: 2, shipMibPerSecond: 0, lease: { durationSeconds: 5, renewDeadlineSeconds: 10, retrySeconds: 20 } })).toEqual(
      ['mode', 'writeShare', 'shipMibPerSecond', 'lease.renewDeadlineSeconds', 'lease.retrySeconds'].map((key) => `services[0].replication.${key}`),
    );
  });
});
