/**
 * logrotate: at a size or an age the log is renamed, the oldest is deleted, and either the writer is told to open a new file, or the log
 * is copied and emptied in place. A writer that is not told goes on in the renamed file, and once that is deleted, in a file without a name.
 */
import { createFile, deleteFile, truncateFile, type FileEntry, type FileSystem } from './file-system';

export type RotationRule = { readonly path: string; readonly sizeBytes: number; readonly keep: number; readonly mode: 'create' | 'copytruncate'; /** `create` only: the writer is signalled and reopens. */ readonly tellsWriter: boolean; /** Share that is left after compression, 1 for none. */ readonly compressedShare: number };

/** Rotates when due; returns the bytes freed (copying may cost space first), or null when nothing was due or there was no room. */
export function rotateLog(fs: FileSystem, rule: RotationRule, writer: string, nowUs: number): number | null {
  const log = fs.files.get(rule.path);
  if (log === undefined || log.bytes < rule.sizeBytes) return null;
  let freed = deleteFile(fs, `${rule.path}.${rule.keep}`);
  for (let i = rule.keep - 1; i >= 1; i -= 1) rename(fs, `${rule.path}.${i}`, `${rule.path}.${i + 1}`);
  if (rule.mode === 'copytruncate') {
    const copied = createFile(fs, { path: `${rule.path}.1`, kind: 'log', bytes: Math.ceil(log.bytes * rule.compressedShare), nowUs });
    return copied.ok ? freed + truncateFile(fs, rule.path, nowUs) - copied.value.bytes : null;
  }
  rename(fs, rule.path, `${rule.path}.1`);
  const old = fs.files.get(`${rule.path}.1`);
  createFile(fs, { path: rule.path, kind: 'log', nowUs, ...(rule.tellsWriter ? { openBy: writer } : {}) });
  if (rule.tellsWriter && old !== undefined) {
    old.openBy = old.openBy.filter((name) => name !== writer);
    freed += Math.floor(old.bytes * (1 - rule.compressedShare));
    old.bytes = Math.ceil(old.bytes * rule.compressedShare);
  }
  return freed;
}

function rename(fs: FileSystem, from: string, to: string): void {
  const file = fs.files.get(from);
  if (file === undefined) return;
  deleteFile(fs, to);
  fs.files.delete(from);
  const renamed: FileEntry = { ...file, path: to };
  fs.files.set(to, renamed);
}
