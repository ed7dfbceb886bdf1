import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangC, type Variate } from '@/engine/kernel';
import { atLeast, constant, fromVariate, meanOfTimes, mixture, orderStatistic, pointsOf, quantileOf, repeat, scaled, sum, variationOf, waitOf, within } from './distribution';
import { solveStation, variability } from './station';

const variate: fc.Arbitrary<Variate> = fc.record({ law: fc.constantFrom('constant', 'exponential', 'lognormal' as const), mean: fc.double({ min: 10, max: 1e6, noNaN: true }), cv: fc.double({ min: 0.2, max: 1.5, noNaN: true }) });
const near = (value: number, wanted: number, share: number) => Math.abs(value - wanted) <= share * Math.abs(wanted) + 1e-9;
const massOf = ({ mass }: { mass: Float64Array }) => mass.reduce((total, share) => total + share, 0);
const runs = { numRuns: 60, seed: 20261121 };

describe('a latency distribution', () => {
  test('has the mean of its law, and all of its probability', () => {
    fc.assert(
      fc.property(variate, (law) => {
        const made = fromVariate(law);
        expect(near(meanOfTimes(made), law.mean, 0.01)).toBe(true);
        expect(massOf(made)).toBeCloseTo(1, 9);
      }),
      runs,
    );
  });

  test('adds means in sums, weighs them in mixtures, and stretches them in proportion', () => {
    fc.assert(
      fc.property(variate, variate, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 9 }), (a, b, share, count) => {
        const [x, y] = [fromVariate(a), fromVariate(b)];
        expect(near(meanOfTimes(sum(x, y)), meanOfTimes(x) + meanOfTimes(y), 0.01)).toBe(true);
        expect(near(meanOfTimes(repeat(x, count)), count * meanOfTimes(x), 0.01)).toBe(true);
        expect(near(meanOfTimes(mixture([{ share, of: x }, { share: 1 - share, of: y }])), share * meanOfTimes(x) + (1 - share) * meanOfTimes(y), 0.01)).toBe(true);
        expect(near(meanOfTimes(scaled(x, 3)), 3 * meanOfTimes(x), 1e-9)).toBe(true);
        for (const made of [sum(x, y), repeat(x, count), mixture([{ share: 1, of: x }, { share: 1, of: y }])]) expect(massOf(made)).toBeCloseTo(1, 6);
      }),
      runs,
    );
  });

  test('is stood for by few points with the same mean and all of its probability', () => {
    fc.assert(
      fc.property(variate, (law) => {
        const made = fromVariate(law);
        const { us, shares } = pointsOf(made);
        expect(us.length).toBeLessThan(70);
        expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 9);
        expect(near(us.reduce((total, time, i) => total + time * shares[i]!, 0), meanOfTimes(made), 1e-9)).toBe(true);
      }),
      runs,
    );
  });

  test('knows the quantiles and the variance of an exponential law', () => {
    const made = waitOf(1, 1_000);
    for (const q of [0.5, 0.9, 0.95, 0.99]) expect(near(quantileOf(made, q), -1_000 * Math.log(1 - q), 0.03)).toBe(true);
    expect(variationOf(made)).toBeCloseTo(1, 1);
    expect(within(made, 1_000).share).toBeCloseTo(1 - Math.exp(-1), 1);
  });

  test('has the order statistics of three equal exponential times', () => {
    const three = [1, 2, 3].map(() => waitOf(1, 600));
    expect(near(meanOfTimes(orderStatistic(three, 1)), 200, 0.05)).toBe(true);
    expect(near(meanOfTimes(orderStatistic(three, 2)), 500, 0.03)).toBe(true);
    expect(near(meanOfTimes(orderStatistic(three, 3)), 1_100, 0.02)).toBe(true);
    expect(atLeast([0.99, 0.99, 0.99], 2)).toBeCloseTo(0.999702, 6); // two of three at 0.99
  });

  test('of nothing is zero', () => {
    expect(meanOfTimes(constant(0))).toBe(0);
    expect(meanOfTimes(mixture([]))).toBe(0);
    expect(sum(constant(0), waitOf(1, 5))).toEqual(waitOf(1, 5));
  });
});

describe('a station', () => {
  const base = { demandSeconds: 1, arrivalVariation: 1, demandVariation: 1, queueLimit: 100_000, others: [1] };

  test.each([
    [1, 0.8],
    [2, 1.6],
    [5, 4],
    [10, 8],
    [50, 45],
  ])('with %i lanes and a core for each at load %f waits as Erlang says', (lanes, a) => {
    const { waits, waitSeconds } = solveStation({ ...base, rps: a, lanes, cores: lanes });
    expect(waits).toBeCloseTo(erlangC(a, lanes), 4);
    expect(near(waitSeconds, erlangC(a, lanes) / (lanes - a), 0.01)).toBe(true);
  });

  test('with many lanes on one core shares it: time is work over what is left of the core', () => {
    for (const rho of [0.2, 0.5, 0.8, 0.9]) expect(near(solveStation({ ...base, rps: rho, lanes: 1_000, cores: 1 }).stretch, 1 / (1 - rho), 0.01)).toBe(true);
  });

  test('with room for nobody to wait loses what Erlang B says', () => {
    expect(solveStation({ ...base, rps: 4, lanes: 5, cores: 5, queueLimit: 0 }).refused).toBeCloseTo(0.199067, 5);
  });

  test('waits less for regular arrivals and longer for irregular work', () => {
    expect(variability({ arrivalVariation: 1, demandVariation: 1 }, 0.8)).toBe(1);
    expect(variability({ arrivalVariation: 1, demandVariation: 0 }, 0.8)).toBe(0.5);
    expect(variability({ arrivalVariation: 0.25, demandVariation: 1 }, 0.8)).toBeLessThan(0.625);
    expect(variability({ arrivalVariation: 2, demandVariation: 1.5 }, 0.9)).toBe(1.75);
  });
});
