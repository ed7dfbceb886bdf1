import { describe, expect, test } from 'vitest';
import { parseSystem, readFault, specReader } from '@/engine/twin';
import { alarmsOf, cluster, lived, livesOn, node, nodesOf, phasesOf, service, upNodes } from '../testing/small-cluster';

const three = [node('n1'), node('n2'), node('n3')];
const counted = (world: ReturnType<typeof lived>, name: string) => phasesOf(world, name).filter((phase) => phase === 'ready').length;

describe('a node that dies', () => {
  const spread = cluster({ nodes: three, services: [service('web', { replicas: 6 })] });
  const dies = { kind: 'node-down', node: 'n1', atSeconds: 10 } as const;

  test('is not ready after its lease, and its pods start elsewhere after their toleration', () => {
    const world = lived(spread, 59, { faults: [dies] });
    expect(world.infra.nodes[0]!.ready).toBe(true);
    expect(phasesOf(world, 'web').filter((phase) => phase === 'lost')).toHaveLength(2);
    livesOn(world, 61);
    expect(world.infra.nodes[0]!.ready).toBe(false);
    livesOn(world, 359);
    expect(counted(world, 'web')).toBe(4);
    livesOn(world, 370);
    expect(counted(world, 'web')).toBe(6);
    expect(nodesOf(world, 'web')).not.toContain('n1');
  });

  test('was noticed after 40 s before 1.32; pods may tolerate less', () => {
    const old = cluster({ nodes: three, services: [service('web', { replicas: 6, pod: { tolerations: [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 20 }] } })], cluster: { kubernetesVersion: '1.30' } });
    const world = lived(old, 49, { faults: [dies] });
    expect(world.infra.nodes[0]!.ready).toBe(true);
    livesOn(world, 80);
    expect(counted(world, 'web')).toBe(6);
  });

  test('that comes back in time starts what it had', () => {
    const world = lived(spread, 120, { faults: [{ ...dies, lastsSeconds: 90 }] });
    expect([counted(world, 'web'), nodesOf(world, 'web').filter((name) => name === 'n1').length]).toEqual([6, 2]);
  });
});

describe('a drain', () => {
  const guarded = (budget: object) => cluster({ nodes: three, services: [service('web', { replicas: 6, disruptionBudget: budget })] });

  test('evicts as far as the disruption budget allows, and goes on when replacements are ready', () => {
    const world = livesOn(lived(guarded({ minAvailable: 5 }), 10), 11, { kind: 'drain-node', node: 'n1' });
    expect(nodesOf(world, 'web').filter((name) => name === 'n1')).toHaveLength(1);
    expect(alarmsOf(world, 'drain-waits')).toHaveLength(1);
    for (let second = 12; second < 40; second += 1) {
      livesOn(world, second);
      expect(counted(world, 'web')).toBeGreaterThanOrEqual(5);
    }
    expect(nodesOf(world, 'web')).not.toContain('n1');
    expect(upNodes(world)).toContain('n1');
  });

  test('that no budget allows waits for ever, and uncordoning ends it', () => {
    const world = livesOn(lived(guarded({ maxUnavailable: 0 }), 10), 100, { kind: 'remove-node', node: 'n1' });
    expect(counted(world, 'web')).toBe(6);
    expect(upNodes(world)).toContain('n1');
    livesOn(world, 200, { kind: 'uncordon-node', node: 'n1' });
    expect(nodesOf(world, 'web').filter((name) => name === 'n1')).toHaveLength(2);
  });

  test('of a node whose pods tolerate everything goes on for ever without holding the world up', () => {
    const stubborn = service('web', { replicas: 2, pod: { tolerations: [{ operator: 'Exists' }] } });
    const world = livesOn(lived(cluster({ nodes: [node('n1')], services: [stubborn] }), 10), 60, { kind: 'remove-node', node: 'n1' });
    expect(upNodes(world)).toEqual(['n1']);
    expect(world.events).toBeLessThan(1_000);
    livesOn(world, 80, { kind: 'uncordon-node', node: 'n1' });
    expect(counted(world, 'web')).toBe(2);
  });

  test('comes before a removal: no request in flight is lost', () => {
    const busy = cluster({ nodes: three, services: [service('web', { replicas: 6, demand: { meanMs: 5 }, wait: { meanMs: 800 } })], rps: 60 });
    const world = livesOn(lived(busy, 10), 40, { kind: 'remove-node', node: 'n1' });
    expect(world.infra.client.total.failed).toBe(0);
    expect(upNodes(world)).toEqual(['n2', 'n3']);
  });
});

describe('a spot node', () => {
  const spot = [node('n1', { spot: true }), node('n2'), node('n3')];

  test('is drained at the notice and gone two minutes later', () => {
    const world = lived(cluster({ nodes: spot, services: [service('web', { replicas: 6 })], rps: 50 }), 20, { faults: [{ kind: 'spot-reclaim', node: 'n1', atSeconds: 10 }] });
    expect([counted(world, 'web'), upNodes(world)]).toEqual([6, ['n1', 'n2', 'n3']]);
    livesOn(world, 131);
    expect(upNodes(world)).toEqual(['n2', 'n3']);
    expect(world.infra.client.total.failed).toBe(0);
  });

  test('takes what a budget kept on it with it', () => {
    const kept = service('web', { replicas: 6, disruptionBudget: { maxUnavailable: 0 } });
    const world = lived(cluster({ nodes: spot, services: [kept] }), 135, { faults: [{ kind: 'spot-reclaim', node: 'n1', atSeconds: 10 }] });
    expect(counted(world, 'web')).toBe(4);
    livesOn(world, 160);
    expect(counted(world, 'web')).toBe(6);
  });

  test('alone may be reclaimed', () => {
    const system = parseSystem({ nodes: spot, services: [service('web')], loads: [] });
    const issues = (name: string) => {
      const at = specReader({ kind: 'spot-reclaim', node: name, atSeconds: 1 });
      if (system.ok) readFault(at, system.value);
      return at.issues.map(({ code, path }) => [path, code]);
    };
    expect([issues('n1'), issues('n2')]).toEqual([[], [['node', 'out-of-range']]]);
  });
});

describe('memory pressure', () => {
  const leak = { kind: 'memory-leak', service: 'leaky', mibPerSecond: 20, atSeconds: 10 } as const;
  const services = [service('leaky', { replicas: 1, cpuRequestMillicores: 100 }), service('calm', { replicas: 2, cpuRequestMillicores: 100 })];

  test('evicts whoever is furthest above its request, and keeps pods without requests away for a while', () => {
    const world = lived(cluster({ nodes: [node('n1')], services }), 250, { faults: [leak] });
    const [first] = alarmsOf(world, 'evicted');
    // 4 096 MiB less 600 used and 100 kept free, at 20 MiB a second from second 10, looked at every 10 s
    expect(first).toMatchObject({ at: 180, subject: 'leaky-1' });
    expect(world.infra.nodes[0]!.memoryShortUs).toBe(180e6);
    expect(alarmsOf(world, 'oom-kill')).toEqual([]);
    expect(counted(world, 'calm')).toBe(2);
  });

  test('that rises quicker than the kubelet looks ends with the kernel killing the highest score', () => {
    const world = lived(cluster({ nodes: [node('n1')], services }), 40, { faults: [{ ...leak, mibPerSecond: 500 }] });
    expect(alarmsOf(world, 'oom-kill')[0]!.subject).toBe('leaky-1');
    expect(world.infra.services[1]!.replicas.every((r) => world.infra.replicas[r]!.restarts === 0)).toBe(true);
  });
});
