import { describe, expect, test } from 'vitest';
import { alarmsOf, cluster, lived, livesOn, node, nodesOf, phasesOf, service, upNodes } from '../testing/small-cluster';

const agent = service('agent', { replicas: 3, daemon: true, cpuRequestMillicores: 100, pod: { tolerations: [{ operator: 'Exists' }] } });
const three = [node('n1'), node('n2'), node('n3')];
const web = service('web', { replicas: 3 });

describe('a daemon', () => {
  test('has one pod on every node, however much room there is', () => {
    expect(nodesOf(lived(cluster({ nodes: three, services: [web, agent] }), 10), 'agent').sort()).toEqual(['n1', 'n2', 'n3']);
  });

  test('stays while its node is drained, and the drain ends', () => {
    const world = livesOn(lived(cluster({ nodes: three, services: [web, agent] }), 10), 120, { kind: 'drain-node', node: 'n1' });
    expect(nodesOf(world, 'web')).not.toContain('n1');
    expect(nodesOf(world, 'agent')).toContain('n1');
    expect(world.infra.nodes[0]!.drain).toBe('no');
  });

  test('goes with a node that is removed, and nobody makes another', () => {
    const world = livesOn(lived(cluster({ nodes: three, services: [web, agent] }), 10), 200, { kind: 'remove-node', node: 'n1' });
    expect(upNodes(world)).toEqual(['n2', 'n3']);
    expect(nodesOf(world, 'agent').sort()).toEqual(['n2', 'n3']);
    expect(phasesOf(world, 'agent')).toEqual(['ready', 'ready']);
    expect(alarmsOf(world, 'unschedulable')).toEqual([]);
  });

  test('is not evicted from a node that is not ready, and is there again when it comes back', () => {
    const world = lived(cluster({ nodes: three, services: [web, agent] }), 500, { faults: [{ kind: 'node-down', node: 'n1', atSeconds: 10, lastsSeconds: 450 }] });
    expect(nodesOf(world, 'agent').sort()).toEqual(['n1', 'n2', 'n3']);
    expect(phasesOf(world, 'agent')).toEqual(['ready', 'ready', 'ready']);
  });
});

describe('with node groups', () => {
  const group = { name: 'pool', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, min: 1, max: 4, bootSeconds: 30 };
  const grown = (replicas: number, more: object = {}) =>
    cluster({
      nodes: [node('n1', { group: 'pool' }), node('n2', { group: 'pool' })],
      services: [service('agent', { replicas: 2, daemon: true, cpuRequestMillicores: 300, ...more }), service('web', { replicas })],
      cluster: { nodeGroups: [group], nodeAutoscaler: { kind: 'cluster-autoscaler', unneededSeconds: 60, delayAfterAddSeconds: 60 } },
    });

  test('a node that boots gets its own, and counts with it when nodes are ordered', () => {
    const world = lived(grown(9), 300);
    expect(upNodes(world)).toHaveLength(3); // 3 of 500 m beside 300 m of the daemon, on each
    expect(nodesOf(world, 'agent').sort()).toEqual(upNodes(world).sort());
    expect(phasesOf(world, 'web').every((phase) => phase === 'ready')).toBe(true);
  });

  test('a daemon’s own pod orders no node and keeps none', () => {
    const world = lived(grown(2), 600);
    expect(upNodes(world)).toHaveLength(1);
    expect(nodesOf(world, 'agent')).toEqual(upNodes(world));
  });

  test('a selector keeps it off nodes it does not match', () => {
    const world = lived(grown(9, { replicas: 1, pod: { nodeSelector: { 'kubernetes.io/hostname': 'n1' } } }), 300);
    expect(upNodes(world).length).toBeGreaterThan(2);
    expect(nodesOf(world, 'agent')).toEqual(['n1']);
  });
});
