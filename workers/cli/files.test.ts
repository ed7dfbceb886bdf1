import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pathFromHere, readJson, readText, writeBytes } from './files';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'orrery-files-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

test.each(['plain.txt', 'packed.txt.gz', 'deep/er/packed.txt.gz'])('%s reads back as it was written', async (name) => {
  await writeBytes(join(folder, name), 'äöü\n'.repeat(1_000));
  expect(await readText(join(folder, name))).toBe('äöü\n'.repeat(1_000));
});

test('a name that ends in .gz is written as gzip', async () => {
  await writeBytes(join(folder, 'x.gz'), 'hello');
  expect(String(gunzipSync(readFileSync(join(folder, 'x.gz'))))).toBe('hello');
});

test('a byte order mark is not part of the text', async () => {
  writeFileSync(join(folder, 'bom.json'), '\ufeff{"a":1}');
  expect(await readJson(join(folder, 'bom.json'))).toEqual({ a: 1 });
});

test('a relative path starts where the person called npm, and only when npm called us', () => {
  vi.stubEnv('INIT_CWD', '/home/someone');
  vi.stubEnv('npm_lifecycle_event', 'orrery');
  expect(pathFromHere('data/x.csv')).toBe('/home/someone/data/x.csv');
  expect(pathFromHere('/data/x.csv')).toBe('/data/x.csv');
  vi.stubEnv('npm_lifecycle_event', 'test');
  expect(pathFromHere('x')).toBe(join(process.cwd(), 'x'));
});

test('what cannot be read or written says why, in a sentence', async () => {
  writeFileSync(join(folder, 'broken.gz'), 'not gzip');
  writeFileSync(join(folder, 'broken.json'), '{"a":');
  await expect(readText(join(folder, 'absent'))).rejects.toThrow('absent cannot be read: there is no such file.');
  await expect(readText(folder)).rejects.toThrow('cannot be read: it is a folder.');
  await expect(readText(join(folder, 'broken.gz'))).rejects.toThrow('broken.gz is not a gzip file, or it is damaged (gzip -t says where).');
  await expect(readJson(join(folder, 'broken.json'))).rejects.toThrow('broken.json is not JSON');
  await expect(writeBytes(join(folder, 'broken.gz/x'), '')).rejects.toThrow('cannot be written: a file stands where a folder should be.');
  await expect(writeBytes('/proc/absent/deep/x.json', '')).rejects.toThrow('/proc/absent/deep/x.json cannot be written');
});

test('folders that are not there are made, also by two writers at once', async () => {
  const deep = join(folder, 'made/for/this');
  await Promise.all([writeBytes(join(deep, 'a.json'), '1'), writeBytes(join(deep, 'b.json'), '2')]);
  expect([await readJson(join(deep, 'a.json')), await readJson(join(deep, 'b.json'))]).toEqual([1, 2]);
});
