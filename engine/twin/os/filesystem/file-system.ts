/**
 * A file system as an administrator meets it: blocks, inodes, blocks reserved for root, and files that are deleted while somebody
 * has them open: their name is gone, their blocks stay until the last one closes them. Names are paths; sizes are counted in whole blocks.
 */
import { err, invariant, ok, type Result } from '@/engine/kernel';

export type FileKind = 'log' | 'image' | 'data' | 'temporary' | 'snapshot';
/** `openBy`: who has it open, under the name `openedAs`, whatever it is called now; `inodes`: of a directory of small files that are counted together. */
export type FileEntry = { readonly path: string; readonly kind: FileKind; bytes: number; modifiedUs: number; openBy: string[]; readonly openedAs: string; inodes: number };

export type FileSystem = {
  readonly capacityBytes: number;
  readonly blockBytes: number;
  readonly inodesMax: number;
  /** Only root may use these (ext4 keeps 5 %). */
  readonly reservedBytes: number;
  files: Map<string, FileEntry>;
  /** Deleted, still open. */
  orphans: FileEntry[];
};

export type FileSystemSpec = { readonly capacityBytes: number; readonly inodesMax?: number; readonly reservedShare?: number; readonly blockBytes?: number };
export type WriteRefusal = { readonly code: 'no-space' | 'no-inodes' | 'not-found' | 'exists'; readonly path: string; readonly wantedBytes: number; readonly availableBytes: number };

const BYTES_PER_INODE = 16_384; // mke2fs.conf
const RESERVED_SHARE = 0.05;

export function fileSystem({ capacityBytes, inodesMax, reservedShare = RESERVED_SHARE, blockBytes = 4_096 }: FileSystemSpec): FileSystem {
  invariant(capacityBytes > 0 && reservedShare >= 0 && reservedShare < 1, 'a file system has a size, and reserves less than all of it');
  return { capacityBytes, blockBytes, inodesMax: inodesMax ?? Math.floor(capacityBytes / BYTES_PER_INODE), reservedBytes: Math.floor(capacityBytes * reservedShare), files: new Map(), orphans: [] };
}

export const allocatedBytes = (fs: FileSystem, bytes: number) => Math.ceil(bytes / fs.blockBytes) * fs.blockBytes;

export type Usage = { readonly usedBytes: number; readonly freeBytes: number; readonly availableBytes: number; readonly usedPercent: number; readonly inodesUsed: number; readonly inodesFree: number; readonly orphanBytes: number };

/** What df says: available is what is left for who is not root, the percentage is of used + available, rounded up. */
export function usage(fs: FileSystem): Usage {
  const sum = (files: Iterable<FileEntry>) => {
    let bytes = 0;
    for (const file of files) bytes += allocatedBytes(fs, file.bytes);
    return bytes;
  };
  const orphanBytes = sum(fs.orphans);
  const usedBytes = sum(fs.files.values()) + orphanBytes;
  const freeBytes = fs.capacityBytes - usedBytes;
  const availableBytes = Math.max(0, freeBytes - fs.reservedBytes);
  const inodesUsed = [...fs.files.values(), ...fs.orphans].reduce((sum, { inodes }) => sum + inodes, 0);
  return { usedBytes, freeBytes, availableBytes, usedPercent: usedBytes === 0 ? 0 : Math.ceil((100 * usedBytes) / (usedBytes + availableBytes)), inodesUsed, inodesFree: fs.inodesMax - inodesUsed, orphanBytes };
}

export function createFile(fs: FileSystem, file: { readonly path: string; readonly kind: FileKind; readonly bytes?: number; readonly nowUs: number; readonly openBy?: string; readonly root?: boolean }): Result<FileEntry, WriteRefusal> {
  const { path, kind, bytes = 0, nowUs, root = false } = file;
  const room = roomFor(fs, root);
  const refusal = (code: WriteRefusal['code']) => err({ code, path, wantedBytes: bytes, availableBytes: room });
  if (fs.files.has(path)) return refusal('exists');
  if (usage(fs).inodesFree < 1) return refusal('no-inodes');
  if (allocatedBytes(fs, bytes) > room) return refusal('no-space');
  const entry: FileEntry = { path, kind, bytes, modifiedUs: nowUs, openBy: file.openBy === undefined ? [] : [file.openBy], openedAs: path, inodes: 1 };
  fs.files.set(path, entry);
  return ok(entry);
}

/** Appends; what does not fit is refused whole, as a write that ends in ENOSPC is to its caller. */
export function appendFile(fs: FileSystem, path: string, bytes: number, nowUs: number, root = false): Result<FileEntry, WriteRefusal> {
  const room = roomFor(fs, root);
  const entry = fs.files.get(path);
  if (entry === undefined) return err({ code: 'not-found', path, wantedBytes: bytes, availableBytes: room });
  return grow(fs, entry, bytes, nowUs, room);
}

/** So many small files of `bytesEach` below a directory; as many as there is room for are made, then it is refused. */
export function addFiles(fs: FileSystem, directory: FileEntry, count: number, bytesEach: number, nowUs: number): Result<FileEntry, WriteRefusal> {
  const { availableBytes, inodesFree } = usage(fs);
  const each = Math.max(1, allocatedBytes(fs, bytesEach));
  const made = Math.max(0, Math.min(count, inodesFree, Math.floor(availableBytes / each)));
  directory.inodes += made;
  directory.bytes += made * each;
  directory.modifiedUs = nowUs;
  return made === count ? ok(directory) : err({ code: inodesFree < count ? 'no-inodes' : 'no-space', path: directory.path, wantedBytes: count * each, availableBytes });
}

/** A writer with an open handle goes on writing into its file, whatever it is called by now, and if it was deleted. */
export function appendOpen(fs: FileSystem, path: string, holder: string, bytes: number, nowUs: number): Result<FileEntry, WriteRefusal> {
  const isOpen = (file: FileEntry) => file.openedAs === path && file.openBy.includes(holder);
  const named = fs.files.get(path);
  if (named !== undefined && isOpen(named)) return grow(fs, named, bytes, nowUs, roomFor(fs, false));
  const open = fs.orphans.find(isOpen) ?? [...fs.files.values()].find(isOpen);
  return open === undefined ? appendFile(fs, path, bytes, nowUs) : grow(fs, open, bytes, nowUs, roomFor(fs, false));
}

function grow(fs: FileSystem, entry: FileEntry, bytes: number, nowUs: number, room: number): Result<FileEntry, WriteRefusal> {
  const more = allocatedBytes(fs, entry.bytes + bytes) - allocatedBytes(fs, entry.bytes);
  if (more > room) return err({ code: 'no-space', path: entry.path, wantedBytes: bytes, availableBytes: room });
  entry.bytes += bytes;
  entry.modifiedUs = nowUs;
  return ok(entry);
}

const roomFor = (fs: FileSystem, root: boolean) => {
  const { freeBytes, availableBytes } = usage(fs);
  return root ? freeBytes : availableBytes;
};

/** Takes the name away. Returns the bytes that are free now: none while somebody has it open. */
export function deleteFile(fs: FileSystem, path: string): number {
  const entry = fs.files.get(path);
  if (entry === undefined) return 0;
  fs.files.delete(path);
  if (entry.openBy.length === 0) return allocatedBytes(fs, entry.bytes);
  fs.orphans.push(entry);
  return 0;
}

/** Empties a file in place: frees its blocks even while it is open. */
export function truncateFile(fs: FileSystem, path: string, nowUs: number): number {
  const entry = fs.files.get(path);
  if (entry === undefined) return 0;
  const freed = allocatedBytes(fs, entry.bytes);
  entry.bytes = 0;
  entry.modifiedUs = nowUs;
  return freed;
}

/** A process exits or reopens: its handles go, and with the last handle the blocks of deleted files. Returns the bytes freed. */
export function closeHandles(fs: FileSystem, holder: string): number {
  for (const file of fs.files.values()) file.openBy = file.openBy.filter((name) => name !== holder);
  for (const file of fs.orphans) file.openBy = file.openBy.filter((name) => name !== holder);
  const gone = fs.orphans.filter(({ openBy }) => openBy.length === 0);
  fs.orphans = fs.orphans.filter(({ openBy }) => openBy.length > 0);
  return gone.reduce((sum, file) => sum + allocatedBytes(fs, file.bytes), 0);
}
