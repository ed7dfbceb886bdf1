/**
 * What `systemd-cgtop --batch` prints: path, tasks, CPU in percent of one, memory and I/O, `-` for what was not measured,
 * an empty line after each round. The first round has no CPU. Newer versions leave the first slash of a path out. Percent always
 * have a decimal: a 0 is no time (`--cpu=time`), which is not read, because its digits are few and its unit changes.
 */
import { labelsOfGroup } from '../cgroup/cgroup-name';
import { finite, reading, type HostFileReader } from '../host-reading';
import { bytesOfSize } from './size-text';

const SIZE = String.raw`(-|\d+(?:\.\d+)?[KMGTPE]?B?)`;
const ROW = new RegExp(String.raw`^(\S+)\s+(-|\d+)\s+(-|\d+\.\d)\s+${SIZE}\s+${SIZE}\s+${SIZE}$`);
const TIME_ROW = new RegExp(String.raw`^(\S+)\s+(?:-|\d+)\s+(?:0|(?:\d+(?:\.\d+)?(?:y|month|w|d|h|min|s|ms|us) ?)+)\s+${SIZE}\s+${SIZE}\s+${SIZE}$`);
const HEADING = /^(?:Control Group|CGroup|Path)\s+(?:Tasks|Procs)\s+(?:%CPU|CPU Time)\s+Memory/;
const SIGNALS = ['container_processes', 'container_cpu_usage_cores', 'container_memory_usage_bytes', 'container_fs_read_bytes_per_second', 'container_fs_written_bytes_per_second'] as const;

export const CGTOP: HostFileReader = {
  title: 'systemd-cgtop',
  named: (path) => /cgtop/.test(path),
  recognises(line) {
    const path = (ROW.exec(line.trim()) ?? TIME_ROW.exec(line.trim()))?.[1];
    return HEADING.test(line) || (path !== undefined && (path.startsWith('/') || /\.(?:slice|service|scope|mount|socket|swap)(?:\/|$)/.test(path)));
  },
  endsRound: (line) => line === '',
  advice: 'Print CPU use in percent and whole lines: systemd-cgtop --batch --cpu=percentage.',
  read(line) {
    if (HEADING.test(line)) return [];
    const row = ROW.exec(line.trim());
    if (row === null) return null;
    const labels = labelsOfGroup(row[1]!.startsWith('/') ? row[1]! : `/${row[1]!}`);
    const percent = finite(row[3]);
    const columns = [finite(row[2]), percent === null ? null : percent / 100, bytesOfSize(row[4]!), bytesOfSize(row[5]!), bytesOfSize(row[6]!)];
    return columns.flatMap((value, i) => (value === null ? [] : [reading(SIGNALS[i]!, value, labels)]));
  },
};
