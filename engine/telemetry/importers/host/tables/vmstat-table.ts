/**
 * What `vmstat` prints (procps 3 and 4, `-w`, `-a`, `-t`): two lines of headings, then one row per interval. The first row of a
 * run tells rates since boot, so only its levels are taken; into a file the headings are repeated after every 21 rows, which
 * begins no new run. CPU is in percent of all CPUs, and how many there are it does not say. Its default unit is KiB (`-S` cannot be seen).
 */
import { captureTime } from '../capture-time';
import { allFinite, reading, type HostFileReader, type HostReading } from '../host-reading';

const BANNER = /^-*procs-*\s+-*memory-*\s/;
const HEADING = /^r\s+b\s+swpd\s+free\s/;
const PATH = 'vmstat-table/';
const ROWS_BEFORE_HEADINGS = 21;
const KIB = 1_024;

const LEVELS: Readonly<Record<string, readonly [signal: string, factor: number]>> = {
  r: ['node_procs_running', 1],
  b: ['node_procs_blocked', 1],
  swpd: ['node_memory_SwapUsed_bytes', KIB],
  free: ['node_memory_MemFree_bytes', KIB],
  buff: ['node_memory_Buffers_bytes', KIB],
  cache: ['node_memory_Cached_bytes', KIB],
  inact: ['node_memory_Inactive_bytes', KIB],
  active: ['node_memory_Active_bytes', KIB],
};
const RATES: Readonly<Record<string, readonly [signal: string, factor: number]>> = {
  si: ['node_swap_in_bytes_per_second', KIB],
  so: ['node_swap_out_bytes_per_second', KIB],
  bi: ['node_disk_read_bytes_per_second', KIB],
  bo: ['node_disk_written_bytes_per_second', KIB],
  in: ['node_interrupts_per_second', 1],
  cs: ['node_context_switches_per_second', 1],
};
const CPU_MODES: Readonly<Record<string, string>> = { us: 'user', sy: 'system', id: 'idle', wa: 'iowait', st: 'steal', gu: 'guest' };

/** Rows since the first of the run, the columns, and the zone of the column of times ('' without one): `vmstat-table/3/UTC/r,b,swpd`. */
type Place = { readonly row: number; readonly zone: string; readonly columns: readonly string[] };

function placeOf(path: string): Place | null {
  if (!path.startsWith(PATH)) return null;
  const [row, zone, columns] = path.slice(PATH.length).split('/');
  return { row: Number(row), zone: zone ?? '', columns: columns === undefined || columns === '' ? [] : columns.split(',') };
}

const pathOf = ({ row, zone, columns }: Place) => `${PATH}${row}/${zone}/${columns.join(',')}`;

export const VMSTAT_TABLE: HostFileReader = {
  title: 'vmstat',
  named: () => false,
  recognises: () => false, // a row of numbers could be anything
  heading(line, before) {
    const text = line.trim();
    const known = placeOf(before);
    if (BANNER.test(text)) return pathOf(known ?? { row: 0, zone: '', columns: [] });
    if (!HEADING.test(text)) return null;
    const names = text.split(/\s+/);
    const zone = names.find((name) => !Object.hasOwn(LEVELS, name) && !Object.hasOwn(RATES, name) && !Object.hasOwn(CPU_MODES, name)) ?? '';
    const columns = zone === '' ? names : names.slice(0, names.indexOf(zone));
    const continues = known !== null && known.row > 0 && known.row % ROWS_BEFORE_HEADINGS === 0 && known.columns.join() === columns.join();
    return pathOf({ row: continues ? known.row : 0, zone: zone.replaceAll('/', ' '), columns });
  },
  following(path) {
    const place = placeOf(path);
    return place === null ? path : pathOf({ ...place, row: place.row + 1 });
  },
  source: () => PATH,
  time(line, path) {
    const place = placeOf(path);
    const fields = line.trim().split(/\s+/);
    return place === null || place.zone === '' || fields.length <= place.columns.length ? null : captureTime([...fields.slice(place.columns.length), place.zone].join(' '));
  },
  advice: 'Keep both lines of headings; of the tables of vmstat only this one is read (not -s, -m, -d).',
  read(line, path) {
    const place = placeOf(path);
    const fields = line.trim().split(/\s+/);
    const numbers = place === null ? null : allFinite(fields.slice(0, place.columns.length));
    if (place === null || numbers === null || numbers.length < place.columns.length || fields.length > place.columns.length + (place.zone === '' ? 0 : 2)) return null;
    return place.columns.flatMap((name, i) => columnReading(name, numbers[i]!, place.row === 0));
  },
};

function columnReading(name: string, value: number, isSinceBoot: boolean): HostReading[] {
  const level = LEVELS[name];
  if (level !== undefined) return [reading(level[0], value * level[1])];
  if (isSinceBoot) return [];
  const rate = RATES[name];
  return rate === undefined ? [reading('node_cpu_percent', value, [['mode', CPU_MODES[name]!]])] : [reading(rate[0], value * rate[1])];
}
