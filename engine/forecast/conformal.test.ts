import { describe, expect, test } from 'vitest';
import { bandsAround, intervalRadius } from './conformal';

const oneStep = (sizes: readonly number[]) => sizes.map((size, i) => Float64Array.of(i % 2 === 0 ? size : -size));
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('conformal intervals', () => {
  test('with 19 residuals the 90 % radius is the 18th smallest', () => {
    const { basis, radius } = intervalRadius(oneStep(upTo(19)), 1, 0.9);
    expect({ basis, radius: radius[0] }).toEqual({ basis: 'conformal', radius: 18 });
  });
  test('the order of the residuals does not matter', () => {
    expect(intervalRadius(oneStep(upTo(19).reverse()), 1, 0.9).radius[0]).toBe(18);
  });
  test('19 residuals are just enough for 95 %', () => {
    expect(intervalRadius(oneStep(upTo(19)), 1, 0.95)).toEqual({ basis: 'conformal', radius: Float64Array.of(19) });
    expect(intervalRadius(oneStep(upTo(18)), 1, 0.95).basis).toBe('student-t');
  });
  test('a horizon with few residuals borrows those of its neighbours', () => {
    const rows = upTo(10).map((size) => Float64Array.of(size, size, size, size));
    const { basis, radius } = intervalRadius(rows, 4, 0.95);
    expect(basis).toBe('conformal');
    expect([...radius]).toEqual([10, 10, 10, 10]);
  });
  test('fewer than two residuals give no interval, and say so', () => {
    expect(bandsAround([5, 6], [Float64Array.of(1)], [0.8])).toEqual([{ level: 0.8, basis: 'none', lower: [null, null], upper: [null, null] }]);
  });
  test('beyond the backtested steps the radius grows with the square root of the step', () => {
    const { radius } = intervalRadius(oneStep(upTo(19)), 4, 0.9);
    expect(radius[3]).toBeCloseTo(18 * 2, 12);
  });
  test('residuals that were not observed do not count', () => {
    const rows = [...oneStep(upTo(19)), Float64Array.of(NaN)];
    expect(intervalRadius(rows, 1, 0.9).radius[0]).toBe(18);
  });
  test('a floor cuts the lower bound only', () => {
    const [band] = bandsAround([5], oneStep(upTo(19)), [0.9], 0);
    expect([band!.lower[0], band!.upper[0]]).toEqual([0, 23]);
  });
});
