import { describe, expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld, applyCommand, compileWorld, parseSystem, takeFrames, type SystemSpec } from '@/engine/twin';
import { seenNodes } from './believe-nodes';

const group = { name: 'pool', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, min: 1, max: 4, bootSeconds: 20 };
const node = (name: string, more: object = {}) => ({ name, cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1, ...more });
const service = { name: 'web', replicas: 4, lanes: 1, demand: { meanMs: 5 }, startUp: { meanMs: 1_000 }, cpuRequestMillicores: 500, memoryMib: 100 };

function system(cluster: object | undefined): SystemSpec {
  const read = parseSystem({ nodes: [node('fixed'), node('n1', cluster === undefined ? {} : { group: 'pool' })], services: [service], loads: [], cluster });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

describe('nodes as last seen', () => {
  test('those that were bought are there, those that were returned are not', () => {
    const spec = system({ nodeGroups: [group], nodeAutoscaler: { kind: 'cluster-autoscaler', unneededSeconds: 30, delayAfterAddSeconds: 0 } });
    const world = compileWorld(spec, 1);
    applyCommand(world, { kind: 'set-replicas', service: 'web', replicas: 11 });
    advanceWorld(world, seconds(60));
    expect(seenNodes(spec, takeFrames(world)).map(({ name }) => name)).toEqual(['fixed', 'n1', 'pool-1']);
    applyCommand(world, { kind: 'set-replicas', service: 'web', replicas: 1 });
    advanceWorld(world, seconds(200));
    const left = seenNodes(spec, takeFrames(world));
    expect(left).toHaveLength(2);
    expect(left[0]!.name).toBe('fixed');
  });

  test('a system without groups is believed as written, and so is one nobody has looked at', () => {
    const plain = system(undefined);
    const world = compileWorld(plain, 1);
    advanceWorld(world, seconds(2));
    expect(seenNodes(plain, takeFrames(world))).toBe(plain.nodes);
    expect(seenNodes(system({ nodeGroups: [group] }), [])).toHaveLength(2);
  });
});
