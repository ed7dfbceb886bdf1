/**
 * Is the web build of these sources there? The digest of everything that goes into it is kept beside it; tests
 * and `tsconfig.json` (which the build itself rewrites) do not count.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { runVisibly } from './run-visibly.mjs';

const INPUTS = ['app', 'engine', 'scenarios', 'workers', 'public', 'next.config.mjs', 'postcss.config.mjs', 'tsconfig.base.json', 'package-lock.json'];
const isTest = (path) => /\.(test|bench)\.tsx?$/.test(path);

/** Hex digest over the names and contents of the inputs, in a fixed order. */
export function sourceDigest(root) {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap((input) => [...filesUnder(join(root, input))])) {
    hash.update(`${relative(root, path)}\0`).update(createHash('sha256').update(readFileSync(path)).digest());
  }
  return hash.digest('hex');
}

function* filesUnder(path) {
  if (!existsSync(path)) return;
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    yield path;
    return;
  }
  entries.sort((x, y) => (x.name < y.name ? -1 : 1));
  for (const entry of entries) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(inside);
    else if (entry.isFile() && !isTest(inside)) yield inside;
  }
}

const stampOf = (root) => join(root, '.next/.built-from');

export const isBuilt = (root, digest) => existsSync(join(root, '.next/BUILD_ID')) && existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === digest;

export async function ensureWebBuild(root) {
  const digest = sourceDigest(root);
  if (isBuilt(root, digest)) return;
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const { code, output } = await runVisibly('workbench: building (next build)', process.execPath, ['node_modules/next/dist/bin/next', 'build'], { cwd: root, env });
  if (code !== 0) throw new SetupFailure(`${output.trim()}\nThe workbench could not be built: next build ended with ${code}; its words stand above.`);
  writeFileSync(stampOf(root), digest);
}
