/**
 * Makes a fresh clone ready, doing only what is missing: `node scripts/ensure.mjs deps build chromium postgres`.
 * Runs before `node_modules` exists, so it uses Node alone. What a person can mend ends with a sentence and 2.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureProgram, PROGRAMS } from './setup/debian-package.mjs';
import { orExplain, SetupFailure } from './setup/failure.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensureWebBuild } from './setup/web-build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const STEPS = {
  deps: () => ensurePackages(root),
  build: () => ensureWebBuild(root),
  chromium: () => ensureProgram(PROGRAMS.chromium),
  postgres: () => ensureProgram(PROGRAMS.postgres),
};

await orExplain(async () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 9)) throw new SetupFailure(`Orrery needs Node 20.9 or newer; this is ${process.versions.node}.`);
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !Object.hasOwn(STEPS, name));
  if (asked.length === 0 || unknown.length > 0) throw new SetupFailure(`Usage: node scripts/ensure.mjs ${Object.keys(STEPS).join(' ')} (any of them). Unknown: ${unknown.join(', ') || 'nothing asked'}.`);
  for (const name of asked) await STEPS[name]();
});
