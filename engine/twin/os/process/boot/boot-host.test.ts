import { expect, test } from 'vitest';
import { bootHost, type BootSpec } from './boot-host';

const spec = (more: Partial<BootSpec> = {}): BootSpec => ({
  firmwareMs: 1_000, loaderMs: 200, kernelMs: 800, initrdMs: 600, cpus: 2, goal: 'multi-user',
  units: [
    { name: 'udev', cpuMs: 200, waitMs: 100, after: [] },
    { name: 'mount', cpuMs: 20, waitMs: 180, after: ['udev'] },
    { name: 'network', cpuMs: 50, waitMs: 900, after: ['udev'] },
    { name: 'journal', cpuMs: 100, waitMs: 50, after: ['mount'] },
    { name: 'app', cpuMs: 400, waitMs: 100, after: ['network', 'journal'] },
    { name: 'multi-user', cpuMs: 0, waitMs: 0, after: ['app'] },
  ],
  ...more,
});

test('the critical chain explains the boot', () => {
  const report = bootHost(spec());
  expect(report).toMatchObject({ ok: true, value: { userspaceMs: 1_750, totalMs: 4_350, criticalChain: ['udev', 'network', 'app', 'multi-user'] } });
});

test('units that compute at once share the CPUs', () => {
  const units = [...Array.from({ length: 8 }, (_, i) => ({ name: `u${i}`, cpuMs: 100, waitMs: 0, after: [] })), { name: 'multi-user', cpuMs: 0, waitMs: 0, after: Array.from({ length: 8 }, (_, i) => `u${i}`) }];
  const took = (cpus: number) => {
    const report = bootHost(spec({ units, cpus }));
    return report.ok ? report.value.userspaceMs : NaN;
  };
  expect([took(1), took(2), took(8), took(64)]).toEqual([800, 400, 100, 100]);
});

test('cycles, unknown and double names are refused with their unit', () => {
  const unit = (name: string, after: string[]) => ({ name, cpuMs: 1, waitMs: 0, after });
  expect(bootHost(spec({ goal: 'a', units: [unit('a', ['b']), unit('b', ['a'])] }))).toEqual({ ok: false, error: { code: 'cycle', unit: 'a' } });
  expect(bootHost(spec({ goal: 'a', units: [unit('a', ['z'])] }))).toEqual({ ok: false, error: { code: 'unknown-unit', unit: 'z' } });
  expect(bootHost(spec({ goal: 'a', units: [unit('a', []), unit('a', [])] }))).toEqual({ ok: false, error: { code: 'duplicate', unit: 'a' } });
});
