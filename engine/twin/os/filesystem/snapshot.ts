/**
 * Copy-on-write snapshots and backups. A snapshot costs nothing when taken and then as much as is overwritten or deleted under it, each
 * block once; deleting it gives that back. A backup reads the changed blocks within its window or runs into the next day.
 */
import { invariant } from '@/engine/kernel';
import { createFile, deleteFile, type FileSystem } from './file-system';

export type Snapshot = { readonly name: string; readonly takenUs: number; /** Bytes that existed when it was taken. */ readonly originBytes: number; heldBytes: number };

const pathOf = (name: string) => `/.snapshots/${name}`;

export function takeSnapshot(fs: FileSystem, name: string, originBytes: number, nowUs: number): Snapshot | null {
  return createFile(fs, { path: pathOf(name), kind: 'snapshot', nowUs, root: true }).ok ? { name, takenUs: nowUs, originBytes, heldBytes: 0 } : null;
}

/** `bytes` of the origin are overwritten at random: the part not copied yet is copied first. False when there is no room for it. */
export function overwriteUnder(fs: FileSystem, snapshot: Snapshot, bytes: number, nowUs: number): boolean {
  const left = Math.max(0, 1 - snapshot.heldBytes / Math.max(1, snapshot.originBytes));
  const held = Math.min(snapshot.originBytes, snapshot.heldBytes + Math.ceil(bytes * left));
  deleteFile(fs, pathOf(snapshot.name));
  const grown = createFile(fs, { path: pathOf(snapshot.name), kind: 'snapshot', bytes: held, nowUs, root: true });
  if (grown.ok) snapshot.heldBytes = held;
  else createFile(fs, { path: pathOf(snapshot.name), kind: 'snapshot', bytes: snapshot.heldBytes, nowUs, root: true });
  return grown.ok;
}

export const deleteSnapshot = (fs: FileSystem, { name }: Snapshot) => deleteFile(fs, pathOf(name));

export type BackupWindow = { readonly startHour: number; readonly hours: number };
export type BackupOutcome = { readonly finishedHour: number; readonly withinWindow: boolean; readonly bytes: number };

/** One incremental backup: what changed, at the rate that is left beside the day's own load (bytes per second). */
export function runBackup(changedBytes: number, bytesPerSecond: number, { startHour, hours }: BackupWindow): BackupOutcome {
  invariant(bytesPerSecond > 0, 'a backup needs a rate');
  const took = changedBytes / bytesPerSecond / 3_600;
  return { finishedHour: startHour + took, withinWindow: took <= hours, bytes: changedBytes };
}
