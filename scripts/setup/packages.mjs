/**
 * Are the packages of the lock file installed? npm keeps a copy of what it installed in
 * `node_modules/.package-lock.json`; comparing the two needs no stamp of our own and agrees with whatever
 * npm command a person ran by hand.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { runVisibly } from './run-visibly.mjs';

/**
 * Names of packages that the lock asks for and that are not installed in that version. npm leaves out optional
 * ones of other platforms, links, and the `extraneous` ones that an older install left in the lock.
 */
export function missingPackages(lock, installed) {
  const versions = installed?.packages ?? {};
  return Object.entries(lock.packages)
    .filter(([path, { link, extraneous }]) => path !== '' && !link && !extraneous)
    .filter(([path, { version, optional }]) => versions[path]?.version !== version && !(optional && versions[path] === undefined))
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
}

export async function ensurePackages(root) {
  const missing = missingPackages(readJson(join(root, 'package-lock.json')), readJson(join(root, 'node_modules/.package-lock.json')));
  if (missing.length === 0) return;
  const { code, output } = await runVisibly(`packages: installing ${missing.length} (npm ci)`, 'npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: root });
  if (code !== 0) throw new SetupFailure(`${output.trim()}\nThe packages could not be installed: npm ci ended with ${code}. It needs the npm registry; is the network there?`);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw new SetupFailure(`${path} cannot be read: ${error.message}`);
  }
}
