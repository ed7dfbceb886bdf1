/**
 * Files of cgroups, versions 1 and 2, under the names cAdvisor gives their values
 * (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/).
 */
import { cgroupLabels } from './cgroup-name';
import { allFinite, finite, nameOfKey, reading, type HostFileReader, type HostReading } from './host-reading';

type Labels = readonly (readonly [string, string])[];
/** Signal of a key and what one of its units is in the signal's. */
type Scaled = readonly [signal: string, factor: number];

/** Files of `key value` lines. */
const KEYED: Readonly<Record<string, { readonly known: Readonly<Record<string, Scaled>>; readonly otherwise: string }>> = {
  'cpu.stat': {
    known: {
      usage_usec: ['container_cpu_usage_seconds_total', 1e-6],
      user_usec: ['container_cpu_user_seconds_total', 1e-6],
      system_usec: ['container_cpu_system_seconds_total', 1e-6],
      nr_periods: ['container_cpu_cfs_periods_total', 1],
      nr_throttled: ['container_cpu_cfs_throttled_periods_total', 1],
      throttled_usec: ['container_cpu_cfs_throttled_seconds_total', 1e-6],
      throttled_time: ['container_cpu_cfs_throttled_seconds_total', 1e-9],
    },
    otherwise: 'container_cpu_stat_',
  },
  'memory.stat': {
    known: {
      anon: ['container_memory_rss', 1],
      rss: ['container_memory_rss', 1],
      file: ['container_memory_cache', 1],
      cache: ['container_memory_cache', 1],
      inactive_file: ['container_memory_total_inactive_file_bytes', 1],
      active_file: ['container_memory_total_active_file_bytes', 1],
    },
    otherwise: 'container_memory_stat_',
  },
  'memory.events': { known: { oom_kill: ['container_oom_events_total', 1], max: ['container_memory_failures_at_limit_total', 1] }, otherwise: 'container_memory_events_' },
  'memory.oom_control': { known: { oom_kill: ['container_oom_events_total', 1] }, otherwise: 'container_memory_oom_control_' },
};

/** Files that hold one number; -1 and `max` mean without limit and give no value. */
const SINGLE: Readonly<Record<string, Scaled>> = {
  'cpuacct.usage': ['container_cpu_usage_seconds_total', 1e-9],
  'cpu.shares': ['container_spec_cpu_shares', 1],
  'cpu.weight': ['container_spec_cpu_weight', 1],
  'cpu.cfs_quota_us': ['container_spec_cpu_quota', 1],
  'cpu.cfs_period_us': ['container_spec_cpu_period', 1],
  'memory.current': ['container_memory_usage_bytes', 1],
  'memory.usage_in_bytes': ['container_memory_usage_bytes', 1],
  'memory.max': ['container_spec_memory_limit_bytes', 1],
  'memory.limit_in_bytes': ['container_spec_memory_limit_bytes', 1],
  'memory.high': ['container_spec_memory_high_bytes', 1],
  'memory.peak': ['container_memory_max_usage_bytes', 1],
  'memory.max_usage_in_bytes': ['container_memory_max_usage_bytes', 1],
  'memory.failcnt': ['container_memory_failcnt', 1],
  'memory.swap.current': ['container_memory_swap', 1],
  'pids.current': ['container_processes', 1],
};

/** Version 1 writes “no limit” as the largest number of whole pages. */
const UNLIMITED = 2 ** 62;
const IO_KEYS: Readonly<Record<string, string>> = { rbytes: 'container_fs_reads_bytes_total', wbytes: 'container_fs_writes_bytes_total', rios: 'container_fs_reads_total', wios: 'container_fs_writes_total' };

const fileOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export const CGROUP_FILE: HostFileReader = {
  title: 'cgroup',
  named(path) {
    const file = fileOf(path);
    return Object.hasOwn(KEYED, file) || Object.hasOwn(SINGLE, file) || file === 'cpu.max' || file === 'io.stat';
  },
  recognises: (line) => /^(usage_usec|nr_periods|throttled_(time|usec)) \d+$/.test(line),
  oneLine: (path) => Object.hasOwn(SINGLE, fileOf(path)) || fileOf(path) === 'cpu.max',
  read(line, path) {
    const file = path === '' ? 'cpu.stat' : fileOf(path);
    const labels = cgroupLabels(path);
    if (file === 'cpu.max') return readCpuMax(line, labels);
    if (file === 'io.stat') return readIo(line, labels);
    const single = SINGLE[file];
    return single === undefined ? readKeyed(line, file, labels) : readSingle(line, single, labels);
  },
};

function readKeyed(line: string, file: string, labels: Labels): HostReading[] | null {
  const [key, text, ...more] = line.trim().split(/\s+/);
  const value = finite(text);
  if (key === undefined || value === null || more.length > 0) return null;
  const { known, otherwise } = KEYED[file]!;
  const scaled = Object.hasOwn(known, key) ? known[key] : undefined;
  const [signal, factor] = scaled ?? [`${otherwise}${nameOfKey(key)}`, 1];
  return [reading(signal, value * factor, labels)];
}

function readSingle(line: string, [signal, factor]: Scaled, labels: Labels): HostReading[] | null {
  const text = line.trim();
  if (text === 'max' || text === '-1') return [];
  const value = finite(text);
  if (value === null || value < 0) return null;
  return value >= UNLIMITED ? [] : [reading(signal, value * factor, labels)];
}

function readCpuMax(line: string, labels: Labels): HostReading[] | null {
  const [quota, period, ...more] = line.trim().split(/\s+/);
  const periodUs = finite(period);
  if (quota === undefined || periodUs === null || more.length > 0) return null;
  const limit = quota === 'max' ? [] : allFinite([quota]);
  return limit === null ? null : [...limit.map((us) => reading('container_spec_cpu_quota', us, labels)), reading('container_spec_cpu_period', periodUs, labels)];
}

function readIo(line: string, labels: Labels): HostReading[] | null {
  const [device, ...pairs] = line.trim().split(/\s+/);
  if (device === undefined || !/^\d+:\d+$/.test(device) || pairs.length === 0) return null;
  const readings: HostReading[] = [];
  for (const pair of pairs) {
    const [key, text] = pair.split('=');
    const value = finite(text);
    if (key === undefined || value === null) return null;
    const signal = Object.hasOwn(IO_KEYS, key) ? IO_KEYS[key]! : `container_fs_${nameOfKey(key)}_total`;
    readings.push(reading(signal, value, [...labels, ['device', device]]));
  }
  return readings;
}
