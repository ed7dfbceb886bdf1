import { describe, expect, test } from 'vitest';
import { parseScenario } from '@/engine/scenario';
import type { FaultSpec } from '../../../fault';
import { complaints, lived, poisson, service, system } from '../../traffic/testing/small-world';
import type { BackupSpec } from './backup';

const kept = (change: Partial<BackupSpec> = {}) =>
  system([service('store', 2, { lanes: 20, backup: { fullEverySeconds: 3_600, logEverySeconds: 60, sizeGib: 1, restoreMibPerSecond: 64, replaySecondsPerSecond: 0.01, detect: { meanMs: 20_000, cv: 0.3 }, decide: { meanMs: 40_000, cv: 0.5 }, ...change } })], [poisson('store', 10)]);
const loss: FaultSpec = { kind: 'data-loss', service: 'store', atSeconds: 30 };
const recovery = (seed: number, change: Partial<BackupSpec> = {}) => lived(kept(change), 400, { seed, faults: [loss] }).infra.recoveries[0]!;

describe('a restore to a point in time', () => {
  test('loses what came after the last log: anything up to its period, evenly over seeds', () => {
    const rpos = Array.from({ length: 60 }, (_, seed) => recovery(seed).rpoUs / 1e6);
    expect(Math.min(...rpos)).toBeLessThan(5);
    expect(Math.max(...rpos)).toBeGreaterThan(55);
    expect(Math.max(...rpos)).toBeLessThanOrEqual(60);
    const mean = rpos.reduce((sum, rpo) => sum + rpo, 0) / rpos.length;
    expect(mean).toBeGreaterThan(24);
    expect(mean).toBeLessThan(36);
  });

  test('loses more by what an upload takes', () => {
    const late = Array.from({ length: 20 }, (_, seed) => recovery(seed, { logUpload: { meanMs: 15_000 } }).rpoUs / 1e6);
    expect(Math.min(...late)).toBeGreaterThan(15);
    expect(Math.max(...late)).toBeLessThanOrEqual(75);
  });

  test('takes the time to notice, decide, read back and replay', () => {
    const fixed = { detect: { meanMs: 20_000 }, decide: { meanMs: 40_000 } };
    const withoutReplay = recovery(1, { ...fixed, replaySecondsPerSecond: 0 }).rtoUs / 1e6;
    expect(withoutReplay).toBeCloseTo(20 + 40 + 16, 3);
    const replay = Array.from({ length: 30 }, (_, seed) => recovery(seed, fixed).rtoUs / 1e6 - 76);
    expect(Math.min(...replay)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...replay)).toBeGreaterThan(25);
    expect(Math.max(...replay)).toBeLessThanOrEqual(36);
  });

  test('serves nobody meanwhile, and everybody afterwards', () => {
    const world = lived(kept(), 29, { faults: [loss] });
    expect(world.infra.client.total.failed).toBe(0);
    const { rtoUs } = recovery(11);
    const { failed } = lived(kept(), 400, { seed: 11, faults: [loss] }).infra.client.total;
    expect(failed / (rtoUs / 1e6)).toBeCloseTo(10, -1);
  });

  test('is read with its limits, and a loss needs something to come back from', () => {
    const base = kept();
    expect(complaints({ ...base, services: [{ ...base.services[0], backup: { ...base.services[0]!.backup, restoreMibPerSecond: 0, often: 1 } }] })).toEqual(['services[0].backup.often', 'services[0].backup.restoreMibPerSecond']);
    const bare = { formatVersion: 1, id: 'x', title: 'x', question: 'x', seed: 1, durationSeconds: 60, system: system([service('store', 1)], []), faults: [loss] };
    const read = parseScenario(bare);
    expect(read.ok ? [] : read.error.map(({ path }) => path)).toEqual(['faults[0].service']);
  });
});
