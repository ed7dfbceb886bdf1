import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketCount, bucketStart, CPU_BUCKETS, findBucket, MEMORY_BUCKETS, wholePower } from './buckets';
import { loadCheckpoint, saveCheckpoint } from './checkpoint';
import { containerUsage, recordCpu, recordMemory, recordOutOfMemory } from './container-usage';
import { addSample, histogramOf, histogramPercentile, isEmpty, mergeHistogram, subtractSample } from './histogram';
import { containerMinimum, recommendPod, roundUpTo, widen } from './recommend';
import { updateReason } from './updater';

const DAY = 86_400;
const linear = { kind: 'linear', max: 10, size: 1, epsilon: 1e-15 } as const;

describe('buckets', () => {
  test('every value is in its bucket, in both schemes', () => {
    for (const options of [CPU_BUCKETS, MEMORY_BUCKETS]) {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 2e12, noNaN: true }), (value) => {
          const bucket = findBucket(options, value);
          expect(bucketStart(options, bucket)).toBeLessThanOrEqual(value);
          if (bucket < bucketCount(options) - 1) expect(bucketStart(options, bucket + 1)).toBeGreaterThan(value);
        }),
        { seed: 20_261_130, numRuns: 500 },
      );
      for (let bucket = 0; bucket < bucketCount(options); bucket += 1) expect(findBucket(options, bucketStart(options, bucket))).toBe(bucket);
    }
    expect([NaN, -5, Infinity].map((value) => findBucket(CPU_BUCKETS, value))).toEqual([0, 0, bucketCount(CPU_BUCKETS) - 1]);
    expect([wholePower(1.05, 0), wholePower(2, 10), wholePower(3, 5)]).toEqual([1, 1_024, 243]);
  });
});

describe('histograms', () => {
  test('a half-life later a sample weighs twice as much', () => {
    const histogram = histogramOf(linear, 3_600);
    addSample(histogram, 1, 3, 0);
    addSample(histogram, 5, 2, 3_600);
    expect([histogramPercentile(histogram, 0.42), histogramPercentile(histogram, 0.43)]).toEqual([2, 6]);
  });

  test('what is added and taken back leaves nothing, after any time', () => {
    const histogram = histogramOf(linear, 3_600);
    addSample(histogram, 3, 1, 0);
    subtractSample(histogram, 3, 1, 0);
    expect([isEmpty(histogram), histogramPercentile(histogram, 0.5)]).toEqual([true, 0]);
    addSample(histogram, 3, 1, 0);
    addSample(histogram, 7, 1, 400 * 3_600);
    subtractSample(histogram, 7, 1, 400 * 3_600);
    expect(histogram.total).toBeGreaterThanOrEqual(0);
  });

  test('two halves merge into the whole, whatever their times', () => {
    const samples = fc.array(fc.record({ value: fc.integer({ min: 0, max: 9 }), at: fc.integer({ min: 0, max: 50 }) }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(samples, samples, (left, right) => {
        const of = (list: typeof left) => list.reduce((histogram, { value, at }) => (addSample(histogram, value, 1, at * 1_000), histogram), histogramOf(linear, 3_600));
        const merged = of(left);
        mergeHistogram(merged, of(right));
        const whole = of([...left, ...right]);
        for (const p of [0.1, 0.5, 0.9]) expect(Math.abs(histogramPercentile(merged, p) - histogramPercentile(whole, p))).toBeLessThanOrEqual(1e-9 + (isOnEdge(whole, p) ? 10 : 0));
      }),
      { seed: 20_261_131, numRuns: 200 },
    );
  });

  test('a checkpoint keeps every percentile it can, and refuses buckets that do not exist', () => {
    const histogram = histogramOf(CPU_BUCKETS, DAY);
    for (let i = 0; i < 200; i += 1) addSample(histogram, 0.02 * i, 1, i * 600);
    const loaded = histogramOf(CPU_BUCKETS, DAY);
    expect(loadCheckpoint(loaded, saveCheckpoint(histogram)).ok).toBe(true);
    for (const p of [0.1, 0.5, 0.9, 0.99]) expect(histogramPercentile(loaded, p)).toBe(histogramPercentile(histogram, p));
    expect(loadCheckpoint(loaded, { total: 1, weights: new Map([[9_999, 1]]) })).toEqual({ ok: false, error: 'no-such-bucket' });
    expect(loadCheckpoint(loaded, { total: -1, weights: new Map() })).toEqual({ ok: false, error: 'negative-total' });
    expect(loadCheckpoint(loaded, { total: 1, weights: new Map([[0.5, 1]]) }).ok).toBe(false);
  });
});

/** The cumulative weight is within rounding of the percentile: one bucket more or less is right. */
function isOnEdge(histogram: ReturnType<typeof histogramOf>, p: number): boolean {
  let sum = 0;
  return [...histogram.weights].some((weight) => Math.abs((sum += weight) - p * histogram.total) < 1e-6 * histogram.total);
}

describe('what is learnt of a container', () => {
  test('one memory peak a day, corrected upwards', () => {
    const usage = containerUsage();
    expect([recordMemory(usage, 0, 100), recordMemory(usage, 10, 50), recordMemory(usage, 20, 300), recordMemory(usage, DAY, 10)]).toEqual([true, true, true, true]);
    expect(usage.peakLog.map(({ change, bytes, windowEndSeconds }) => [change, bytes, windowEndSeconds])).toEqual([['add', 100, DAY], ['sub', 100, DAY], ['add', 300, DAY], ['add', 10, 2 * DAY]]);
  });

  test('running out of memory counts a fifth and at least 100 MiB more; an old event is dropped', () => {
    const usage = containerUsage();
    recordOutOfMemory(usage, 0, 100 * 2 ** 20);
    expect(usage.oomPeakBytes).toBe(200 * 2 ** 20);
    recordOutOfMemory(usage, 5, 1_000 * 2 ** 20);
    expect(usage.oomPeakBytes).toBe(1_200 * 2 ** 20);
    recordMemory(usage, 3 * DAY, 1);
    expect(recordOutOfMemory(usage, DAY, 1e12)).toBe(false);
  });

  test('an OOM a second before the reading that began a new window is fresh', () => {
    const usage = containerUsage();
    recordMemory(usage, 0, 100 * 2 ** 20);
    recordMemory(usage, DAY, 2_000 * 2 ** 20);
    expect(recordOutOfMemory(usage, DAY - 1, 1_000 * 2 ** 20)).toBe(true);
    expect(usage.peakLog.slice(-2)).toEqual([{ change: 'sub', bytes: 2_000 * 2 ** 20, windowEndSeconds: 2 * DAY }, { change: 'add', bytes: 2_400 * 2 ** 20, windowEndSeconds: 2 * DAY }]);
  });

  test('no estimate after an OOM goes above what the pod may have', () => {
    const usage = containerUsage();
    recordOutOfMemory(usage, 0, 1_000 * 2 ** 20, 1_100 * 2 ** 20);
    expect(usage.oomPeakBytes).toBe(1_100 * 2 ** 20);
  });

  test('cpu samples must be newer than the last', () => {
    const usage = containerUsage();
    expect([recordCpu(usage, 10, 5), recordCpu(usage, 10, 5), recordCpu(usage, 9, 5), recordCpu(usage, 11, -1)]).toEqual([true, false, false, false]);
    expect(usage.cpuSampleCount).toBe(1);
  });
});

describe('recommendations', () => {
  const learnt = (days: number) => {
    const usage = containerUsage();
    for (let minute = 0; minute < days * 1_440; minute += 1) {
      recordCpu(usage, minute * 60, 500);
      recordMemory(usage, minute * 60, 400 * 2 ** 20);
    }
    return recommendPod(new Map([['c', usage]])).get('c')!;
  };

  test('a bound is wide while little is known, and closes in', () => {
    const [young, old] = [learnt(0.1), learnt(3)];
    expect(young.target).toEqual(old.target);
    expect(young.upper.cpuMillicores).toBeGreaterThan(5 * old.upper.cpuMillicores);
    expect(old.lower.cpuMillicores).toBeLessThanOrEqual(old.target.cpuMillicores);
    expect(old.upper.cpuMillicores).toBeGreaterThanOrEqual(old.target.cpuMillicores);
  });

  test('without any history the lower bound is the floor and the upper one has no end', () => {
    const fresh = recommendPod(new Map([['c', containerUsage()]])).get('c')!;
    expect(fresh.lower).toEqual({ cpuMillicores: 25, memoryBytes: 250 * 2 ** 20 });
    expect(widen({ cpuMillicores: 1, memoryBytes: 1 }, 0, { multiplier: 1, exponent: 1 })).toEqual({ cpuMillicores: 1e14, memoryBytes: 1e14 });
    expect(containerMinimum({ cpuMillicores: 25, memoryMib: 250 }, 2)).toEqual({ cpuMillicores: 12, memoryBytes: 125 * 2 ** 20 });
    expect([roundUpTo(1, 5), roundUpTo(10, 5), roundUpTo(7, 1), roundUpTo(7, 0)]).toEqual([5, 10, 7, 7]);
  });

  test('a pod is replaced when it is out of range at once, when it is off by a tenth after half a day', () => {
    const amounts = (cpuMillicores: number) => ({ cpuMillicores, memoryBytes: 1_000 });
    const recommendation = new Map([['c', { target: amounts(100), lower: amounts(50), upper: amounts(200) }]]);
    const of = (cpu: number, age: number) => updateReason(new Map([['c', amounts(cpu)]]), recommendation, age);
    expect([of(40, 0), of(201, 0), of(120, DAY), of(120, 3_600), of(105, DAY)]).toEqual(['outside-range', 'outside-range', 'far-from-target', null, null]);
  });
});
