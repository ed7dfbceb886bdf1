import { describe, expect, test } from 'vitest';
import { findScenario, orderShop, shop } from '@/scenarios';
import { chooseMode } from './run-mode';
import { runScenario } from './run-scenario';
import type { ScenarioSpec } from './scenario-spec';

const nodeLoss = findScenario('node-loss')!;
const { mesh: _mesh, ...withoutMesh } = shop;
const plain: ScenarioSpec = {
  ...nodeLoss,
  warmUpSeconds: 20,
  durationSeconds: 120,
  faults: [{ kind: 'zone-down', zone: 'zone-c', atSeconds: 60, lastsSeconds: 20 }],
  system: { ...withoutMesh, nodes: shop.nodes.map(({ router: _router, ...node }) => node), loads: [{ service: 'frontend', arrivals: 'poisson', profile: { kind: 'constant', rps: 100 } }] },
};
const large: ScenarioSpec = { ...plain, durationSeconds: 86_400 };

describe('a run', () => {
  test('is exact as long as that takes no more than minutes', () => {
    expect(chooseMode(plain, 'auto')).toMatchObject({ mode: 'exact', leftOut: [] });
    expect(chooseMode(large, 'auto')).toMatchObject({ mode: 'flow', leftOut: [] });
  });

  test('stays exact, whatever its size, when a flow would leave something out, and says what', () => {
    const cached = { ...large, system: orderShop };
    expect(chooseMode(cached, 'auto').mode).toBe('exact');
    expect(chooseMode(cached, 'auto').why).toContain('leaders and logs');
    expect(chooseMode({ ...nodeLoss, durationSeconds: 864_000 }, 'auto').why).toContain('the mesh');
    expect(chooseMode({ ...large, system: { ...large.system, nodes: large.system.nodes.map((node) => ({ ...node, cpuModel: 'kernel' })) } }, 'auto').why).toContain('CPUs that the kernel shares');
    expect(chooseMode({ ...large, faults: [{ kind: 'partition', a: ['zone-a'], b: ['zone-b'], atSeconds: 1 }] }, 'auto').why).toContain('partition');
  });

  test('as a flow says so, has the same key figures, and one future', () => {
    const exact = runScenario(plain);
    const flow = runScenario(plain, plain.seed, Infinity, 'flow');
    expect(exact.mode?.mode).toBe('exact');
    expect(flow.mode).toMatchObject({ mode: 'flow', why: 'asked for' });
    expect(Object.keys(flow.kpis)).toEqual(Object.keys(exact.kpis));
    expect(flow.frames.length).toBe(exact.frames.length);
    expect(flow.events).toBeLessThan(exact.events / 100);
    expect(runScenario(plain, plain.seed, 17, 'flow').stateHash).toBe(flow.stateHash);
    const error = (kpi: string) => Math.abs(flow.kpis[kpi]!.value! / exact.kpis[kpi]!.value! - 1);
    expect(error('client.throughput')).toBeLessThan(0.05);
    expect(error('catalog.cpuCores')).toBeLessThan(0.06);
    expect(error('client.latencyP50Ms')).toBeLessThan(0.15);
  });
});
