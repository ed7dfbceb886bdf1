import { describe, expect, it } from 'vitest';
import { seconds, type TimeUs } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, compileWorld, scheduleFault, takeFrames, type FaultSpec, type MeshSpec, type SystemSpec } from '@/engine/twin';
import { observe } from '../observe/observe';
import { DEFAULT_POLICY } from '../policy';
import { analyze, type Finding } from './analyze';

const DIAMOND: MeshSpec = {
  routers: ['s', 'u', 'v', 'd'].map((name) => ({ name, gateway: name === 'd' })),
  links: [{ a: 's', b: 'u' }, { a: 'u', b: 'd' }, { a: 's', b: 'v', lossPercent: 10 }, { a: 'v', b: 'd', lossPercent: 10 }],
};
const MESH_KINDS = ['link-degraded', 'originator-lost', 'gateway-lost', 'route-flapping', 'routing-loop', 'svid-expiring', 'svid-expired', 'edge-cut-off'];

function watched(mesh: MeshSpec, faults: readonly FaultSpec[] = []) {
  const system: SystemSpec = { nodes: [{ name: 'n', cpuMillicores: 1_000, memoryMib: 1_000, usdPerHour: 0 }], services: [{ name: 'web', replicas: 1, lanes: 1, demand: { meanMs: 1 }, startUp: { meanMs: 1 }, cpuRequestMillicores: 10, memoryMib: 1 }], loads: [], mesh };
  const world = compileWorld(system, 2);
  for (const fault of faults) scheduleFault(world, fault);
  const frames: Frame[] = [];
  /** What is found at a second, from the frames up to it. */
  return (second: number): Finding[] => {
    advanceWorld(world, seconds(second) as TimeUs);
    frames.push(...takeFrames(world));
    return analyze(observe(frames, system, DEFAULT_POLICY), DEFAULT_POLICY).filter(({ kind }) => MESH_KINDS.includes(kind));
  };
}
const kinds = (findings: readonly Finding[]) => [...new Set(findings.map(({ kind }) => kind))];

describe('findings about a mesh, from frames alone', () => {
  it('are none in a calm one, also while its windows fill', () => {
    const at = watched(DIAMOND);
    for (const second of [40, 80, 120]) expect(at(second).filter(({ kind }) => kind !== 'route-flapping')).toEqual([]);
    for (const second of [240, 300]) expect(at(second)).toEqual([]);
  });

  it('name a dead router by its silence while its TQ is still believed, and who lost the gateway with it', () => {
    const at = watched(DIAMOND, [{ kind: 'router-down', router: 'd', atSeconds: 100 }]);
    at(100);
    const found = at(125);
    expect(found).toContainEqual(expect.objectContaining({ kind: 'originator-lost', subject: 'd' }));
    expect(found.filter(({ kind }) => kind === 'gateway-lost').map(({ subject }) => subject)).toEqual(expect.arrayContaining(['s', 'u', 'v']));
  });

  it('tell who is dead from who is only cut off behind it', () => {
    const line: MeshSpec = { routers: ['g', 'm', 'f'].map((name) => ({ name, gateway: name === 'g' })), links: [{ a: 'g', b: 'm' }, { a: 'm', b: 'f' }] };
    const at = watched(line, [{ kind: 'router-silent', router: 'm', atSeconds: 100 }]);
    at(100);
    expect(at(130).filter(({ kind }) => kind === 'originator-lost').map(({ subject }) => subject)).toEqual(['m']);
  });

  it('see a degraded link after its windows have filled with losses, with its usual value', () => {
    const at = watched(DIAMOND, [{ kind: 'link-loss', a: 's', b: 'u', lossPercent: 50, burstPackets: 0, atSeconds: 120 }]);
    at(120);
    const link = at(185).find(({ kind }) => kind === 'link-degraded');
    expect(link).toMatchObject({ severity: 'ticket', unit: 'TQ' });
    expect(link!.value!).toBeLessThan(0.75 * link!.limit);
  });

  it('leave weak links alone, whose TQ wanders by itself', () => {
    const leaves = Array.from({ length: 12 }, (_, i) => `leaf-${i}`);
    const at = watched({ routers: ['hub', ...leaves].map((name) => ({ name, gateway: name === 'hub' })), links: leaves.map((b, i) => ({ a: 'hub', b, lossPercent: 45 + 4 * i })) });
    at(130);
    const degraded = Array.from({ length: 20 }, (_, i) => at(150 + 20 * i)).flat().filter(({ kind }) => kind === 'link-degraded');
    expect(degraded.length).toBeLessThanOrEqual(2);
  });

  it('forget a cut that healed over another way', () => {
    const at = watched(DIAMOND, [{ kind: 'link-down', a: 'u', b: 'd', atSeconds: 100 }]);
    at(100);
    expect(kinds(at(140))).not.toContain('gateway-lost');
  });

  it('count a route that goes to and fro', () => {
    const at = watched({ ...DIAMOND, links: DIAMOND.links.map((link) => ({ ...link, lossPercent: 40 })) });
    const seen = new Set<string>();
    for (let second = 90; second <= 600; second += 30) kinds(at(second)).forEach((kind) => seen.add(kind));
    expect([...seen]).toContain('route-flapping');
  });
});
