/**
 * Files named on a command line: relative to where the person stands (npm changes the folder, and says so in
 * INIT_CWD), read and written through gzip when the name ends in `.gz`.
 */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { BadInput } from './bad-input';

const startedIn = () => (process.env.npm_lifecycle_event === 'orrery' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd());

export const pathFromHere = (path: string) => resolve(startedIn(), path);

const MAX_UNPACKED_BYTES = 2 ** 31 - 1;

/** The bytes of a file, unpacked when it is gzip by name. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const bytes = await readFile(pathFromHere(path)).catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(`${path} cannot be read: ${reason(error)}.`);
  });
  if (!path.endsWith('.gz')) return bytes;
  return promisify(gunzip)(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }).catch(() => {
    throw new BadInput(`${path} is not a gzip file, or it is damaged (gzip -t says where). Fetch or record it again, or take it out of the folder.`);
  });
}

/** The text of a UTF-8 file (a byte order mark is dropped). */
export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path));
}

/** Any JSON value of a file. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch {
    const { jsonBreak } = await import('@/engine/twin'); // only here, so that every command starts quickly
    const { line, column, atEnd } = jsonBreak(text);
    throw new BadInput(`${path} is not JSON: it ${atEnd ? 'breaks off' : 'is wrong'} at line ${line}, column ${column}. ${atEnd ? 'Fetch or write it again, whole' : 'Mend it there'}.`);
  }
}

/** Writes a file and the folders above it, packed when it is gzip by name. */
export async function writeBytes(path: string, content: Uint8Array | string): Promise<void> {
  const bytes = path.endsWith('.gz') ? await promisify(gzip)(content) : content;
  await writeFile(await placeForWriting(path), bytes).catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(path, error);
  });
}

/** Where a file that is to be written goes; the folders above it are there afterwards. */
export async function placeForWriting(path: string): Promise<string> {
  const target = pathFromHere(path);
  await makeFolder(dirname(target)).catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(path, error);
  });
  return target;
}

export const cannotWrite = (path: string, error: NodeJS.ErrnoException) => new BadInput(`${path} cannot be written: ${reason(error)}.`);

/** Step by step: Node's own recursive mkdir never comes back where a file system takes no folders (/proc). */
async function makeFolder(folder: string): Promise<void> {
  const failed = await mkdir(folder).then(() => null, (error: NodeJS.ErrnoException) => error);
  if (failed === null || (failed.code === 'EEXIST' && (await stat(folder)).isDirectory())) return;
  if (failed.code !== 'ENOENT' || dirname(folder) === folder) throw failed;
  await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error; // another run made it
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
};

const reason = (error: NodeJS.ErrnoException) => REASONS[error.code ?? ''] ?? error.message;
