import { describe, expect, it } from 'vitest';
import { seconds } from '@/engine/kernel';
import type { Frame } from '@/engine/telemetry';
import { advanceWorld, applyCommand, compileWorld, meshPath, takeFrames, type MeshCommand, type MeshSpec, type SystemSpec, type World } from '@/engine/twin';
import { observe } from '../../observe/observe';
import { DEFAULT_POLICY } from '../../policy';
import type { Proposal } from '../propose/propose';
import { believedWorlds, policyFor } from './believed-worlds';
import { REHEARSED_ROUTERS_MAX, withinRegion } from './mesh-region';

/** A town of `side` × `side` roofs; the hall in a corner is the gateway, losses differ a little. */
function town(side: number): MeshSpec {
  const name = (x: number, y: number) => `r${x}-${y}`;
  const at = Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const);
  return {
    routers: at.map(([x, y]) => ({ name: name(x, y), gateway: x + y === 0 })),
    links: at.flatMap(([x, y]) => [...(x + 1 < side ? [{ a: name(x, y), b: name(x + 1, y), lossPercent: 2 + ((x * 7 + y * 3) % 5) }] : []), ...(y + 1 < side ? [{ a: name(x, y), b: name(x, y + 1), lossPercent: 3 + ((x * 3 + y * 5) % 5) }] : [])]),
  };
}

const system = (side: number): SystemSpec => ({
  nodes: [{ name: 'n1', cpuMillicores: 2_000, memoryMib: 4_096, usdPerHour: 0.1 }, { name: 'far', cpuMillicores: 1_000, memoryMib: 1_024, usdPerHour: 0.1, via: `r${side - 1}-${side - 1}` }],
  services: [{ name: 'web', replicas: 1, lanes: 4, demand: { meanMs: 2 }, startUp: { meanMs: 500 }, cpuRequestMillicores: 200, memoryMib: 100 }],
  loads: [{ service: 'web', arrivals: 'even', profile: { kind: 'constant', rps: 5 }, router: 'r3-2' }],
  mesh: town(side),
});
const proposing = (command: MeshCommand): Proposal => ({ title: command.kind, commands: [command], services: [] });
const penalty: MeshCommand = { kind: 'set-hop-penalty', router: 'r2-2', hopPenalty: 200 };

describe('a mesh too large to rehearse whole', () => {
  it('is rehearsed around what changes and on the ways of traffic, with whole ways to a gateway', () => {
    const large = system(16);
    const { mesh, loads, nodes } = withinRegion(large, null, [proposing(penalty)]);
    const names = new Set(mesh!.routers.map(({ name }) => name));
    expect(names.size).toBe(REHEARSED_ROUTERS_MAX);
    for (const name of ['r2-2', 'r1-2', 'r3-2', 'r2-1', 'r2-3', 'r0-0']) expect(names).toContain(name);
    expect(mesh!.links.every(({ a, b }) => names.has(a) && names.has(b))).toBe(true);
    expect(loads[0]!.router).toBe('r3-2');
    expect(nodes[1]!.via === undefined || names.has(nodes[1]!.via)).toBe(true);
    expect(withinRegion(system(8), null, [proposing(penalty)])).toEqual(system(8));
  });

  it('sends traffic that would not fit in at the gateways’ side', () => {
    const large = system(16);
    const everywhere: SystemSpec = { ...large, loads: large.mesh!.routers.map(({ name }) => ({ ...large.loads[0]!, router: name })) };
    const cut = withinRegion(everywhere, null, [proposing(penalty)]);
    expect(cut.loads).toHaveLength(256);
    expect(cut.loads.filter(({ router }) => router !== undefined).length).toBeLessThanOrEqual(REHEARSED_ROUTERS_MAX);
    expect(() => compileWorld(cut, 1)).not.toThrow();
  });

  it('answers a command as the whole mesh does', () => {
    const large = system(9);
    const cut = withinRegion(large, null, [proposing(penalty)]);
    const avoided = [large, cut].map((spec) => {
      const world = compileWorld(spec, 5);
      advanceWorld(world, seconds(40));
      applyCommand(world, penalty);
      advanceWorld(world, seconds(62));
      return meshPath(world.mesh!, 'r3-2').hops;
    });
    for (const hops of avoided) expect(hops).not.toContain('r2-2');
    for (const hops of avoided) expect(hops.length).toBe(6);
  });

  it('costs a decision seconds, not minutes: believed worlds of 144 routers stay as small as those of 64', () => {
    const large = system(12);
    const world: World = compileWorld(large, 2);
    advanceWorld(world, seconds(8));
    const frames: Frame[] = takeFrames(world);
    const proposals = [proposing(penalty)];
    const policy = policyFor(proposals, DEFAULT_POLICY);
    const [believed] = believedWorlds(proposals, frames, observe(frames, large, policy), large, policy, [7]);
    expect(believed!.mesh!.topology.names).toHaveLength(REHEARSED_ROUTERS_MAX);
    expect(applyCommand(believed!, penalty).ok).toBe(true);
  });
});
