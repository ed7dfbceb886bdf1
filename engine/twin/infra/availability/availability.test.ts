import { describe, expect, test } from 'vitest';
import { parseScenario } from '@/engine/scenario';
import type { FaultSpec } from '../../fault';
import type { SystemSpec } from '../../system-spec';
import { lived, poisson, service, system } from '../traffic/testing/small-world';

const nodes = ['a1', 'a2', 'b1', 'b2', 'c1'].map((name) => ({ name, zone: `zone-${name[0]}`, region: name.startsWith('c') ? 'west' : 'east', cpuMillicores: 4_000, memoryMib: 8_192, usdPerHour: 0, disk: { gib: 100, usedGib: 40 } }));
const spread = (calls = true): SystemSpec =>
  system([service('front', 1, { replicas: 4, lanes: 100, memoryMib: 1_000, ...(calls ? { calls: [{ service: 'back', perRequest: 1, timeoutMs: 500 }] } : {}) }), service('back', 5, { replicas: 4, lanes: 100, memoryMib: 1_000, timeoutMs: 2_000 })], [poisson('front', 60)], { nodes, nodeLoss: { endpointSeconds: 5, rescheduleSeconds: 20 } });
const failedShare = (world: ReturnType<typeof lived>) => world.infra.client.total.failed / world.infra.client.total.offered;
const downNames = (world: ReturnType<typeof lived>) => world.infra.nodes.filter((node) => node.phase !== 'up').map((node) => node.name);

describe('places', () => {
  test('a zone or a region goes down with all its nodes and comes back with them', () => {
    const fault = (kind: object): FaultSpec => ({ atSeconds: 10, lastsSeconds: 30, ...kind }) as FaultSpec;
    expect(downNames(lived(spread(), 20, { faults: [fault({ kind: 'zone-down', zone: 'zone-b' })] }))).toEqual(['b1', 'b2']);
    expect(downNames(lived(spread(), 20, { faults: [fault({ kind: 'region-down', region: 'east' })] }))).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect(downNames(lived(spread(), 60, { faults: [fault({ kind: 'region-down', region: 'east' })] }))).toEqual([]);
  });

  test('a node at half its speed takes twice as long for the same CPU time', () => {
    const one = system([service('s', 10, { demand: { meanMs: 10 } })], [poisson('s', 10)]);
    const mean = (faults: readonly FaultSpec[]) => {
      const { latency } = lived(one, 200, { faults }).infra.client.total;
      return latency.sum / latency.count / 1_000;
    };
    // M/D/1 with 10 and 20 ms
    expect(mean([])).toBeCloseTo(10 * (1 + 0.1 / (2 * 0.9)), 0);
    expect(mean([{ kind: 'slow-node', node: 'n', speed: 0.5, atSeconds: 0 }])).toBeCloseTo(20 * (1 + 0.2 / (2 * 0.8)), 0);
  });
});

describe('a partition', () => {
  const cut: FaultSpec = { kind: 'partition', a: ['zone-a'], b: ['zone-b'], atSeconds: 20, lastsSeconds: 60 };

  test('loses calls across it until their time-out, and none after it has healed', () => {
    const before = lived(spread(), 19, { faults: [cut] });
    expect(failedShare(before)).toBe(0);
    const world = lived(spread(), 150, { faults: [cut] });
    const { timedOut } = world.infra.services[0]!.calls[0]!.state;
    expect(timedOut).toBeGreaterThan(50);
    expect(world.infra.client.total.failed).toBe(timedOut);
    const healed = lived(spread(), 200, { faults: [cut] });
    expect(healed.infra.client.total.failed).toBe(timedOut);
  });

  test('is learned of by the side with the control plane, which then fails at once; the other side times out until the end', () => {
    const pinned = system(
      [
        service('front', 1, { lanes: 100, nodes: ['c1'], calls: [{ service: 'middle', perRequest: 1 }] }),
        service('middle', 1, { lanes: 100, nodes: ['b1'], calls: [{ service: 'store', perRequest: 1, timeoutMs: 300 }] }),
        service('store', 1, { lanes: 100, nodes: ['a1'] }),
      ],
      [poisson('front', 20)],
      { nodes, nodeLoss: { endpointSeconds: 5, rescheduleSeconds: 20 } },
    );
    const after = (a: string, b: string) => {
      const world = lived(pinned, 75, { faults: [{ ...cut, a: [a], b: [b] }] });
      return { failed: world.infra.client.total.failed, timedOut: world.infra.services[1]!.calls[0]!.state.timedOut };
    };
    const ignorant = after('zone-a', 'zone-b');
    const informed = after('zone-b', 'zone-a');
    expect(ignorant.failed / 1_100).toBeCloseTo(1, 1);
    expect(informed.failed / 1_100).toBeCloseTo(1, 1);
    expect(ignorant.timedOut).toBe(ignorant.failed);
    expect(informed.timedOut).toBeLessThan(130);
  });
});

describe('processes', () => {
  test('in a crash loop start again at once, then after 10, 20, 40 … 300 s', () => {
    const world = lived(spread(false), 400, { faults: [{ kind: 'crash-loop', service: 'front', count: 1, afterSeconds: 2, atSeconds: 10 }] });
    const crashes = world.alarms.filter(({ kind }) => kind === 'crash-loop').map(({ atUs, detail }) => [Math.round(atUs / 1e6), detail]);
    expect(crashes.slice(0, 4)).toEqual([
      [12, 'restart 1 in 0 s'],
      [14, 'restart 2 in 10 s'],
      [26, 'restart 3 in 20 s'],
      [48, 'restart 4 in 40 s'],
    ]);
  });

  test('stop crashing when the fault ends', () => {
    const world = lived(spread(false), 300, { faults: [{ kind: 'crash-loop', service: 'front', count: 2, afterSeconds: 2, atSeconds: 10, lastsSeconds: 20 }] });
    expect(world.alarms.filter(({ kind }) => kind === 'crash-loop').length).toBe(6);
    expect(world.infra.services[0]!.replicas.every((replica) => world.infra.replicas[replica]!.phase === 'ready')).toBe(true);
  });
});

describe('a disk', () => {
  test('that fills brings disk pressure below 10 % free: no new pods, and one eviction every 10 s', () => {
    // 50 GiB until 10 % are free, at 1 GiB/s from second 10
    const world = lived(spread(), 100, { faults: [{ kind: 'disk-fill', node: 'a1', mibPerSecond: 1_024, atSeconds: 10 }] });
    const pressure = world.alarms.find(({ kind }) => kind === 'disk-pressure')!;
    expect(pressure).toMatchObject({ subject: 'a1' });
    expect(pressure.atUs / 1e6).toBe(60);
    const evictions = world.alarms.filter(({ kind }) => kind === 'evicted').map(({ atUs }) => atUs / 1e6);
    expect(evictions).toEqual([60, 70]);
    expect(world.infra.nodes[0]!.replicas).toEqual([]);
    expect(world.infra.nodes[0]!.cordoned).toBe(true);
  });

  test('that is cleaned is trusted again after five minutes', () => {
    const world = (until: number) => lived(spread(), until, { faults: [{ kind: 'disk-fill', node: 'a1', mibPerSecond: 1_024, atSeconds: 10, lastsSeconds: 70 }] }).infra.nodes[0]!;
    expect(world(200).cordoned).toBe(true);
    expect(world(400).cordoned).toBe(false);
  });
});

test('faults are read with their names and limits', () => {
  const scenario = { formatVersion: 1, id: 'x', title: 'x', question: 'x', seed: 1, durationSeconds: 60, system: spread() };
  const paths = (...faults: object[]) => {
    const read = parseScenario({ ...scenario, faults: faults.map((fault) => ({ atSeconds: 1, ...fault })) });
    return read.ok ? [] : read.error.map(({ path }) => path);
  };
  expect(paths({ kind: 'zone-down', zone: 'zone-b' }, { kind: 'partition', a: ['zone-a'], b: ['b1'] }, { kind: 'cold-cache', service: 'front' })).toEqual([]);
  expect(paths({ kind: 'zone-down', zone: 'moon' }, { kind: 'slow-node', node: 'a1', speed: 2 }, { kind: 'partition', a: ['zone-a'], b: ['a1'] }, { kind: 'region-down', region: 'x', extra: 1 })).toEqual(['faults[0].zone', 'faults[1].speed', 'faults[2].b', 'faults[3].extra', 'faults[3].region']);
});
