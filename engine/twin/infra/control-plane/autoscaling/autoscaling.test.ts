import { describe, expect, test } from 'vitest';
import { alarmsOf, cluster, lived, livesOn, node, phasesOf, service, upNodes } from '../testing/small-cluster';

const minutes = (...rps: readonly number[]) => rps;
const rounds = (world: Parameters<typeof alarmsOf>[0]) => alarmsOf(world, 'autoscaled').map(({ at, detail }) => [at, ...detail.match(/\d+/g)!.slice(0, 2).map(Number)] as [number, number, number]);
const roomy = [node('n1', { cpuMillicores: 16_000 }), node('n2', { cpuMillicores: 16_000 })];
const hpa = (more: object = {}) => service('web', { autoscaler: { min: 2, max: 20, metrics: [{ kind: 'Resource', resource: 'cpu', utilizationPercent: 60 }], ...more } });

describe('the horizontal autoscaler in the running world', () => {
  test('answers a step of load after scrape, round and start, at most doubling (or four) a round', () => {
    const world = lived(cluster({ nodes: roomy, services: [hpa()], rps: minutes(40, 40, 250) }), 300);
    const steps = rounds(world);
    expect(steps[0]![0]).toBeGreaterThan(120);
    expect(steps[0]![0]).toBeLessThan(160);
    for (const [, from, to] of steps) expect(to).toBeLessThanOrEqual(Math.max(4, 2 * from));
    // 250 requests a second of 10 ms are 2.5 cores: at 60 % of 500 m that is 8.3 pods, and a tenth is tolerated
    expect(world.infra.services[0]!.wantedReplicas).toBeGreaterThanOrEqual(8);
    expect(world.infra.services[0]!.wantedReplicas).toBeLessThanOrEqual(11);
    expect(new Set(phasesOf(world, 'web'))).toEqual(new Set(['ready']));
  });

  test('does not shrink before the largest wish of five minutes is forgotten', () => {
    const rps = minutes(250, 250, 20);
    const world = lived(cluster({ nodes: roomy, services: [hpa()], rps }), 300);
    expect(rounds(world).every(([, from, to]) => to > from)).toBe(true);
    livesOn(world, 405);
    expect(world.infra.services[0]!.wantedReplicas).toBeGreaterThan(6);
    livesOn(world, 700);
    expect(world.infra.services[0]!.wantedReplicas).toBe(2);
  });

  test('a behaviour sets windows and rates', () => {
    const behavior = { scaleUp: { policies: [{ type: 'Pods' as const, value: 1, periodSeconds: 60 }] }, scaleDown: { stabilizationWindowSeconds: 0 } };
    const world = lived(cluster({ nodes: roomy, services: [hpa({ behavior })], rps: minutes(250, 250, 250, 20) }), 360);
    const ups = rounds(world).filter(([, from, to]) => to > from);
    expect(ups.every(([, from, to]) => to === from + 1)).toBe(true);
    for (let i = 1; i < ups.length; i += 1) expect(ups[i]![0] - ups[i - 1]![0]).toBeGreaterThanOrEqual(60);
    expect(world.infra.services[0]!.wantedReplicas).toBe(2);
  });

  test('scales on requests in flight, and on the rate of another service', () => {
    const pods = lived(cluster({ nodes: roomy, services: [hpa({ metrics: [{ kind: 'Pods', metric: 'requests-per-second', averageValue: 28 }] })], rps: 100 }), 120);
    expect(pods.infra.services[0]!.wantedReplicas).toBe(4);
    const worker = service('worker', { replicas: 1, autoscaler: { min: 1, max: 9, metrics: [{ kind: 'External', metric: 'requests-per-second', service: 'web', averageValue: 22 }] } });
    const external = lived(cluster({ nodes: roomy, services: [service('web'), worker], rps: 100 }), 120);
    expect(external.infra.services[1]!.wantedReplicas).toBe(5);
  });

  test('without load it goes to its minimum, and a size above its maximum is corrected at once', () => {
    const world = lived(cluster({ nodes: roomy, services: [{ ...hpa(), replicas: 24 }] }), 16);
    expect(world.infra.services[0]!.wantedReplicas).toBe(20);
  });
});

describe('node autoscaling', () => {
  const pool = { name: 'pool', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, min: 2, max: 6, bootSeconds: 60 };
  const grouped = [node('n1', { group: 'pool' }), node('n2', { group: 'pool' })];
  const autoscaled = (more: object) => cluster({ nodes: grouped, services: [service('web', { replicas: 8, disruptionBudget: { maxUnavailable: 1 } })], cluster: { nodeGroups: [pool], nodeAutoscaler: { kind: 'cluster-autoscaler', ...more } } });

  test('pods without room get as many nodes as they need, after the boot', () => {
    const world = lived(autoscaled({}), 30);
    livesOn(world, 60, { kind: 'set-replicas', service: 'web', replicas: 15 });
    expect(alarmsOf(world, 'nodes-ordered').map(({ detail }) => detail)).toEqual(['pool-1, pool-2 for 7 pending pods']);
    expect(upNodes(world)).toEqual(['n1', 'n2']);
    livesOn(world, 140);
    expect(upNodes(world)).toEqual(['n1', 'n2', 'pool-1', 'pool-2']);
    expect(phasesOf(world, 'web').filter((phase) => phase === 'ready')).toHaveLength(15);
  });

  test('a group at its maximum grows no further, and the pods say why they wait', () => {
    const world = livesOn(lived(autoscaled({}), 30), 200, { kind: 'set-replicas', service: 'web', replicas: 40 });
    expect(upNodes(world)).toHaveLength(6);
    expect(phasesOf(world, 'web').filter((phase) => phase === 'pending')).toHaveLength(40 - 6 * 4);
    expect(alarmsOf(world, 'unschedulable').at(-1)!.detail).toBe('0/6 nodes are available: 6 Insufficient cpu.');
  });

  test('a node of which little is requested for ten minutes is drained and leaves the bill, down to the minimum', () => {
    const world = livesOn(lived(autoscaled({ delayAfterAddSeconds: 60 }), 30), 200, { kind: 'set-replicas', service: 'web', replicas: 15 });
    livesOn(world, 790, { kind: 'set-replicas', service: 'web', replicas: 3 });
    expect(upNodes(world)).toHaveLength(4);
    livesOn(world, 3_000);
    expect(upNodes(world)).toHaveLength(2);
    expect(phasesOf(world, 'web')).toEqual(['ready', 'ready', 'ready']);
  });

  test('a new machine in the place of a reclaimed one does not bring the old pods back', () => {
    const spot = { ...pool, spot: true, min: 0, max: 1, bootSeconds: 5 };
    const kept = service('web', { replicas: 2, disruptionBudget: { maxUnavailable: 0 } });
    const system = cluster({ nodes: [node('n1', { group: 'pool', spot: true })], services: [kept, service('more', { replicas: 2 })], cluster: { nodeGroups: [spot], nodeAutoscaler: { kind: 'cluster-autoscaler' } } });
    const world = lived(system, 170, { faults: [{ kind: 'spot-reclaim', node: 'n1', atSeconds: 10 }] });
    expect(upNodes(world)).toEqual(['n1']);
    const old = world.infra.replicas.filter(({ name }) => name === 'web-1' || name === 'web-2');
    expect(old.map(({ phase }) => phase)).toEqual(['gone', 'gone']);
    expect(phasesOf(world, 'web')).toEqual(['ready', 'ready']);
  });

  test('Karpenter puts pods together and lets nodes go, one replacement before the old ones', () => {
    const small = { ...pool, name: 'small', cpuMillicores: 1_000, usdPerHour: 0.04, min: 0 };
    const system = cluster({ nodes: grouped, services: [service('web', { replicas: 2, cpuRequestMillicores: 400 })], cluster: { nodeGroups: [pool, small], nodeAutoscaler: { kind: 'karpenter', budgets: [{ nodes: '100%' }] } } });
    const world = lived(system, 400);
    expect(alarmsOf(world, 'consolidation').length).toBeGreaterThan(0);
    expect(upNodes(world)).toEqual(['small-1']);
    expect(phasesOf(world, 'web')).toEqual(['ready', 'ready']);
  });
});

describe('the vertical autoscaler', () => {
  const fat = (mode: 'Off' | 'Initial' | 'Recreate') => service('web', { replicas: 4, cpuRequestMillicores: 1_000, pod: { memoryRequestMib: 1_000 }, verticalAutoscaler: { mode, historyDays: 30, minAllowed: { memoryMib: 64 } } });
  const wide = [node('n1', { cpuMillicores: 8_000, memoryMib: 16_384 })];
  const requests = (world: ReturnType<typeof lived>) => world.infra.services[0]!.replicas.map((index) => world.infra.replicas[index]!).filter(({ phase }) => phase !== 'draining').map(({ cpuRequest }) => cpuRequest);

  test('recommends and leaves running pods alone, or evicts them half at a time', () => {
    const off = lived(cluster({ nodes: wide, services: [fat('Off')], rps: 40 }), 600);
    expect(requests(off)).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(off.infra.services[0]!.rules.scaling.recommendation!.target.cpuMillicores).toBeLessThan(300);
    const recreate = lived(cluster({ nodes: wide, services: [fat('Recreate')], rps: 40 }), 600);
    expect(requests(recreate).every((cpu) => cpu < 300)).toBe(true);
    const first = alarmsOf(recreate, 'resized')[0]!.at;
    expect(alarmsOf(recreate, 'resized').filter(({ at }) => at === first)).toHaveLength(2);
  });

  test('only new pods get the recommendation under Initial', () => {
    const world = livesOn(lived(cluster({ nodes: wide, services: [fat('Initial')], rps: 40 }), 300), 320, { kind: 'set-replicas', service: 'web', replicas: 5 });
    const sizes = requests(world);
    expect(sizes.slice(0, 4)).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(sizes[4]).toBeLessThan(300);
  });
});
