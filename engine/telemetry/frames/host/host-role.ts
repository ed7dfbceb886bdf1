/**
 * What one series tells about a Linux host seen from inside: itself, one of its file systems, one of its control groups,
 * or one of its units. The names are those of node_exporter and cAdvisor, to which the importers of host files translate.
 * The host is named by `node`, else `instance`, else it is the only hinted node.
 */
import type { SystemHints } from '../../recording/manifest';
import type { Labels } from '../../series/labels';

export type PressureKey = 'cpuSome' | 'cpuFull' | 'memorySome' | 'memoryFull' | 'ioSome' | 'ioFull';
export type HostPart = 'cpu' | 'memory-total' | 'memory-free' | 'memory-available' | 'boot-time';
export type GroupPart = 'cpu' | 'cores' | 'periods' | 'throttled' | 'memory' | 'file' | 'limit' | 'quota' | 'period' | 'weight' | 'shares' | 'processes' | 'oom-kills';
export type MountPart = 'size' | 'free' | 'available' | 'inodes' | 'inodes-free';
/** `percent`: avg10 as printed; else a counter of seconds. */
export type Pressure = { readonly key: PressureKey; readonly percent: boolean };

export type HostRole = { readonly host: string; readonly counter: boolean } & (
  | { readonly of: 'host'; readonly part: HostPart; readonly idle: boolean; readonly cpu: string | null }
  | { readonly of: 'host-pressure'; readonly pressure: Pressure }
  | { readonly of: 'mount'; readonly mount: string; readonly part: MountPart }
  | { readonly of: 'group'; readonly group: GroupName; readonly part: GroupPart }
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

const COUNTERS: readonly string[] = ['node_cpu_seconds_total', 'container_cpu_usage_seconds_total', 'container_cpu_cfs_periods_total', 'container_cpu_cfs_throttled_periods_total', 'container_oom_events_total'];
const IDLE_MODES: readonly string[] = ['idle', 'iowait', 'steal'];
/** Guest time is in user and nice already (Documentation/filesystems/proc.rst). */
const COUNTED_TWICE: readonly string[] = ['guest', 'guest_nice'];
/** Not on a disk, or another one's blocks. */
const PSEUDO: readonly string[] = ['tmpfs', 'ramfs', 'devtmpfs', 'udev', 'none', 'shm', 'efivarfs', 'overlay', 'squashfs', 'iso9660', 'autofs', 'proc', 'sysfs', 'cgroup', 'cgroup2', 'nsfs', 'tracefs', 'debugfs', 'fuse.lxcfs'];
const PRESSURE = /^(node|container)_pressure_(cpu|memory|io)_(waiting|stalled)_(seconds_total|percent)$/;

const UNIT_SIGNALS: readonly string[] = ['node_systemd_unit_state', 'node_systemd_service_restart_total'];

/** Sample names that can end in the sample of a host. */
export const usedInHosts = (signal: string) => HOST_PARTS.has(signal) || GROUP_PARTS.has(signal) || MOUNT_PARTS.has(signal) || UNIT_SIGNALS.includes(signal) || PRESSURE.test(signal);

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
