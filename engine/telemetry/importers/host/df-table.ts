/**
 * What `df` prints: how full each mounted file system is, under the names of node_exporter. Its heading says what a block
 * is (`1K-blocks`, `1024-blocks`, `Size` for human-readable sizes), so it is read first and stands in the section's path.
 */
import { finite, reading, type HostFileReader, type HostReading } from './host-reading';
import { bytesOfSize } from './size-text';

const HEADING = /^Filesystem\s+(?:Type\s+)?(\S+)\s+Used\s+Avail(?:able)?\s+(?:Use%|Capacity)\s+Mounted on$/;
const BLOCKS = /^(\d+)([KM]?)-?(?:byte-)?blocks$/i;
const ROW = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(?:\d+%|-)\s+(\/.*)$/;
const HUMAN = 'size';

/** The path of a section that this heading begins; null for any other line, or a block size that cannot be. */
export function dfSection(line: string): string | null {
  const blocks = HEADING.exec(line.trim())?.[1];
  if (blocks === undefined) return null;
  if (blocks === 'Size') return `df/${HUMAN}`;
  const match = BLOCKS.exec(blocks);
  const bytes = match === null ? null : Number(match[1]) * ({ K: 1_024, M: 1_048_576 }[match[2]!.toUpperCase()] ?? 1);
  return bytes === null || !(bytes > 0) ? null : `df/${bytes}`;
}

export const DF_TABLE: HostFileReader = {
  title: 'df',
  named: (path) => /^df\/(size|\d+)$/.test(path),
  recognises: () => false, // a row alone does not say how large a block is
  read(line, path): HostReading[] | null {
    const row = ROW.exec(line.trim());
    if (row === null) return null;
    const block = path.slice('df/'.length);
    const bytesOf = (text: string) => (block === HUMAN ? bytesOfSize(text) : scaled(finite(text), Number(block)));
    const [size, used, available] = [bytesOf(row[2]!), bytesOf(row[3]!), bytesOf(row[4]!)];
    if (size === null || used === null || available === null) return null;
    const device = row[1]!;
    const labels = [['device', device], ['mountpoint', row[5]!], ...(device.startsWith('/') ? [] : [['fstype', device] as const])] as const;
    return [reading('node_filesystem_size_bytes', size, labels), reading('node_filesystem_free_bytes', Math.max(0, size - used), labels), reading('node_filesystem_avail_bytes', available, labels)];
  },
};

const scaled = (value: number | null, by: number) => (value === null || value < 0 ? null : value * by);
