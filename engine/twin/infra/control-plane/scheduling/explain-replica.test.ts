import { describe, expect, test } from 'vitest';
import { applyCommand, explainReplica, forkWorld, worldHash } from '@/engine/twin';
import { cluster, lived, node, service } from '../testing/small-cluster';

const nodes = [node('wide', { cpuMillicores: 8_000, memoryMib: 16_384 }), node('small'), node('full', { cpuMillicores: 300 }), node('gpu', { taints: [{ key: 'gpu', value: 'only', effect: 'NoSchedule' }] })];
const system = cluster({ nodes, services: [service('web', { replicas: 1 }), service('big', { replicas: 1, cpuRequestMillicores: 9_000 })] });

describe('why a replica is where it is', () => {
  const world = lived(system, 5);
  const web = explainReplica(world, 'web-1')!;

  test('every node is the chosen one, refused with a reason, or behind by points; and what would flip it was tried', () => {
    expect(web).toMatchObject({ node: 'wide', quality: 'Burstable', restarts: 0, placement: { chosen: 'wide' } });
    const of = (name: string) => web.placement.nodes.find((each) => each.node === name)!;
    expect(of('small')).toMatchObject({ outcome: 'outscored', flip: { changes: [{ kind: 'prefer-node', node: 'small' }] } });
    expect(of('full')).toMatchObject({ outcome: 'refused', refusals: [{ filter: 'NodeResourcesFit' }], flip: { changes: [{ kind: 'lower-request', resource: 'cpu', by: 200 }, { kind: 'prefer-node' }] } });
    expect(of('gpu')).toMatchObject({ outcome: 'refused', refusals: [{ filter: 'TaintToleration' }] });
  });

  test('one that waits says why, and where it would go', () => {
    const big = explainReplica(world, 'big-1')!;
    expect(big.node).toBe(null);
    expect(big.refusal).toBe('0/4 nodes are available: 1 node(s) had untolerated taint {gpu=only}, 3 Insufficient cpu.');
    expect(big.placement.nodes.find((each) => each.node === 'wide')).toMatchObject({ outcome: 'refused', flip: { changes: [{ kind: 'lower-request', resource: 'cpu', by: 1_500 }] } });
  });

  test('asking changes nothing, and who does not live is not explained', () => {
    const fork = forkWorld(world);
    const before = worldHash(fork);
    explainReplica(fork, 'web-1');
    expect(worldHash(fork)).toBe(before);
    applyCommand(fork, { kind: 'set-replicas', service: 'web', replicas: 0 });
    expect(explainReplica(fork, 'web-1')).toBe(null);
    expect(explainReplica(fork, 'nobody')).toBe(null);
  });
});
