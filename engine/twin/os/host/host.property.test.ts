/** Hosts of every kind of limit, fault and restart live on, and no page, request or file handle of theirs is lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceHost, applyHostCommand, compileHost, parseHost, setHostFault, type HostWorld } from './index';

const SECOND = 1e6;
const mib = (min: number, max: number) => fc.integer({ min, max });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const group = fc.record({
  memoryLimitMib: maybe(mib(60, 300)), memoryHighMib: maybe(mib(40, 200)), memoryLowMib: maybe(mib(0, 100)), swapLimitMib: maybe(mib(0, 60)), oomGroup: fc.boolean(), cpuIdle: fc.boolean(), quotaMs: maybe(mib(5, 150)),
  io: maybe(fc.record({ read: maybe(fc.record({ iops: maybe(mib(1, 500)), mibPerSecond: maybe(mib(1, 50)) })), write: maybe(fc.record({ mibPerSecond: maybe(mib(1, 50)) })) })),
});
const load = fc.oneof(
  fc.record({ kind: fc.constant('requests'), rps: mib(1, 80), lanes: mib(1, 4), cpu: fc.record({ meanMs: mib(1, 8) }), disk: maybe(fc.record({ fileReads: mib(0, 3), writeKib: mib(0, 256), fsync: fc.boolean() })) }),
  fc.record({ kind: fc.constant('busy'), threads: mib(1, 2) }),
  fc.record({ kind: fc.constant('backup'), schedule: fc.constant('* * * * *'), mib: mib(10, 3_000), windowHours: fc.constant(0.01), cpuMsPerMib: fc.constant(0.2) }),
);
const program = fc.record({ load, memoryMib: mib(5, 120), fileCacheMib: mib(0, 100), leakMibPerSecond: fc.constantFrom(0, 0, 2, 15), logMibPerSecond: fc.constantFrom(0, 1, 30), restart: maybe(fc.constant({ delaySeconds: 1, longestSeconds: 4 })) });
const drawn = fc.record({ groups: fc.array(group, { minLength: 1, maxLength: 3 }), programs: fc.array(program, { minLength: 1, maxLength: 4 }), swapMib: mib(0, 120), evicts: fc.boolean(), seed: mib(0, 1_000), deeds: fc.array(fc.record({ second: mib(1, 79), what: mib(0, 6), which: mib(0, 3) }), { maxLength: 8 }) });
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

function build({ groups, programs, swapMib, evicts, seed }: Drawn): HostWorld {
  const spec = {
    name: 'h', cpus: 2, memoryMib: 400, swapMib, disk: { sizeMib: 2_000, usedMib: 500, device: { readLatencyMs: 0.3, writeLatencyMs: 0.5, readMibPerSecond: 150, writeMibPerSecond: 100, flushMs: 2, queueDepth: 4 } },
    groups: groups.map((each, i) => ({ ...each, name: `g${i}`, ...(i > 1 ? { parent: 'g0' } : {}) })),
    programs: programs.map((each, i) => ({ ...each, name: `p${i}`, group: `g${i % groups.length}` })),
    upkeep: evicts ? { eviction: {} } : {},
  };
  const read = parseHost(JSON.parse(JSON.stringify(spec)));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return compileHost(read.value, { seed, sampleSeconds: 1 });
}

function act(world: HostWorld, { what, which }: Drawn['deeds'][number]): void {
  const name = { group: `g${which % world.groups.length}`, program: `p${which % world.programs.length}` };
  if (what === 0) setHostFault(world, { kind: 'program-freeze', program: name.program }, true);
  else if (what === 1) setHostFault(world, { kind: 'program-freeze', program: name.program }, false);
  else if (what === 2) setHostFault(world, { kind: 'program-kill', program: name.program }, true);
  else if (what === 3) applyHostCommand(world, { kind: 'set-memory-limit', group: name.group, memoryLimitMib: 50 });
  else if (what === 4) applyHostCommand(world, { kind: 'restart-program', program: name.program });
  else if (what === 5) applyHostCommand(world, { kind: 'move-program', program: name.program, group: name.group });
  else applyHostCommand(world, { kind: 'reboot-host' });
}

function check(world: HostWorld): void {
  const { tree } = world.memory;
  for (const { id, anonPages, swapPages, chargedPages, limitPages } of tree.groups) {
    const held = world.programs.flatMap(({ charges }) => charges).reduce((sum, charge) => (charge.memoryGroup === id ? sum + charge.pages : sum), 0);
    expect(anonPages + swapPages).toBe(held);
    expect(chargedPages).toBeLessThanOrEqual(limitPages);
  }
  expect(tree.swapFreePages + tree.groups.reduce((sum, { swapPages }) => sum + swapPages, 0)).toBe((world.spec.swapMib ?? 0) * 256);
  for (const program of world.programs) {
    expect(program.readsDisk).toBeGreaterThanOrEqual(0);
    if (program.isStalled) expect(program.freezes).toBeGreaterThan(0);
    if (program.lanes.length > 0) expect(program.frozen).toEqual([]);
  }
  expect([...world.io!.requests.values()].every(({ job }) => job === null || world.io!.jobs.has(job))).toBe(true);
}

test('pages, swap slots, requests of the disk and sleeping programs always add up', () => {
  fc.assert(
    fc.property(drawn, (from) => {
      const world = build(from);
      const deeds = [...from.deeds].sort((a, b) => a.second - b.second);
      for (let second = 4; second <= 80; second += 4) {
        while (deeds.length > 0 && deeds[0]!.second <= second) act(world, deeds.shift()!);
        advanceHost(world, second * SECOND);
        check(world);
      }
    }),
    { seed: 20_261_121, numRuns: 25 },
  );
});
