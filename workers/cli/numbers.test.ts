import { expect, test } from 'vitest';
import { BadInput } from './bad-input';
import { decimalNumber, durationSeconds, wholeNumber, wholeNumberRange } from './numbers';

const BOUNDS = { min: -10, max: 1_000_000 };

test.each([['42', 42], ['-10', -10], ['1_000_000', 1_000_000], ['0', 0]])('%s is the whole number %i', (text, value) => {
  expect(wholeNumber('--n', text, BOUNDS)).toBe(value);
});

test.each(['', ' ', 'x', '1.5', '1e3', '0x10', '--1', '1000001', '-11', '9'.repeat(30), '１'])('"%s" is no whole number from -10 to 1000000', (text) => {
  expect(() => wholeNumber('--n', text, BOUNDS)).toThrow(BadInput);
});

test.each(['', 'NaN', 'Infinity', '1,5', '2e9'])('"%s" is no decimal number within its bounds', (text) => {
  expect(() => decimalNumber('--x', text, BOUNDS)).toThrow('--x takes a number from -10 to 1000000');
});

test('decimals and exponents are read', () => {
  expect([decimalNumber('--x', '0.25', BOUNDS), decimalNumber('--x', '1e3', BOUNDS)]).toEqual([0.25, 1_000]);
});

test.each([['90', 90], ['90s', 90], ['15m', 900], ['24h', 86_400], ['7d', 604_800], ['1h30m', 5_400], ['250ms', 0.25], ['1.5h', 5_400]])('%s lasts %f seconds', (text, seconds) => {
  expect(durationSeconds('--for', text)).toBe(seconds);
});

test.each(['', '0', '0s', '-5s', '5 s', '5x', 's', '1h30', 'h1', '1..5h', 'Infinity'])('"%s" is no duration', (text) => {
  expect(() => durationSeconds('--for', text)).toThrow('takes a duration such as');
});

test('a range holds both its ends', () => {
  expect(wholeNumberRange('--seeds', '3..6', { ...BOUNDS, maxCount: 10 })).toEqual([3, 4, 5, 6]);
  expect(wholeNumberRange('--seeds', '-1..-1', { ...BOUNDS, maxCount: 10 })).toEqual([-1]);
});

test.each(['3', '3..', '..3', '6..3', '1...3', '1..20', 'a..b', '1..9999999'])('"%s" is no range of 1 to 10 numbers', (text) => {
  expect(() => wholeNumberRange('--seeds', text, { ...BOUNDS, maxCount: 10 })).toThrow(BadInput);
});
