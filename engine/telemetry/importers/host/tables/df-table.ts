/**
 * What `df` prints: how full each mounted file system is, in blocks or inodes, under the names of node_exporter. Its heading
 * says what a block is (`1K-blocks`, `1024-blocks`, `Size` for human-readable sizes) and whether a column of types follows the
 * device, so it is read first and stands in the path of the rows. `df -H` prints powers of 1000 under the heading of `df -h`:
 * they are taken for powers of 1024.
 */
import { finite, reading, type HostFileReader, type HostReading } from '../host-reading';
import { bytesOfSize } from './size-text';

const HEADING = /^Filesystem\s+(Type\s+)?(\S+)\s+I?Used\s+(?:Avail(?:able)?|IFree)\s+(?:I?Use%|Capacity)\s+Mounted on$/;
const BLOCKS = /^(\d+(?:[kKMGTPE]?B?))-?(?:byte-)?blocks$/;
const ROW = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(?:\d+%|-)\s+(\/.*)$/;
const TYPED_ROW = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(?:\d+%|-)\s+(\/.*)$/;
const TYPED = 'typed/';

/** Bytes of a block, `size` or `inodes`; null for a block size that cannot be. */
function unitOf(heading: string): string | null {
  if (heading === 'Size') return 'size';
  if (heading === 'Inodes') return 'inodes';
  const bytes = bytesOfSize(BLOCKS.exec(heading)?.[1] ?? '');
  return bytes === null || bytes <= 0 ? null : String(bytes);
}

export const DF_TABLE: HostFileReader = {
  title: 'df',
  named: () => false,
  recognises: () => false, // a row alone does not say how large a block is
  heading(line) {
    const match = HEADING.exec(line.trim());
    const unit = match === null ? null : unitOf(match[2]!);
    return match === null || unit === null ? null : `df/${match[1] === undefined ? '' : TYPED}${unit}`;
  },
  read(line, path): HostReading[] | null {
    const isTyped = path.startsWith(`df/${TYPED}`);
    const fields = (isTyped ? TYPED_ROW : ROW).exec(line.trim());
    if (fields === null) return null;
    const [device, type, total, used, available, mount] = isTyped ? fields.slice(1) : [fields[1], undefined, ...fields.slice(2)];
    const labels = labelsOf(device!, type, mount!);
    const unit = path.slice(path.lastIndexOf('/') + 1);
    if ([total, used, available].every((text) => text === '-')) return []; // an automounter, or a file system without inodes
    return unit === 'inodes' ? inodes([total, available], labels) : blocks([total, used, available], unit, labels);
  },
};

type Labels = readonly (readonly [string, string])[];

/** Without a column of types the device of what is not on a disk is its type. */
function labelsOf(device: string, type: string | undefined, mount: string): Labels {
  const fstype = type ?? (device.startsWith('/') ? undefined : device);
  return [['device', device], ['mountpoint', mount], ...(fstype === undefined ? [] : [['fstype', fstype] as const])];
}

/** `df -hi` prints 1.6M of them. */
function inodes(texts: readonly (string | undefined)[], labels: Labels): HostReading[] | null {
  const [all, free] = texts.map((text) => finite(text) ?? bytesOfSize(text ?? ''));
  return typeof all !== 'number' || typeof free !== 'number' ? null : [reading('node_filesystem_files', all, labels), reading('node_filesystem_files_free', free, labels)];
}

function blocks(texts: readonly (string | undefined)[], unit: string, labels: Labels): HostReading[] | null {
  const [size, used, available] = texts.map((text) => {
    const count = unit === 'size' ? null : finite(text); // df -BG writes 10G even under 1G-blocks
    return count === null ? bytesOfSize(text ?? '') : count < 0 ? null : count * Number(unit);
  });
  if (typeof size !== 'number' || typeof used !== 'number' || typeof available !== 'number') return null;
  return [reading('node_filesystem_size_bytes', size, labels), reading('node_filesystem_free_bytes', Math.max(0, size - used), labels), reading('node_filesystem_avail_bytes', available, labels)];
}
