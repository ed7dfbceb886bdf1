import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { specReader } from '../spec-reader';
import { machineWatts, type PowerModelSpec } from './power-model';
import { readCarbon, readPower } from './read-carbon';
import { readPrices } from './read-prices';

const issuesOf = (read: (at: ReturnType<typeof specReader>) => unknown, document: unknown) => {
  const at = specReader(document);
  read(at);
  return at.issues.map(({ path, code }) => `${path}: ${code}`);
};

describe('prices, grids and power models as somebody writes them', () => {
  test.each([
    [{ book: 'azure' }, 'book: out-of-range'],
    [{ on: '2026-02-29' }, 'on: not-parsable'],
    [{ commitments: [{ name: 'x', kind: 'zonal-reservation', discount: 0.3, instanceType: 'm7i.large', count: 1 }] }, 'commitments[0].zone: missing'],
    [{ commitments: [{ name: 'x', kind: 'compute-savings-plan', discount: 1 }] }, 'commitments[0].discount: out-of-range'],
    [{ commitments: [{ name: 'x', kind: 'compute-savings-plan', discount: 0.3 }] }, 'commitments[0].usdPerHour: missing'],
    [{ volumes: [{ name: 'v', gib: -1 }] }, 'volumes[0].gib: out-of-range'],
    [{ transfers: [{ service: 's', kibPerRequest: 1, to: 'moon' }] }, 'transfers[0].to: out-of-range'],
    [{ idle: { sharing: 'never' } }, 'idle.sharing: out-of-range'],
    [{ budget: { usdPerHourMax: 'little' } }, 'budget.usdPerHourMax: wrong-type'],
    [{ budgets: {} }, 'budgets: unknown-key'],
  ])('prices %j: the mistake is named', (document, issue) => expect(issuesOf(readPrices, document)).toContain(issue));

  test.each([
    [{ gramsPerKwh: 100, series: { stepSeconds: 3_600, gramsPerKwh: [1] } }, 'gramsPerKwh: out-of-range'],
    [{ series: { stepSeconds: 0, gramsPerKwh: [] } }, 'series.stepSeconds: out-of-range'],
    [{ pue: 0.5 }, 'pue: out-of-range'],
    [{ zones: [{ gramsPerKwh: 1 }] }, 'zones[0].zone: missing'],
    [{ embodied: { machineKg: 1, machineCores: 0 } }, 'embodied.machineCores: out-of-range'],
  ])('carbon %j: the mistake is named', (document, issue) => expect(issuesOf(readCarbon, document)).toContain(issue));

  test.each([
    [{ model: { kind: 'points', watts: [1] } }, 'model.watts: out-of-range'],
    [{ model: { kind: 'mse' } }, 'model.r: missing'],
    [{ model: { kind: 'loud' } }, 'model.kind: out-of-range'],
    [{ sleep: { watts: 3 } }, 'sleep.afterSeconds: missing'],
  ])('power %j: the mistake is named', (document, issue) => expect(issuesOf(readPower, document)).toContain(issue));

  test('anything at all is read or refused: never a crash', () => {
    fc.assert(
      fc.property(fc.anything(), fc.record({ commitments: fc.anything(), volumes: fc.array(fc.anything()), series: fc.anything(), model: fc.anything() }), (one, two) => {
        for (const document of [one, two]) for (const read of [readPrices, readCarbon, readPower]) if (typeof document !== 'object' || document === null || Array.isArray(document)) expect(issuesOf(read, document).length).toBeGreaterThan(0);
          else issuesOf(read, document);
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});

describe('power models', () => {
  const models: readonly PowerModelSpec[] = [{ kind: 'linear' }, { kind: 'sqrt' }, { kind: 'square' }, { kind: 'cubic' }, { kind: 'mse', r: 1.4 }, { kind: 'asymptotic', alpha: 0.3 }, { kind: 'points', watts: [32, 60, 70, 80, 90, 100, 115, 130, 145, 160, 180] }];
  test('draw more with more work, from idle on, and are clipped at both ends', () => {
    for (const model of models) {
      const watts = Array.from({ length: 21 }, (_, i) => machineWatts({ idleWatts: 32, maxWatts: 180, model }, i / 20));
      expect(watts.every((each, i) => i === 0 || each >= watts[i - 1]!), model.kind).toBe(true);
      expect(watts[0], model.kind).toBeCloseTo(32, 9);
      expect(machineWatts({ idleWatts: 32, maxWatts: 180, model }, 9)).toBe(watts[20]);
      expect(machineWatts({ idleWatts: 32, maxWatts: 180, model }, -1)).toBe(watts[0]);
    }
  });
  test('all but the asymptotic one reach full power', () => {
    for (const model of models.filter(({ kind }) => kind !== 'asymptotic')) expect(machineWatts({ idleWatts: 32, maxWatts: 180, model }, 1), model.kind).toBeCloseTo(180, 9);
    expect(machineWatts({ idleWatts: 32, maxWatts: 180, model: { kind: 'asymptotic', alpha: 0.3 } }, 1)).toBeCloseTo(32 + 148 * (1 - Math.exp(-1 / 0.3) / 2), 9);
  });
  test('between measured points the line is straight', () => expect(machineWatts({ idleWatts: 0, maxWatts: 0, model: { kind: 'points', watts: [10, 20, 60] } }, 0.75)).toBe(40));
});
