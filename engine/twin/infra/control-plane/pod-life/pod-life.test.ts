import { describe, expect, test } from 'vitest';
import { alarmsOf, cluster, lived, livesOn, node, nodesOf, phasesOf, service } from '../testing/small-cluster';

const big = [node('n1', { cpuMillicores: 16_000, memoryMib: 16_384 })];
const failed = (world: ReturnType<typeof lived>) => world.infra.client.total.failed;

describe('pods that stop', () => {
  const shrunk = (pod: object, endpointRemovalMs: number) => {
    const system = cluster({ nodes: big, services: [service('web', { replicas: 4, pod })], rps: 200, cluster: { endpointRemovalMs } });
    return livesOn(lived(system, 20), 40, { kind: 'set-replicas', service: 'web', replicas: 3 });
  };

  test('refuse what still comes while proxies have not heard; a preStop sleep closes the gap', () => {
    // a quarter of 200 requests a second, for two seconds
    expect(failed(shrunk({}, 2_000))).toBeGreaterThan(60);
    expect(failed(shrunk({ preStopSeconds: 1 }, 2_000))).toBeGreaterThan(25);
    expect(failed(shrunk({ preStopSeconds: 1 }, 2_000))).toBeLessThan(75);
    expect(failed(shrunk({ preStopSeconds: 3 }, 2_000))).toBe(0);
    expect(failed(shrunk({}, 0))).toBe(0);
  });

  test('hold their room until they are gone, and are killed when their grace is over', () => {
    const slow = service('web', { replicas: 1, demand: { meanMs: 1 }, wait: { meanMs: 60_000 }, timeoutMs: 100_000, pod: { terminationGraceSeconds: 10 } });
    const world = livesOn(lived(cluster({ nodes: big, services: [slow], rps: 2 }), 20), 25, { kind: 'set-replicas', service: 'web', replicas: 0 });
    expect(phasesOf(world, 'web')).toEqual(['draining']);
    const before = failed(world);
    livesOn(world, 31);
    expect(phasesOf(world, 'web')).toEqual([]);
    expect(failed(world) - before).toBeGreaterThan(20);
  });
});

describe('pods that crash', () => {
  test('wait 10, 20, 40 … seconds from the second time on, and start anew after ten good minutes', () => {
    const crashesAt = (...at: readonly number[]) => {
      const world = lived(cluster({ nodes: big, services: [service('web', { replicas: 1, startUp: { meanMs: 1_000 } })] }), 0, { faults: at.map((atSeconds) => ({ kind: 'kill-replica', service: 'web', count: 1, atSeconds })) });
      const readyAt: number[] = [];
      for (let second = 1; second <= at.at(-1)! + 60; second += 1) {
        livesOn(world, second);
        const { phase, readySinceUs } = world.infra.replicas[0]!;
        if (phase === 'ready' && readyAt.at(-1) !== readySinceUs / 1e6) readyAt.push(readySinceUs / 1e6);
      }
      return readyAt;
    };
    expect(crashesAt(10, 20, 40)).toEqual([0, 11, 31, 61]);
    expect(crashesAt(10, 20, 700)).toEqual([0, 11, 31, 701]);
  });

  test('that need longer to start than a liveness probe bears never come up; a startup probe helps', () => {
    const slow = (probes: object) => lived(cluster({ nodes: big, services: [service('web', { replicas: 1, startUp: { meanMs: 50_000 }, pod: { probes } })] }), 5);
    const restarted = livesOn(slow({ liveness: {} }), 200, { kind: 'roll-out', service: 'web' });
    expect(restarted.infra.replicas.at(-1)!.restarts).toBeGreaterThan(1);
    expect(alarmsOf(restarted, 'liveness-restart')[0]!.at).toBe(5 + 20);
    const patient = livesOn(slow({ liveness: {}, startup: { failureThreshold: 10 } }), 200, { kind: 'roll-out', service: 'web' });
    expect(patient.infra.replicas.at(-1)!).toMatchObject({ restarts: 0, phase: 'ready', readySinceUs: 55e6 });
  });

  test('a readiness probe takes a choked replica out of the endpoints, and lets it back when it answers in time', () => {
    const probes = { readiness: { periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 2 } };
    const web = service('web', { replicas: 2, lanes: 2, holdsLane: true, queueLimit: 5_000, pod: { probes } });
    const world = lived(cluster({ nodes: big, services: [web], rps: 60 }), 20, { faults: [{ kind: 'slow-service', service: 'web', extraMs: 3_000, atSeconds: 10, lastsSeconds: 15 }] });
    expect(world.infra.replicas.some(({ unready }) => unready)).toBe(true);
    livesOn(world, 240);
    expect(world.infra.replicas.some(({ unready }) => unready)).toBe(false);
  });
});

describe('where pods run', () => {
  const zoned = ['a', 'b', 'c'].flatMap((zone) => [1, 2].map((n) => node(`${zone}${n}`, { zone })));

  test('node selectors, taints, anti-affinity, spread and volumes are obeyed', () => {
    const nodes = [...zoned, node('gpu', { labels: { accelerator: 'yes' }, taints: [{ key: 'gpu', value: 'only', effect: 'NoSchedule' }], resources: { 'nvidia.com/gpu': 1 } })];
    const apart = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'apart' } }, topologyKey: 'topology.kubernetes.io/zone' }] } };
    const even = [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'even' } } }];
    const world = lived(
      cluster({
        nodes,
        cluster: { volumes: [{ name: 'data', zone: 'b' }] },
        services: [
          service('train', { replicas: 2, cpuRequestMillicores: 100, pod: { nodeSelector: { accelerator: 'yes' }, tolerations: [{ key: 'gpu', operator: 'Exists' }], resources: { 'nvidia.com/gpu': 1 } } }),
          service('apart', { replicas: 4, cpuRequestMillicores: 100, pod: { affinity: apart } }),
          service('even', { replicas: 6, cpuRequestMillicores: 100, pod: { topologySpread: even } }),
          service('store', { replicas: 2, cpuRequestMillicores: 100, pod: { volumes: ['data'] } }),
          service('pinned', { replicas: 2, cpuRequestMillicores: 100, nodes: ['c2'] }),
        ],
      }),
      1,
    );
    expect(nodesOf(world, 'train')).toEqual(['gpu', null]);
    const zonesOf = (name: string) => nodesOf(world, name).map((n) => n?.[0] ?? '-').sort((x, y) => (x < y ? -1 : 1));
    expect(zonesOf('apart')).toEqual(['-', 'a', 'b', 'c']);
    expect(zonesOf('even')).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
    expect(zonesOf('store')).toEqual(['b', 'b']);
    expect(nodesOf(world, 'pinned')).toEqual(['c2', 'c2']);
    expect(alarmsOf(world, 'unschedulable').map(({ subject, detail }) => [subject, detail])).toEqual([
      ['train-2', "0/7 nodes are available: 1 Insufficient nvidia.com/gpu, 6 node(s) didn't match Pod's node affinity/selector."],
      ['apart-4', "0/7 nodes are available: 1 node(s) had untolerated taint {gpu=only}, 6 node(s) didn't match pod affinity/anti-affinity rules."],
    ]);
  });

  test('an important pod pushes out as few less important ones as it needs, and gets the room', () => {
    const services = [service('batch', { replicas: 4, pod: { priority: 0 } }), service('core', { replicas: 0, cpuRequestMillicores: 900, pod: { priority: 1_000 } })];
    const world = livesOn(lived(cluster({ nodes: [node('n1')], services }), 10), 30, { kind: 'set-replicas', service: 'core', replicas: 1 });
    expect(alarmsOf(world, 'preempted')).toHaveLength(2);
    expect(phasesOf(world, 'core')).toEqual(['ready']);
    const phases = phasesOf(world, 'batch');
    expect([phases.filter((phase) => phase === 'ready').length, phases.filter((phase) => phase === 'pending').length]).toEqual([2, 2]);
  });

  test('a pod that waits is tried again as soon as its back-off allows when room appears', () => {
    const services = [service('first', { replicas: 4 }), service('second', { replicas: 0 })];
    const world = livesOn(lived(cluster({ nodes: [node('n1')], services }), 10), 30, { kind: 'set-replicas', service: 'second', replicas: 1 });
    expect(phasesOf(world, 'second')).toEqual(['pending']);
    livesOn(world, 31, { kind: 'set-replicas', service: 'first', replicas: 3 });
    expect(phasesOf(world, 'second')).toEqual(['starting']);
  });
});
