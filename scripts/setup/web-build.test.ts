import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isBuilt, sourceDigest } from './web-build.mjs';

let root = '';
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orrery-build-'));
  write('app/page.tsx', 'one');
  write('engine/kernel/a.ts', 'two');
  write('next.config.mjs', 'three');
});
afterEach(() => rmSync(root, { recursive: true }));

test('the same sources give the same digest', () => {
  expect(sourceDigest(root)).toBe(sourceDigest(root));
});

test.each(['app/page.tsx', 'engine/kernel/a.ts', 'next.config.mjs', 'public/new.svg', 'scenarios/new.ts', 'package-lock.json'])('a change of %s asks for a new build', (path) => {
  const before = sourceDigest(root);
  write(path, 'changed');
  expect(sourceDigest(root)).not.toBe(before);
});

test('a renamed file asks for a new build', () => {
  const before = sourceDigest(root);
  rmSync(join(root, 'app/page.tsx'));
  write('app/other.tsx', 'one');
  expect(sourceDigest(root)).not.toBe(before);
});

test.each(['app/page.test.tsx', 'engine/kernel/a.bench.ts', 'docs/page.md', 'e2e/first.spec.ts', 'tsconfig.json', '.next/cache/x'])('a change of %s asks for none', (path) => {
  const before = sourceDigest(root);
  write(path, 'changed');
  expect(sourceDigest(root)).toBe(before);
});

test('a build counts only with its id and the digest of these sources', () => {
  const digest = sourceDigest(root);
  expect(isBuilt(root, digest)).toBe(false);
  write('.next/.built-from', digest);
  expect(isBuilt(root, digest)).toBe(false);
  write('.next/BUILD_ID', 'x');
  expect(isBuilt(root, digest)).toBe(true);
  write('app/page.tsx', 'changed');
  expect(isBuilt(root, sourceDigest(root))).toBe(false);
});
