/**
 * Where the fast mode and the exact one agree. On one CPU shares and quotas come out the same within 0.02 cores; on
 * several, balancing moves whole threads, so a group may be off by up to 0.12 cores on two and 0.2 on four.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCpuGroup, addCpuTask, createCpuHost, giveWork, groupAccount, runCpuHost, SILENT } from '../exact';
import { advanceFairHost, createFairHost, setDemand, type FairGroupSpec } from './index';

const SECONDS = 12;
const SEED = 20_261_121;

const groups = fc.array(fc.record({ weight: fc.constantFrom(256, 512, 1_024, 2_048, 4_096), tasks: fc.integer({ min: 1, max: 3 }), quotaUs: fc.option(fc.integer({ min: 10_000, max: 90_000 }), { nil: undefined }) }), { minLength: 1, maxLength: 4 });
type Drawn = { weight: number; tasks: number; quotaUs: number | undefined }[];

function exactCores(cpus: number, drawn: Drawn, seed: number): number[] {
  const host = createCpuHost({ cpus, seed });
  const ids = drawn.map(({ weight, quotaUs, tasks }, i) => {
    const id = addCpuGroup(host, { name: `g${i}`, weight, ...(quotaUs === undefined ? {} : { quotaUs }) });
    for (let k = 0; k < tasks; k += 1) giveWork(host, addCpuTask(host, { name: `t${i}.${k}`, group: id }), Infinity);
    return id;
  });
  runCpuHost(host, 2e6, SILENT);
  const before = ids.map((id) => groupAccount(host, id).cpuUs);
  runCpuHost(host, (2 + SECONDS) * 1e6, SILENT);
  return ids.map((id, i) => (groupAccount(host, id).cpuUs - before[i]!) / (SECONDS * 1e6));
}

function fairCores(cpus: number, drawn: Drawn): number[] {
  const specs: FairGroupSpec[] = drawn.map(({ weight, quotaUs }, i) => ({ name: `g${i}`, weight, ...(quotaUs === undefined ? {} : { quotaUs }) }));
  const tasks = drawn.flatMap(({ tasks: count }, group) => Array.from({ length: count }, () => ({ name: '', group })));
  const host = createFairHost({ cpus, groups: specs, tasks });
  tasks.forEach((_, task) => setDemand(host, task, Infinity));
  advanceFairHost(host, SECONDS * 1e6);
  return drawn.map((_, i) => host.groupCpuUs[i + 1]! / (SECONDS * 1e6));
}

describe('both modes give a group the same CPU', () => {
  const cases: readonly (readonly [number, number])[] = [[1, 0.02], [2, 0.12], [4, 0.2]];
  test.each(cases)('on %i CPUs within %f cores', (cpus, bound) => {
    fc.assert(
      fc.property(groups, fc.integer({ min: 0, max: 1_000 }), (drawn, seed) => {
        const exact = exactCores(cpus, drawn, seed);
        fairCores(cpus, drawn).forEach((fair, i) => expect(Math.abs(fair - exact[i]!)).toBeLessThanOrEqual(bound));
      }),
      { seed: SEED, numRuns: 25 },
    );
  });
});
