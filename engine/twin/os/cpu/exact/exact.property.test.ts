/** What the kernel promises of its scheduler, on random hosts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forkState, hashState } from '@/engine/kernel';
import { averageVruntime } from './eligibility';
import { addCpuGroup, addCpuTask, callAt, cpuBusyUs, createCpuHost, giveWork, groupAccount, runCpuHost, SILENT, tickUs, type CpuHost, type CpuListener } from './index';

const SEED = 20_261_121;
const RUNS = 40;

const drawn = fc.record({
  cpus: fc.integer({ min: 1, max: 3 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
  groups: fc.array(fc.record({ weight: fc.integer({ min: 128, max: 8_192 }), quotaUs: fc.option(fc.integer({ min: 5_000, max: 150_000 }), { nil: undefined }), busy: fc.integer({ min: 0, max: 3 }), bursts: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 4 }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

/** Busy tasks never sleep, bursty ones work 3 ms every 11 ms. */
function build({ cpus, seed, groups }: Drawn): { readonly host: CpuHost; readonly ids: readonly number[]; readonly listener: CpuListener } {
  const host = createCpuHost({ cpus, seed });
  const ids = groups.map(({ weight, quotaUs, busy, bursts }, i) => {
    const id = addCpuGroup(host, { name: `g${i}`, weight, ...(quotaUs === undefined ? {} : { quotaUs }) });
    for (let k = 0; k < busy; k += 1) giveWork(host, addCpuTask(host, { name: `b${i}.${k}`, group: id, nice: k }), Infinity);
    for (let k = 0; k < bursts; k += 1) callAt(host, 1_000 * (k + 1), addCpuTask(host, { name: `w${i}.${k}`, group: id }));
    return id;
  });
  const listener: CpuListener = { workDone: (_, task) => callAt(host, host.nowUs + 8_000, task), called: (_, task) => giveWork(host, task, 3_000) };
  return { host, ids, listener };
}

const prove = (holds: (built: ReturnType<typeof build>, from: Drawn) => void) => fc.assert(fc.property(drawn, (from) => holds(build(from), from)), { seed: SEED, numRuns: RUNS });

/** `max(2 · slice, tick)`, which the kernel clamps lags to; a group’s weight changes while it is queued, which adds to it. */
test('no task is further from its queue’s average than two slices or a tick, no group than two of both (EEVDF’s lag bound)', () =>
  prove(({ host, listener }) => {
    const { baseSliceUs } = host.settings;
    const tick = tickUs(host.settings);
    for (let ms = 13; ms <= 1_000; ms += 13) {
      runCpuHost(host, ms * 1_000, listener);
      for (const queue of host.queues) {
        if (queue.queued.length < 2 || queue.throttleDepth > 0) continue;
        const average = averageVruntime(host, queue);
        for (const id of queue.queued) {
          const entity = host.entities[id]!;
          const boundUs = entity.own >= 0 ? 2 * (baseSliceUs + tick) : Math.max(2 * baseSliceUs, tick);
          expect((Math.abs(average - entity.vruntime) * entity.weight) / 1_024).toBeLessThanOrEqual(boundUs);
        }
      }
    }
  }));

test('a CPU never idles while a task that may run waits on it', () =>
  prove(({ host, listener }) => {
    for (let ms = 7; ms <= 700; ms += 7) {
      runCpuHost(host, ms * 1_000, listener);
      for (const cpu of host.cpus) {
        const waits = host.tasks.some((task) => task.cpu === cpu.id && task.state === 'runnable' && !task.inLimbo);
        expect(cpu.task < 0 && waits).toBe(false);
      }
    }
  }));

test('a group uses no more than its quota and what its CPUs keep in hand, over any stretch of periods', () =>
  prove(({ host, ids, listener }, { groups, cpus }) => {
    runCpuHost(host, 500_000, listener);
    const before = ids.map((id) => groupAccount(host, id).cpuUs);
    runCpuHost(host, 1_500_000, listener);
    groups.forEach(({ quotaUs }, i) => {
      if (quotaUs === undefined) return;
      const used = groupAccount(host, ids[i]!).cpuUs - before[i]!;
      expect(used).toBeLessThanOrEqual(11 * quotaUs + cpus * (host.settings.bandwidthSliceUs + tickUs(host.settings)));
    });
  }));

test('time is neither made nor lost: groups, tasks and CPUs count the same', () =>
  prove(({ host, listener }) => {
    runCpuHost(host, 1_000_000, listener);
    const busyUs = host.cpus.reduce((sum, { id }) => sum + cpuBusyUs(host, id), 0);
    const used = groupAccount(host, 0).cpuUs;
    expect(used).toBeCloseTo(busyUs, 3);
    expect(busyUs).toBeLessThanOrEqual(host.cpus.length * 1_000_000 + 1e-3);
  }));

test('a copy lives the same life', () =>
  prove(({ host }) => {
    runCpuHost(host, 300_000, SILENT);
    const copy = forkState(host);
    runCpuHost(host, 600_000, SILENT);
    runCpuHost(copy, 450_000, SILENT);
    runCpuHost(copy, 600_000, SILENT);
    expect(hashState(copy)).toBe(hashState(host));
  }));
