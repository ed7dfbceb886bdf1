/**
 * Programs that the tests need beside Node: Debian's Chromium and PostgreSQL. They are installed with apt-get
 * when they are missing and we may; else the sentence says what to type.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { runVisibly } from './run-visibly.mjs';

export const chromiumPath = () => process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** The folder with initdb and postgres (Debian keeps one per version), newest first; null when there is none. */
export function postgresBinaries(base = '/usr/lib/postgresql') {
  const versions = existsSync(base) ? readdirSync(base).sort((x, y) => Number(y) - Number(x)) : [];
  return versions.map((version) => join(base, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

export const PROGRAMS = {
  chromium: { name: 'chromium', isThere: () => existsSync(chromiumPath()), usedFor: 'the browser tests' },
  postgres: { name: 'postgresql', isThere: () => postgresBinaries() !== null, usedFor: 'the database tests' },
};

export async function ensureProgram({ name, isThere, usedFor }) {
  if (isThere()) return;
  if (process.getuid?.() !== 0) throw new SetupFailure(`${name} is missing; ${usedFor} need it. Type: sudo apt-get install ${name}`);
  // RUNLEVEL=1 keeps Debian from starting a service that was just installed.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await runVisibly(`${name}: reading the list of Debian packages`, 'apt-get', ['update', '-q'], { env });
  const { code, output } = await runVisibly(`${name}: installing (apt-get)`, 'apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { env });
  if (code !== 0 || !isThere()) throw new SetupFailure(`${output.trim()}\n${name} could not be installed; ${usedFor} need it. Is this Debian, and is the network there?`);
}
