/**
 * Copy-on-write snapshots. One costs nothing when taken and then as much as is overwritten under it, each block once; deleting it gives
 * that back.
 */
import { createFile, deleteFile, type FileSystem } from './file-system';

/** `originBytes` existed when it was taken; of them `heldBytes` were overwritten since and are kept. */
export type Snapshot = { readonly name: string; readonly takenUs: number; readonly originBytes: number; heldBytes: number };

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
