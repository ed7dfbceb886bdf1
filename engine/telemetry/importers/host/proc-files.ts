/** Files of /proc under the names node_exporter gives their values (Documentation/filesystems/proc.rst). */
import { allFinite, finite, nameOfKey, reading, type HostFileReader, type HostReading } from './host-reading';

/** USER_HZ of every Linux port in use: what /proc/stat counts in. */
const TICKS_PER_SECOND = 100;
const CPU_MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;
const inProc = (file: string) => (path: string) => path === file || path.endsWith(`/proc/${file}`) || path === `proc/${file}`;

const STAT_NAMES: Readonly<Record<string, string>> = { ctxt: 'node_context_switches_total', btime: 'node_boot_time_seconds', processes: 'node_forks_total', procs_running: 'node_procs_running', procs_blocked: 'node_procs_blocked', intr: 'node_intr_total', softirq: 'node_softirqs_total' };

export const STAT_FILE: HostFileReader = {
  title: '/proc/stat',
  named: inProc('stat'),
  recognises: (line) => /^cpu\d* +\d+( \d+){6}/.test(line),
  read(line) {
    const [key, ...fields] = line.trim().split(/\s+/);
    const numbers = allFinite(fields);
    if (key === undefined || numbers === null || numbers.length === 0) return null;
    if (key === 'cpu') return []; // the sum of the lines that follow
    if (Object.hasOwn(STAT_NAMES, key)) return [reading(STAT_NAMES[key]!, numbers[0]!)];
    const cpu = /^cpu(\d+)$/.exec(key)?.[1];
    if (cpu === undefined || numbers.length < 4) return null;
    return CPU_MODES.flatMap((mode, i) => (numbers[i] === undefined ? [] : [reading('node_cpu_seconds_total', numbers[i] / TICKS_PER_SECOND, [['cpu', cpu], ['mode', mode]])]));
  },
};

export const MEMINFO_FILE: HostFileReader = {
  title: '/proc/meminfo',
  named: inProc('meminfo'),
  recognises: (line) => /^(MemTotal|MemFree|MemAvailable): +\d+ kB$/.test(line),
  read(line) {
    const match = /^([A-Za-z0-9_()]+):\s+(\d+)( kB)?$/.exec(line.trim());
    if (match === null) return null;
    const name = `node_memory_${nameOfKey(match[1]!)}`;
    return [match[3] === undefined ? reading(name, Number(match[2])) : reading(`${name}_bytes`, Number(match[2]) * 1_024)];
  },
};

export const VMSTAT_FILE: HostFileReader = {
  title: '/proc/vmstat',
  named: inProc('vmstat'),
  recognises: (line) => /^(nr_free_pages|pgpgin|pgfault|pgmajfault|nr_zone_inactive_anon) \d+$/.test(line),
  read(line) {
    const [key, text, ...more] = line.trim().split(/\s+/);
    const value = finite(text);
    return key === undefined || value === null || more.length > 0 ? null : [reading(`node_vmstat_${nameOfKey(key)}`, value)];
  },
};

export const LOADAVG_FILE: HostFileReader = {
  title: '/proc/loadavg',
  named: inProc('loadavg'),
  recognises: (line) => /^\d+\.\d\d \d+\.\d\d \d+\.\d\d \d+\/\d+ \d+$/.test(line),
  oneLine: () => true,
  read(line) {
    const numbers = allFinite(line.trim().split(/\s+/).slice(0, 3));
    if (numbers === null || numbers.length < 3) return null;
    return [reading('node_load1', numbers[0]!), reading('node_load5', numbers[1]!), reading('node_load15', numbers[2]!)];
  },
};

/** Columns of /proc/diskstats after the name, with what one unit is: a sector is 512 bytes whatever the disk says. */
const DISK_COLUMNS: readonly (readonly [signal: string, factor: number])[] = [
  ['node_disk_reads_completed_total', 1],
  ['node_disk_reads_merged_total', 1],
  ['node_disk_read_bytes_total', 512],
  ['node_disk_read_time_seconds_total', 1e-3],
  ['node_disk_writes_completed_total', 1],
  ['node_disk_writes_merged_total', 1],
  ['node_disk_written_bytes_total', 512],
  ['node_disk_write_time_seconds_total', 1e-3],
  ['node_disk_io_now', 1],
  ['node_disk_io_time_seconds_total', 1e-3],
  ['node_disk_io_time_weighted_seconds_total', 1e-3],
];

export const DISKSTATS_FILE: HostFileReader = {
  title: '/proc/diskstats',
  named: inProc('diskstats'),
  recognises: (line) => /^ *\d+ +\d+ [a-z][a-z0-9!-]*( \d+){11,}$/.test(line),
  read: (line) => {
    const [, , device, ...fields] = line.trim().split(/\s+/);
    return device === undefined ? null : columns(DISK_COLUMNS, fields, [['device', device]]);
  },
};

const NET_COLUMNS: readonly (readonly [signal: string, factor: number])[] = [
  ...['bytes', 'packets', 'errs', 'drop', 'fifo', 'frame', 'compressed', 'multicast'].map((name) => [`node_network_receive_${name}_total`, 1] as const),
  ...['bytes', 'packets', 'errs', 'drop', 'fifo', 'colls', 'carrier', 'compressed'].map((name) => [`node_network_transmit_${name}_total`, 1] as const),
];

export const NET_FILE: HostFileReader = {
  title: '/proc/net/dev',
  named: inProc('net/dev'),
  recognises: (line) => /^Inter-\|\s+Receive/.test(line),
  read(line) {
    if (line.includes('|')) return []; // the two lines of headings
    const match = /^\s*([^\s:]+):\s*(.*)$/.exec(line);
    return match === null ? null : columns(NET_COLUMNS, match[2]!.trim().split(/\s+/), [['device', match[1]!]]);
  },
};

function columns(wanted: readonly (readonly [string, number])[], fields: readonly string[], labels: readonly (readonly [string, string])[]): HostReading[] | null {
  const numbers = allFinite(fields);
  if (numbers === null || numbers.length < wanted.length) return null;
  return wanted.map(([signal, factor], i) => reading(signal, numbers[i]! * factor, labels));
}
