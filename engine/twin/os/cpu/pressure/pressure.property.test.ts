/** The averages beside kernel/sched/psi.c and loadavg.c written down again in 64-bit integers, on drawn stalls, late samples and several CPUs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeTasks, noPressure, pressureGroup, pressureLine, pressurePeriodNs, sampleAt, samplePressure } from './index';

const FIXED_1 = 2_048n;
const EXP = [1_677n, 1_981n, 2_034n] as const;

const calcLoad = (load: bigint, exp: bigint, active: bigint) => (load * exp + active * (FIXED_1 - exp) + (active >= load ? FIXED_1 - 1n : 0n)) / FIXED_1;

function fixedPowerInt(base: bigint, n: number): bigint {
  let [result, x] = [FIXED_1, base];
  for (let left = n; left > 0; ) {
    if ((left & 1) === 1) result = (result * x + (1n << 10n)) >> 11n;
    left >>= 1;
    if (left === 0) break;
    x = (x * x + (1n << 10n)) >> 11n;
  }
  return result;
}

function calcAvgs(avg: readonly bigint[], missed: number, time: bigint, period: bigint): bigint[] {
  const pct = ((time * 100n) / period) * FIXED_1;
  return avg.map((load, i) => calcLoad(missed > 0 ? calcLoad(load, fixedPowerInt(EXP[i]!, missed), 0n) : load, EXP[i]!, pct));
}

function print(avg: readonly bigint[], total: bigint): string {
  const text = avg.map((load) => `${load >> 11n}.${String(((load & 2_047n) * 100n) >> 11n).padStart(2, '0')}`);
  return `some avg10=${text[0]} avg60=${text[1]} avg300=${text[2]} total=${total / 1_000n}`;
}

test('every line is the kernel’s to the last digit, however long the stalls and however late the samples', () => {
  const sample = fc.record({ stalledNs: fc.integer({ min: 0, max: 2_004_000_000 }), missed: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 5_000 }) }) });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 120 }), fc.constantFrom(100, 250, 1_000), (samples, hz) => {
      const period = pressurePeriodNs(hz);
      const pressure = noPressure();
      let [avg, total, seen]: [bigint[], bigint, bigint] = [[0n, 0n, 0n], 0n, 0n];
      for (const { stalledNs, missed } of samples) {
        pressure.totalNs += stalledNs;
        samplePressure(pressure, period, missed);
        total += BigInt(stalledNs);
        const time = total - seen < BigInt(period) ? total - seen : BigInt(period);
        seen += time;
        avg = calcAvgs(avg, missed, time, BigInt(period));
        expect(pressureLine('some', pressure)).toBe(print(avg, total));
      }
    }),
    { seed: 20_261_121, numRuns: 150 },
  );
});

test('CPUs are weighted by their jiffies of work, and a late sample is as long as it was', () => {
  const stretch = fc.record({ cpu: fc.integer({ min: 0, max: 2 }), forUs: fc.integer({ min: 1, max: 1_500_000 }), running: fc.integer({ min: 0, max: 3 }), onCpu: fc.integer({ min: 0, max: 1 }) });
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 9_000_000 }), (stretches, lateUs) => {
      const group = pressureGroup(3, 250, 0);
      const stalled = [0n, 0n, 0n];
      const nonIdle = [0n, 0n, 0n];
      const now = [0, 0, 0].map(() => ({ running: 0, onCpu: 0 }));
      let atUs = 0;
      const pass = (us: number) => {
        now.forEach(({ running, onCpu }, cpu) => {
          if (running > 0) nonIdle[cpu]! += BigInt(us) * 1_000n;
          if (running > onCpu) stalled[cpu]! += BigInt(us) * 1_000n;
        });
        atUs += us;
      };
      for (const { cpu, forUs, running, onCpu } of stretches) {
        if (atUs + forUs >= 2_000_000) break;
        pass(forUs);
        now[cpu] = { running, onCpu: Math.min(running, onCpu) };
        changeTasks(group, cpu, atUs, { ...now[cpu], ioWait: 0, memoryStall: 0, memoryStallRunning: 0 });
      }
      pass(2_004_000 + lateUs - atUs);
      sampleAt(group, atUs * 1_000);
      const jiffies = nonIdle.map((ns) => ns / 4_000_000n);
      const weights = jiffies.reduce((sum, each) => sum + each, 0n);
      const total = stalled.reduce((sum, ns, cpu) => sum + ns * jiffies[cpu]!, 0n) / (weights > 1n ? weights : 1n);
      const period = 2_004_000_000n;
      const missed = BigInt(lateUs) * 1_000n >= period ? (BigInt(lateUs) * 1_000n) / period : 0n;
      const length = BigInt(atUs) * 1_000n - missed * period;
      expect(pressureLine('some', group.pressures.cpuSome)).toBe(print(calcAvgs([0n, 0n, 0n], Number(missed), total < length ? total : length, length), total));
    }),
    { seed: 20_261_121, numRuns: 200 },
  );
});
