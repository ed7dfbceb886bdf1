/** What a group's settings become. */
import { expect, test } from 'vitest';
import { advanceHost, applyHostCommand, compileHost, findOnHost, parseHost, type HostGroupSpec } from '..';

const SECOND = 1e6;
/** Cores of busy programs, one in each group. */
function shares(groups: readonly Omit<HostGroupSpec, 'name'>[]) {
  const named = groups.map((group, i) => ({ ...group, name: `g${i}` }));
  const read = parseHost(JSON.parse(JSON.stringify({ name: 'h', cpus: 1, memoryMib: 512, groups: named, programs: named.map(({ name }) => ({ name, group: name, load: { kind: 'busy', threads: 1 }, memoryMib: 5 })) })));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const world = compileHost(read.value, { seed: 1, sampleSeconds: 10 });
  advanceHost(world, 60 * SECOND);
  return { world, cores: world.samples.at(-1)!.groups.map(({ cpuCores }) => cpuCores!) };
}

test.each([
  ['v1', 1_024 / 2_048],
  ['v2-linear', 39 / 139],
  ['v2', 100 / 200],
] as const)('a whole core of cpu.shares beside a group of weight 100 gets what %s makes of it', (cgroup, share) => {
  expect(shares([{ cpuShares: { shares: 1_024, cgroup } }, {}]).cores[0]).toBeCloseTo(share, 2);
});

test('a tenth of a core beside a whole one gets a tenth or less, unless the runtime is new', () => {
  const part = (cgroup: 'v1' | 'v2-linear' | 'v2') => {
    const [small, large] = shares([{ cpuShares: { shares: 102, cgroup } }, { cpuShares: { shares: 1_024, cgroup } }]).cores;
    return small! / (small! + large!);
  };
  expect(part('v1')).toBeCloseTo(102 / 1_126, 2);
  expect(part('v2-linear')).toBeCloseTo(4 / 43, 2);
  expect(part('v2')).toBeCloseTo(17 / 117, 2);
});

test('an idle group runs on what others leave, its weight reads 0 and cannot be set', () => {
  const { world, cores } = shares([{ cpuIdle: true }, {}]);
  expect(cores[0]).toBeLessThan(0.01);
  expect(world.samples.at(-1)!.groups[0]!.cpuWeight).toBe(0);
  expect(applyHostCommand(world, { kind: 'set-cpu-weight', group: 'g0', cpuWeight: 500 })).toMatchObject({ ok: false, error: { code: 'out-of-range', max: 0 } });
  expect(findOnHost(world).map(({ kind }) => kind)).not.toContain('configuration-drift');
});

test('a weight and shares at once are refused', () => {
  const read = parseHost({ name: 'h', cpus: 1, memoryMib: 512, groups: [{ name: 'g', cpuWeight: 50, cpuShares: { shares: 512, cgroup: 'v1' } }], programs: [{ name: 'p', group: 'g', load: { kind: 'busy', threads: 1 }, memoryMib: 5 }] });
  expect(read.ok ? [] : read.error.map(({ path }) => path)).toEqual(['groups[0].cpuShares']);
});
