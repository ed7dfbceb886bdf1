/**
 * Files of cgroups, versions 1 and 2, under the names cAdvisor gives their values
 * (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/).
 */
import { allFinite, finite, nameOfKey, reading, type HostFileReader, type HostReading } from '../host-reading';
import { cgroupLabels } from './cgroup-name';
import { BLKIO, IO_KEYS, KEYED, MEMORY_STAT_1, SINGLE, UNLIMITED, VERSION_1, type Scaled } from './cgroup-values';

type Labels = readonly (readonly [string, string])[];
/** What a group may use in the end, version 2 and 1; the list stands in a label. */
const CPUSET: ReadonlySet<string> = new Set(['cpuset.cpus.effective', 'cpuset.effective_cpus']);
const fileOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export const CGROUP_FILE: HostFileReader = {
  title: 'cgroup',
  named(path) {
    const file = fileOf(path);
    return Object.hasOwn(KEYED, file) || Object.hasOwn(SINGLE, file) || Object.hasOwn(BLKIO, file) || CPUSET.has(file) || file === 'cpu.max' || file === 'io.stat';
  },
  recognises: (line) => /^(usage_usec|nr_periods|throttled_(time|usec)) \d+$/.test(line),
  oneLine: (path) => Object.hasOwn(SINGLE, fileOf(path)) || CPUSET.has(fileOf(path)) || fileOf(path) === 'cpu.max',
  read(line, path) {
    const file = path === '' ? 'cpu.stat' : fileOf(path);
    const labels = cgroupLabels(path);
    if (file === 'cpu.max') return readCpuMax(line, labels);
    if (CPUSET.has(file)) return /^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/.test(line.trim()) ? [reading('container_spec_cpuset', 1, [...labels, ['cpus', line.trim()]])] : null;
    if (file === 'io.stat') return readIo(line, labels);
    if (Object.hasOwn(BLKIO, file)) return readBlkio(line, BLKIO[file]!, labels);
    if (Object.hasOwn(SINGLE, file)) return readSingle(line, SINGLE[file]!, labels);
    return readKeyed(line, file === 'memory.stat' && VERSION_1.test(path) ? MEMORY_STAT_1 : file, labels);
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

/** Some kernels end no line after a device without I/O: `8:0 8:16 rbytes=…` is of 8:16. */
function readIo(line: string, labels: Labels): HostReading[] | null {
  const fields = line.trim().split(/\s+/);
  const first = fields.findIndex((field) => !DEVICE.test(field));
  if (first === 0) return null;
  const device = first < 0 ? '' : fields[first - 1]!;
  const readings: HostReading[] = [];
  for (const pair of first < 0 ? [] : fields.slice(first)) {
    const [key, text] = pair.split('=');
    const value = finite(text);
    if (key === undefined || value === null) return null;
    const signal = Object.hasOwn(IO_KEYS, key) ? IO_KEYS[key]! : `container_fs_${nameOfKey(key)}_total`;
    readings.push(reading(signal, value, [...labels, ['device', device]]));
  }
  return readings;
}

const DEVICE = /^\d+:\d+$/;

/** Reads and writes; what is synchronous or discarded is one of them again, and the total follows. */
function readBlkio(line: string, [read, written]: readonly [string, string], labels: Labels): HostReading[] | null {
  const fields = line.trim().split(/\s+/);
  if (fields[0] === 'Total' && finite(fields[1]) !== null) return [];
  const [device, direction, text] = fields;
  const value = finite(text);
  if (device === undefined || !DEVICE.test(device) || value === null || fields.length > 3) return null;
  const signal = direction === 'Read' ? read : direction === 'Write' ? written : null;
  return signal === null ? [] : [reading(signal, value, [...labels, ['device', device]])];
}
