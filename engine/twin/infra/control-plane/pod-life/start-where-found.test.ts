import { describe, expect, test } from 'vitest';
import { compileWorld, parseSystem, type SystemSpec } from '@/engine/twin';
import { alarmsOf, cluster, livesOn, node, nodesOf, phasesOf, service, upNodes } from '../testing/small-cluster';

const three = [node('n1'), node('n2'), node('n3')];
const begin = (system: SystemSpec) => compileWorld(system, 7);
const web = (startsOn: readonly (string | null)[], more: object = {}) => service('web', { replicas: Math.max(2, startsOn.length), startsOn, ...more });

describe('a world that begins as it was found', () => {
  test('has every pod on the node that ran it, ready, however the scheduler would have spread them', () => {
    const world = begin(cluster({ nodes: three, services: [web(['n3', 'n3', 'n3'])] }));
    expect(nodesOf(world, 'web')).toEqual(['n3', 'n3', 'n3']);
    expect(phasesOf(world, 'web')).toEqual(['ready', 'ready', 'ready']);
    expect(alarmsOf(world, 'moved-at-start')).toEqual([]);
    expect(new Set(nodesOf(begin(cluster({ nodes: three, services: [service('web', { replicas: 3 })] })), 'web')).size).toBe(3);
  });

  test('weighs later pods against those that were found', () => {
    const world = begin(cluster({ nodes: three, services: [web(['n1', 'n2', 'n1', 'n2'], { cpuRequestMillicores: 1_000 }), service('new', { replicas: 2, cpuRequestMillicores: 1_000 })] }));
    expect(nodesOf(world, 'new')).toEqual(['n3', 'n3']);
  });

  test('moves a pod that the kubelet would refuse, and says which rule', () => {
    const world = begin(cluster({ nodes: three, services: [web(['n1', 'n1', 'n1'], { cpuRequestMillicores: 900 })] }));
    expect(nodesOf(world, 'web').slice(0, 2)).toEqual(['n1', 'n1']);
    expect(['n2', 'n3']).toContain(nodesOf(world, 'web')[2]);
    expect(alarmsOf(world, 'moved-at-start').map(({ subject, detail }) => [subject, detail])).toEqual([['web-3', 'it was found on n1: cpu: 900 requested, 200 of 2000 free']]);
  });

  test('asks no rule that only the scheduler asks: taints, spread and anti-affinity bind who comes, not who is there', () => {
    const apart = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' }] } };
    const nodes = [node('n1', { taints: [{ key: 'own', effect: 'NoSchedule' }] }), node('n2')];
    expect(nodesOf(begin(cluster({ nodes, services: [web(['n1', 'n1'], { pod: { affinity: apart } })] })), 'web')).toEqual(['n1', 'n1']);
    const selective = begin(cluster({ nodes: three, services: [web(['n1', 'n2'], { pod: { nodeSelector: { disk: 'ssd' } } })] }));
    expect(nodesOf(selective, 'web')).toEqual([null, null]);
    expect(alarmsOf(selective, 'moved-at-start')[0]!.detail).toContain('does not match nodeSelector');
  });

  test('lets pods wait that waited, until the scheduler has looked', () => {
    const world = begin(cluster({ nodes: three, services: [web(['n1', null, null], { cpuRequestMillicores: 1_500 })] }));
    expect(phasesOf(world, 'web')).toEqual(['ready', 'pending', 'pending']);
    livesOn(world, 10);
    expect(nodesOf(world, 'web').sort()).toEqual(['n1', 'n2', 'n3']);
    expect(phasesOf(world, 'web')).toEqual(['ready', 'ready', 'ready']);
  });

  test('keeps a cordon: who is there stays, nobody comes', () => {
    const world = begin(cluster({ nodes: [node('n1', { cordoned: true }), node('n2')], services: [web(['n1', 'n1']), service('new', { replicas: 4 })] }));
    expect(nodesOf(world, 'web')).toEqual(['n1', 'n1']);
    expect(new Set(nodesOf(world, 'new'))).toEqual(new Set(['n2']));
    livesOn(world, 1, { kind: 'uncordon-node', node: 'n1' });
    expect(world.infra.nodes[0]!.cordoned).toBe(false);
  });

  test('has a node without a heartbeat: its pods serve nobody, nobody comes, and they go when their toleration is over', () => {
    const world = begin(cluster({ nodes: [node('n1', { notReady: true }), ...three.slice(1)], services: [web(['n1', 'n2']), service('new', { replicas: 3 })] }));
    expect(upNodes(world)).toEqual(['n2', 'n3']);
    expect(phasesOf(world, 'web')).toEqual(['starting', 'ready']);
    expect(nodesOf(world, 'new')).not.toContain('n1');
    livesOn(world, 200);
    expect(nodesOf(world, 'web')).toEqual(['n1', 'n2']);
    livesOn(world, 500);
    expect(nodesOf(world, 'web')).not.toContain('n1');
    expect(phasesOf(world, 'web')).toEqual(['ready', 'ready']);
  });
});

describe('what cannot be', () => {
  const document = (startsOn: unknown, replicas = 2) => ({ nodes: three, services: [{ ...service('web', { replicas }), startsOn }], loads: [] });
  test('is said with its place: a node that is not there, more places than replicas, things that are no names', () => {
    const issues = (of: object) => {
      const read = parseSystem(JSON.parse(JSON.stringify(of)));
      return read.ok ? [] : read.error.map(({ path, code }) => [path, code]);
    };
    expect(issues(document(['n9']))).toEqual([['services[0].startsOn[0]', 'unknown-name']]);
    expect(issues(document(['n1', 'n1', 'n1']))).toEqual([['services[0].startsOn', 'out-of-range']]);
    expect(issues(document([7]))).toEqual([['services[0].startsOn[0]', 'wrong-type']]);
    expect(issues(document([null, 'n1']))).toEqual([]);
  });
  test('a node of an unchecked system that is not there moves its pod, and says so', () => {
    const world = begin({ nodes: three, services: [web(['n1', 'gone'])], loads: [] });
    expect(nodesOf(world, 'web')[0]).toBe('n1');
    expect(nodesOf(world, 'web')[1]).not.toBeNull();
    expect(alarmsOf(world, 'moved-at-start')).toEqual([{ at: 0, subject: 'web-2', detail: 'it was found on gone: it is not there' }]);
  });
});
