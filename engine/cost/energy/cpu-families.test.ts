import { describe, expect, test } from 'vitest';
import { CPU_FAMILIES, familyOf, familyPower, type MeasuredServer } from './cpu-families';

const server = (cpu: string, over: Partial<MeasuredServer> = {}): MeasuredServer => ({ cpu, idleWatts: 50, maxWatts: 200, threads: 100, chips: 2, memoryGb: 64, ...over });

describe('familyPower', () => {
  test('is the mean over results of watts per thread, not watts over threads', () => {
    const power = familyPower([server('Intel Xeon Gold 1'), server('Intel Xeon Gold 1', { idleWatts: 10, maxWatts: 80, threads: 10, chips: 1 })], ['Gold 1']);
    expect(power).toEqual({ servers: 2, idleWatts: (0.5 + 1) / 2, maxWatts: (2 + 8) / 2, gbPerChip: (32 + 64) / 2 });
  });

  test.each([
    ['Intel Xeon Platinum 8176M', 'Platinum 8176', false],
    ['Intel(R) Xeon(R) Gold 6226R', 'Gold 6226R', true],
    ['Intel Xeon E5-2683 V4', 'E5-2683 v4', true],
    ['Intel Xeon E5-2660 v2', 'E5-2660', false],
    ['AMD EPYC 8534P 64-core', 'EPYC 8534P', false],
    ['XEPYC 7351', 'EPYC 7351', false],
    ['Intel Xeon Platinum 8380 (2.3 GHz)', '', false],
    ['Intel Xeon Platinum 8380', '', true],
    ['', '', false],
  ])('"%s" ends in "%s": %s', (cpu, model, belongs) => {
    expect(familyPower([server(cpu)], [model]) !== null).toBe(belongs);
  });

  test('a family without a result has no figure', () => {
    expect(familyPower([server('Intel Xeon X3360')], ['Platinum 8380'])).toBeNull();
    expect(familyPower([], [''])).toBeNull();
  });
});

describe('families', () => {
  test('no model is in two of them', () => {
    const models = CPU_FAMILIES.flatMap((family) => family.models);
    expect(new Set(models).size).toBe(models.length);
  });

  test('EPYC 2nd Gen stands in for Graviton; an unknown one has none', () => {
    expect(familyOf('Graviton4')?.name).toBe('EPYC 2nd Gen');
    expect(familyOf('Ice Lake')?.name).toBe('Ice Lake');
    expect(familyOf('Pentium')).toBeUndefined();
  });
});
