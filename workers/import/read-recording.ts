/** A recording folder, or a file of any known format, read from disk (Node): for the command line and the server. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { err, type Result } from '@/engine/kernel';
import { MANIFEST_FILE, TELEMETRY_FILE, type ImportedRecording, type ImportIssue } from '@/engine/telemetry';
import { importFiles, type ImportOptions } from './import-files';

/** Of a folder the two files of the format (or their .gz) are read; a folder without them is taken as exports that belong together, all of them read. */
export async function readRecording(path: string, options: ImportOptions = {}): Promise<Result<ImportedRecording, ImportIssue[]>> {
  try {
    const paths = (await stat(path)).isDirectory() ? await recordingFiles(path) : [path];
    if (paths.length === 0) return err([{ where: path, code: 'missing', what: `is empty: no ${MANIFEST_FILE}, no ${TELEMETRY_FILE}, no export`, next: 'Make a recording with: npm run record -- --seconds 120' }]);
    return await importFiles(await Promise.all(paths.map(async (file) => ({ name: basename(file), bytes: new Uint8Array(await readFile(file)) }))), options);
  } catch (error) {
    return err([{ where: path, code: 'missing', what: `cannot be read: ${error instanceof Error ? error.message : String(error)}`, next: 'Check the path and its permissions.' }]);
  }
}

async function recordingFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name).sort((x, y) => (x < y ? -1 : 1));
  const ours = [MANIFEST_FILE, TELEMETRY_FILE].flatMap((name) => (names.includes(name) ? [join(folder, name)] : names.includes(`${name}.gz`) ? [join(folder, `${name}.gz`)] : []));
  return ours.length > 0 ? ours : names.map((name) => join(folder, name));
}
