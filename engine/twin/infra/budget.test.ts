import { describe, expect, test } from 'vitest';
import { seconds } from '@/engine/kernel';
import { advanceWorld } from '../advance-world';
import { applyCommand } from '../apply-command';
import { compileWorld } from '../compile-world';
import type { SystemSpec } from '../system-spec';
import { affordableNodes, nodesWithinBudget, spentMicroUsdPerHour } from './budget';

const system = (usdPerHourMax?: number): SystemSpec => ({
  nodes: ['n1', 'n2'].map((name) => ({ name, cpuMillicores: 4_000, memoryMib: 8_192, usdPerHour: 0.1, idleWatts: 40, maxWatts: 100, ...(name === 'n2' ? { power: { sleep: { watts: 5, afterSeconds: 3 } } } : {}) })),
  services: [{ name: 'web', replicas: 1, lanes: 1, demand: { meanMs: 5, cv: 1 }, startUp: { meanMs: 100, cv: 0 }, cpuRequestMillicores: 500, memoryMib: 256, nodes: ['n1'] }],
  loads: [],
  cluster: { nodeGroups: [{ name: 'pool', cpuMillicores: 4_000, memoryMib: 8_192, usdPerHour: 0.1, min: 0, max: 5, bootSeconds: 10 }] },
  ...(usdPerHourMax === undefined ? {} : { prices: { budget: { usdPerHourMax } } }),
});

describe('a budget', () => {
  test('lets a group buy what it still pays for, and says so once when that is less than wanted', () => {
    const world = compileWorld(system(0.45), 1, 0);
    expect(spentMicroUsdPerHour(world)).toBe(200_000);
    expect([affordableNodes(world, 0, 2), affordableNodes(world, 0, 5), affordableNodes(world, 0, 5)]).toEqual([2, 2, 2]);
    expect(world.alarms.map(({ kind, subject }) => [kind, subject])).toEqual([['budget-holds-nodes', 'pool']]);
  });
  test('is not spent on a group that it cannot pay, while another group is cheap enough', () => {
    const pool = { cpuMillicores: 4_000, memoryMib: 8_192, min: 0, max: 5, bootSeconds: 5 };
    const wanting: SystemSpec = {
      ...system(0.25),
      services: [{ name: 'web', replicas: 1, lanes: 1, demand: { meanMs: 5, cv: 1 }, startUp: { meanMs: 100, cv: 0 }, cpuRequestMillicores: 3_000, memoryMib: 256 }],
      cluster: { nodeGroups: [{ ...pool, name: 'dear', usdPerHour: 0.1 }, { ...pool, name: 'cheap', cpuMillicores: 8_000, usdPerHour: 0.04 }], nodeAutoscaler: { kind: 'cluster-autoscaler', expander: 'least-waste' } },
    };
    const world = compileWorld(wanting, 1, 0);
    expect([nodesWithinBudget(world, 0), nodesWithinBudget(world, 1)]).toEqual([0, 1]);
    applyCommand(world, { kind: 'set-replicas', service: 'web', replicas: 4 });
    advanceWorld(world, seconds(60));
    expect(world.infra.nodes.filter(({ phase, name }) => phase === 'up' && !name.startsWith('n')).map(({ name }) => name)).toEqual(['cheap-1']);
    expect(spentMicroUsdPerHour(world)).toBeLessThanOrEqual(250_000);
  });
  test('raises one alarm each time the spend rises above it', () => {
    const world = compileWorld(system(0.15), 1, 0);
    advanceWorld(world, seconds(3));
    expect(world.alarms.filter(({ kind }) => kind === 'budget-exceeded')).toHaveLength(1);
    applyCommand(world, { kind: 'remove-node', node: 'n2' });
    advanceWorld(world, seconds(5));
    applyCommand(world, { kind: 'restore-node', node: 'n2' });
    advanceWorld(world, seconds(8));
    expect(world.alarms.filter(({ kind }) => kind === 'budget-exceeded')).toHaveLength(2);
  });
  test('nobody who gave none is held back', () => {
    const world = compileWorld(system(), 1, 0);
    expect(affordableNodes(world, 0, 5)).toBe(5);
  });
});

test('a machine without a pod goes to sleep, and frames say what each node draws and when it leaves the bill', () => {
  const world = compileWorld(system(), 1, 0);
  advanceWorld(world, seconds(5));
  applyCommand(world, { kind: 'remove-node', node: 'n2' });
  advanceWorld(world, seconds(6));
  const n2 = world.frames.map((frame) => frame.nodes.find(({ node }) => node === 'n2')!);
  expect(n2.map(({ watts, paid }) => [watts, paid])).toEqual([[40, undefined], [40, undefined], [5, undefined], [5, undefined], [5, undefined], [0, false]]);
});
