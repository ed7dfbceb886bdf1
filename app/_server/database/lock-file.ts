/**
 * One process per data folder. PGlite itself lets two processes open one folder and corrupt it, so a lock
 * file names its holder: pid, host, and on Linux when that pid started (a pid alone may have been given
 * to somebody else by now). The lock of a dead process on this host is taken over; anything else is refused.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

export type LockHolder = { readonly pid: number; readonly host: string; readonly startTicks: string | null; readonly since: string };
export type Lock = { release(): void };

export class LockedError extends Error {
  override readonly name = 'LockedError';
  readonly code = 'data-folder-locked';
  constructor(readonly holder: LockHolder | null, readonly path: string) {
    super(
      holder === null
        ? `The data folder is locked and its lock cannot be read: ${path}. If no Orrery uses it, delete that file.`
        : `The data folder is in use by process ${holder.pid} on host ${holder.host} since ${holder.since} (${path}). ` +
            'Stop that process, or give this one a folder of its own with ORRERY_DATA. If the process is gone, delete the file.',
    );
  }
}

/** Creates the folder when it is missing. Throws LockedError naming the holder. */
export function acquireLock(folder: string): Lock {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'orrery.lock');
  const mine: LockHolder = { pid: process.pid, host: hostname(), startTicks: startTicks(process.pid), since: new Date().toISOString() };
  const text = JSON.stringify(mine);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (createWhole(path, text)) return { release: () => releaseIfMine(path, text) };
    const found = readText(path);
    if (found === null) continue; // released in between
    const holder = parseHolder(found);
    if (holder === null || isAlive(holder)) throw new LockedError(holder, path);
    removeExactly(path, found);
  }
  throw new LockedError(parseHolder(readText(path) ?? ''), path);
}

/** The file appears with its whole text or not at all: written aside, then linked into place. */
function createWhole(path: string, text: string): boolean {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, text);
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Takes a dead holder's file away; if it turns out to be a new holder's, that is put back. */
function removeExactly(path: string, text: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readText(aside) !== text) createWhole(path, readText(aside) ?? '');
  rmSync(aside, { force: true });
}

function releaseIfMine(path: string, text: string): void {
  if (readText(path) === text) rmSync(path, { force: true });
}

function isAlive(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true; // cannot be known from here
  if (holder.startTicks !== null && startTicks(holder.pid) !== holder.startTicks) return false;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat, counted after the command's closing bracket; null where there is no /proc. */
function startTicks(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  return stat === null ? null : (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null);
}

function parseHolder(text: string): LockHolder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { pid, host, startTicks: ticks, since } = value as Partial<Record<keyof LockHolder, unknown>>;
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0 || typeof host !== 'string') return null;
    return { pid, host, startTicks: typeof ticks === 'string' ? ticks : null, since: typeof since === 'string' ? since : 'unknown' };
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(codeOf(error))) return null;
    throw error;
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
