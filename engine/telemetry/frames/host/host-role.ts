/**
 * What one series tells about a Linux host seen from inside: itself, one of its file systems, one of its control groups,
 * or one of its units. The names are those of node_exporter and cAdvisor, to which the importers of host files translate.
 * The host is named by `node`, else `instance`, else it is the only hinted node.
 */
import type { SystemHints } from '../../recording/manifest';
import type { Labels } from '../../series/labels';

export type PressureKey = 'cpuSome' | 'cpuFull' | 'memorySome' | 'memoryFull' | 'ioSome' | 'ioFull';
export type HostPart = 'cpu' | 'memory-total' | 'memory-free' | 'memory-available' | 'dirty' | 'boot-time';
export type GroupPart = 'cpu' | 'cores' | 'periods' | 'throttled' | 'memory' | 'file' | 'limit' | 'high' | 'swap' | 'read' | 'written' | 'quota' | 'period' | 'weight' | 'shares' | 'processes' | 'oom-kills';
export type MountPart = 'size' | 'free' | 'available' | 'inodes' | 'inodes-free';
export type DevicePart = 'read' | 'written' | 'reads' | 'writes' | 'busy';
/** `percent`: avg10 as printed; else a counter of seconds. */
export type Pressure = { readonly key: PressureKey; readonly percent: boolean };

export type HostRole = { readonly host: string; readonly counter: boolean } & (
  | { readonly of: 'host'; readonly part: HostPart; readonly idle: boolean; readonly cpu: string | null }
  | { readonly of: 'host-pressure'; readonly pressure: Pressure }
  | { readonly of: 'device'; readonly device: string; readonly part: DevicePart }
  | { readonly of: 'mount'; readonly mount: string; readonly part: MountPart }
  | { readonly of: 'group'; readonly group: GroupName; readonly part: GroupPart }
  | { readonly of: 'cpuset'; readonly group: GroupName; readonly cpus: readonly number[] }
  | { readonly of: 'group-pressure'; readonly group: GroupName; readonly pressure: Pressure }
  | { readonly of: 'unit'; readonly unit: string; readonly part: 'state' | 'restarts'; readonly state: string }
);

/** `key` tells groups apart, `path` is where it hangs (null: not known), `title` what people call it. */
export type GroupName = { readonly key: string; readonly path: string | null; readonly title: string };

const HOST_PARTS: ReadonlyMap<string, HostPart> = new Map([
  ['node_cpu_seconds_total', 'cpu'],
  ['node_memory_MemTotal_bytes', 'memory-total'],
  ['node_memory_MemFree_bytes', 'memory-free'],
  ['node_memory_MemAvailable_bytes', 'memory-available'],
  ['node_memory_Dirty_bytes', 'dirty'],
  ['node_boot_time_seconds', 'boot-time'],
]);

const GROUP_PARTS: ReadonlyMap<string, GroupPart> = new Map([
  ['container_cpu_usage_seconds_total', 'cpu'],
  ['container_cpu_usage_cores', 'cores'],
  ['container_cpu_cfs_periods_total', 'periods'],
  ['container_cpu_cfs_throttled_periods_total', 'throttled'],
  ['container_memory_usage_bytes', 'memory'],
  ['container_memory_cache', 'file'],
  ['container_spec_memory_limit_bytes', 'limit'],
  ['container_spec_memory_high_bytes', 'high'],
  ['container_memory_swap', 'swap'],
  ['container_fs_reads_bytes_total', 'read'],
  ['container_fs_writes_bytes_total', 'written'],
  ['container_spec_cpu_quota', 'quota'],
  ['container_spec_cpu_period', 'period'],
  ['container_spec_cpu_weight', 'weight'],
  ['container_spec_cpu_shares', 'shares'],
  ['container_processes', 'processes'],
  ['container_oom_events_total', 'oom-kills'],
]);

const MOUNT_PARTS: ReadonlyMap<string, MountPart> = new Map([
  ['node_filesystem_size_bytes', 'size'],
  ['node_filesystem_free_bytes', 'free'],
  ['node_filesystem_avail_bytes', 'available'],
  ['node_filesystem_files', 'inodes'],
  ['node_filesystem_files_free', 'inodes-free'],
]);

const DEVICE_PARTS: ReadonlyMap<string, DevicePart> = new Map([
  ['node_disk_read_bytes_total', 'read'],
  ['node_disk_written_bytes_total', 'written'],
  ['node_disk_reads_completed_total', 'reads'],
  ['node_disk_writes_completed_total', 'writes'],
  ['node_disk_io_time_seconds_total', 'busy'],
]);

/** A whole disk: partitions, and what lies on top of others (dm, md, loop), move the same bytes again. */
const WHOLE_DISK = /^(?:[hsv]d[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/;

const CPUSET = 'container_spec_cpuset';
const COUNTERS: readonly string[] = ['node_cpu_seconds_total', 'container_cpu_usage_seconds_total', 'container_fs_reads_bytes_total', 'container_fs_writes_bytes_total', ...DEVICE_PARTS.keys(), 'container_cpu_cfs_periods_total', 'container_cpu_cfs_throttled_periods_total', 'container_oom_events_total'];
const IDLE_MODES: readonly string[] = ['idle', 'iowait', 'steal'];
/** Guest time is in user and nice already (Documentation/filesystems/proc.rst). */
const COUNTED_TWICE: readonly string[] = ['guest', 'guest_nice'];
/** Not on a disk, or another one's blocks. */
const PSEUDO: readonly string[] = ['tmpfs', 'ramfs', 'devtmpfs', 'udev', 'none', 'shm', 'efivarfs', 'overlay', 'squashfs', 'iso9660', 'autofs', 'proc', 'sysfs', 'cgroup', 'cgroup2', 'nsfs', 'tracefs', 'debugfs', 'fuse.lxcfs'];
const PRESSURE = /^(node|container)_pressure_(cpu|memory|io)_(waiting|stalled)_(seconds_total|percent)$/;

const UNIT_SIGNALS: readonly string[] = ['node_systemd_unit_state', 'node_systemd_service_restart_total'];

/** Sample names that can end in the sample of a host. */
export const usedInHosts = (signal: string) => HOST_PARTS.has(signal) || GROUP_PARTS.has(signal) || MOUNT_PARTS.has(signal) || DEVICE_PARTS.has(signal) || signal === CPUSET || UNIT_SIGNALS.includes(signal) || PRESSURE.test(signal);

/** null: this series tells nothing about a host. */
export function hostRole(signal: string, labels: Labels, hints: SystemHints): HostRole | null {
  const host = labels.get('node') ?? labels.get('instance') ?? (hints.nodes.length === 1 ? hints.nodes[0]!.name : undefined);
  if (host === undefined || host === '') return null;
  const base = { host, counter: COUNTERS.includes(signal) };
  const part = HOST_PARTS.get(signal);
  if (part !== undefined) {
    const mode = labels.get('mode') ?? '';
    return COUNTED_TWICE.includes(mode) ? null : { ...base, of: 'host', part, idle: IDLE_MODES.includes(mode), cpu: labels.get('cpu') ?? null };
  }
  const groupPart = GROUP_PARTS.get(signal);
  if (groupPart !== undefined) return withGroup(labels, (group) => ({ ...base, of: 'group', group, part: groupPart }));
  const mountPart = MOUNT_PARTS.get(signal);
  if (mountPart !== undefined) return mountRole(labels, mountPart, base);
  const devicePart = DEVICE_PARTS.get(signal);
  if (devicePart !== undefined) return WHOLE_DISK.test(labels.get('device') ?? '') ? { ...base, of: 'device', device: labels.get('device')!, part: devicePart } : null;
  if (signal === CPUSET) return cpusetRole(labels, base);
  if (UNIT_SIGNALS.includes(signal)) return unitRole(signal, labels, host);
  return pressureRole(signal, labels, host);
}

function withGroup(labels: Labels, make: (group: GroupName) => HostRole): HostRole | null {
  const group = groupOf(labels);
  return group === null ? null : make(group);
}

/** A container by its pod, a unit or a container by its name, anything else by its path; null for what has none. */
function groupOf(labels: Labels): GroupName | null {
  const path = labels.get('id') ?? null;
  const [pod, container] = [labels.get('pod') ?? '', labels.get('container') ?? ''];
  const called = pod !== '' && container !== '' ? `${pod}/${container}` : (labels.get('service') ?? labels.get('name') ?? (container === '' ? undefined : container));
  const key = path ?? called;
  return key === undefined || key === '' ? null : { key, path, title: called === undefined || called === '' ? key.replace(/^\//, '') : called };
}

function mountRole(labels: Labels, part: MountPart, base: { readonly host: string; readonly counter: boolean }): HostRole | null {
  const mount = labels.get('mountpoint');
  return mount === undefined || PSEUDO.includes(labels.get('fstype') ?? '') ? null : { ...base, of: 'mount', mount, part };
}

const CPUS_MAX = 4_096;

/** `0-3,6` as the kernel prints lists of CPUs; null for what is none. */
function cpusetRole(labels: Labels, base: { readonly host: string; readonly counter: boolean }): HostRole | null {
  const ranges = (labels.get('cpus') ?? '').split(',').map((range) => /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range));
  const cpus = ranges.flatMap((range) => (range === null ? [] : Array.from({ length: Math.max(0, Number(range[2] ?? range[1]) - Number(range[1]) + 1) }, (_, i) => Number(range[1]) + i)));
  return ranges.includes(null) || cpus.length === 0 || cpus.length > CPUS_MAX ? null : withGroup(labels, (group) => ({ ...base, of: 'cpuset', group, cpus }));
}

function unitRole(signal: string, labels: Labels, host: string): HostRole | null {
  const unit = labels.get('name');
  if (unit === undefined || !unit.endsWith('.service')) return null;
  const part = signal === 'node_systemd_unit_state' ? 'state' : 'restarts';
  return { host, counter: false, of: 'unit', unit: unit.replace(/\.service$/, ''), part, state: labels.get('state') ?? '' };
}

function pressureRole(signal: string, labels: Labels, host: string): HostRole | null {
  const match = PRESSURE.exec(signal);
  if (match === null) return null;
  const percent = match[4] === 'percent';
  if (percent && labels.get('window') !== '10s') return null;
  const key = `${match[2]}${match[3] === 'waiting' ? 'Some' : 'Full'}` as PressureKey;
  const pressure = { key, percent };
  const base = { host, counter: !percent };
  return match[1] === 'node' ? { ...base, of: 'host-pressure', pressure } : withGroup(labels, (group) => ({ ...base, of: 'group-pressure', group, pressure }));
}
