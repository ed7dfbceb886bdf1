import { expect, test } from 'vitest';
import { missingPackages } from './packages.mjs';

const entry = (version: string, flags: object = {}) => ({ version, ...flags });
const lock = { packages: { '': entry('0.1.0'), 'node_modules/a': entry('1.0.0'), 'node_modules/a/node_modules/b': entry('2.0.0') } };

test('nothing is missing when every package of the lock is installed in its version', () => {
  expect(missingPackages(lock, lock)).toEqual([]);
});

test('everything is missing in a fresh clone', () => {
  expect(missingPackages(lock, null)).toEqual(['a', 'b']);
});

test('a package in another version is missing, nested ones too', () => {
  const installed = { packages: { ...lock.packages, 'node_modules/a/node_modules/b': entry('2.0.1') } };
  expect(missingPackages(lock, installed)).toEqual(['b']);
});

test('an optional package of another platform may be absent, but not in another version', () => {
  const withOptional = { packages: { ...lock.packages, 'node_modules/swc-win32': entry('3.0.0', { optional: true }) } };
  expect(missingPackages(withOptional, lock)).toEqual([]);
  expect(missingPackages(withOptional, { packages: { ...lock.packages, 'node_modules/swc-win32': entry('2.9.0') } })).toEqual(['swc-win32']);
});

// npm ci never installs what the lock itself marks extraneous, so set-up ran again at every start.
test('what the lock marks extraneous is not asked for', () => {
  const withLeftover = { packages: { ...lock.packages, 'node_modules/vitest/node_modules/esbuild': entry('0.28.2', { extraneous: true }) } };
  expect(missingPackages(withLeftover, lock)).toEqual([]);
});
