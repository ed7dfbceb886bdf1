/** The lint block that keeps the engine deterministic, tried on planted violations. */
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint({ cwd: fileURLToPath(new URL('..', import.meta.url)) });

async function rulesBroken(text: string, filePath = 'engine/twin/planted.ts') {
  const [result] = await eslint.lintText(`${text}\n`, { filePath });
  return result!.messages.map(({ ruleId }) => ruleId);
}

test.each([
  ['a power of e', 'export const x = Math.exp(2);', 'no-restricted-syntax'],
  ['a logarithm', 'export const x = Math.log(2);', 'no-restricted-syntax'],
  ['a sine', 'export const x = Math.sin(2);', 'no-restricted-syntax'],
  ['Math by a computed name', "export const x = Math['exp'](2);", 'no-restricted-syntax'],
  ['Math taken apart', 'export const { exp } = Math;', 'no-restricted-syntax'],
  ['a power with a fractional exponent', 'export const f = (y: number) => 3 ** y;', 'no-restricted-syntax'],
  ['a power of another base', 'export const f = (x: number) => x ** 2;', 'no-restricted-syntax'],
  ['the clock on the wall', 'export const x = Date.now();', 'no-restricted-globals'],
  ['the time zone', 'export const x = new Intl.DateTimeFormat();', 'no-restricted-globals'],
  ['unseeded chance', 'export const x = Math.random();', 'no-restricted-properties'],
  ['chance of the platform', 'export const x = crypto.randomUUID();', 'no-restricted-globals'],
  ['the global object', 'export const x = globalThis.Date;', 'no-restricted-globals'],
  ['a stopwatch', 'export const x = performance.now();', 'no-restricted-globals'],
  ['an async function', 'export async function f() { return 1; }', 'no-restricted-syntax'],
  ['an async arrow', 'export const f = async () => 1;', 'no-restricted-syntax'],
  ['a promise', 'export const f = () => Promise.resolve(1);', 'no-restricted-globals'],
  ['a timer', 'export const x = setTimeout(() => {}, 1);', 'no-restricted-globals'],
  ['a sort without a comparator', 'export const f = (xs: string[]) => xs.sort();', 'no-restricted-syntax'],
  ['a sorted copy without a comparator', 'export const f = (xs: string[]) => xs.toSorted();', 'no-restricted-syntax'],
  ['a comparison by locale', "export const f = (x: string) => x.localeCompare('b');", 'no-restricted-syntax'],
  ['a number in the local way', 'export const f = (x: number) => x.toLocaleString();', 'no-restricted-syntax'],
])('%s is caught in the engine', async (_what, text, rule) => {
  expect(await rulesBroken(text)).toContain(rule);
});

test.each([
  ['exact functions', 'export const x = Math.sqrt(2) + Math.floor(1.5) + Math.imul(3, 4);'],
  ['whole powers of two', 'export const f = (k: number) => 2 ** k;'],
  ['a power of a bigint', 'export const f = (k: number) => 10n ** BigInt(k);'],
  ['a sort with a comparator', 'export const f = (xs: number[]) => xs.sort((x, y) => x - y);'],
])('%s may be used in the engine', async (_what, text) => {
  expect(await rulesBroken(text)).toEqual([]);
});

test('the shells around the engine may wait and read the clock', async () => {
  expect(await rulesBroken('export const f = async () => Date.now();', 'workers/planted.ts')).toEqual([]);
});

test('scenarios obey the same block', async () => {
  expect(await rulesBroken('export const x = Math.random();', 'scenarios/planted.ts')).toContain('no-restricted-properties');
});
