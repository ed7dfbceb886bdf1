/**
 * What `docker stats` and `podman stats` print: a table, whose heading says which columns a format or a version has, or
 * JSON objects. `--` is what they write for a container that stopped: no value, but not a broken line.
 */
import { finite, reading, type HostFileReader, type HostReading } from '../host-reading';
import { bytesOfSize } from './size-text';

type Labels = readonly (readonly [string, string])[];
type Column = 'id' | 'name' | 'container' | 'cpu' | 'memory' | 'net' | 'block' | 'pids' | '';
type Row = Readonly<Partial<Record<Column, string>>>;

/** What columns are called by Docker since 1.8 and Podman since 1.0; the empty ones follow from others. */
const COLUMN: ReadonlyMap<string, Column> = new Map<string, Column>([
  ['CONTAINER ID', 'id'], ['ID', 'id'], ['CONTAINER', 'container'], ['NAME', 'name'], ['CPU %', 'cpu'], ['MEM USAGE / LIMIT', 'memory'], ['MEM USAGE/LIMIT', 'memory'],
  ['MEM %', ''], ['NET I/O', 'net'], ['NET IO', 'net'], ['BLOCK I/O', 'block'], ['BLOCK IO', 'block'], ['PIDS', 'pids'], ['CPU TIME', ''], ['AVG CPU %', ''],
]);
const USUAL: readonly Column[] = ['id', 'name', 'cpu', 'memory', '', 'net', 'block', 'pids'];
const PATH = 'docker-stats/';
const cellsOf = (line: string) => line.trim().split(/\s{2,}|\t+/);

/** null: no heading of such a table. */
function columnsOf(line: string): readonly Column[] | null {
  if (!/^(?:CONTAINER|ID|NAME)\b/.test(line.trim())) return null;
  const columns = cellsOf(line).map((cell) => COLUMN.get(cell));
  const known = columns.flatMap((column) => column ?? []);
  const names = ['id', 'name', 'container'].some((column) => known.some((each) => each === column));
  return known.length === columns.length && names && (known.includes('cpu') || known.includes('memory')) ? known : null;
}

const isJson = (line: string) => /^\[?\s*\{/.test(line) && /"CPUPerc"|"cpu_percent"/.test(line);
const columnAt = (path: string): readonly Column[] => (path.startsWith(PATH) ? (columnsOf(path.slice(PATH.length)) ?? USUAL) : USUAL);

export const DOCKER_STATS: HostFileReader = {
  title: 'docker stats',
  named: (path) => /(?:docker|podman)[-_ ]stats/.test(path),
  recognises: isJson,
  heading: (line) => (columnsOf(line) === null ? null : `${PATH}${line.trim()}`),
  endsRound: (line) => columnsOf(line) !== null,
  advice: 'Keep the heading of the table and its columns whole, or print docker stats --format json.',
  read(line, path) {
    if (isJson(line)) return readJson(line);
    const columns = columnAt(path);
    const cells = cellsOf(line);
    return cells.length === columns.length ? readingsOf(Object.fromEntries(columns.map((column, i) => [column, cells[i]]))) : null;
  },
};

function readJson(line: string): HostReading[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  const rows = (Array.isArray(parsed) ? parsed : [parsed]).map(jsonReadings);
  return rows.every((row) => row !== null) ? rows.flat() : null;
}

function jsonReadings(row: unknown): HostReading[] | null {
  if (typeof row !== 'object' || row === null) return null;
  const fields = new Map(Object.entries(row));
  const of = (...names: string[]) => names.map((name) => fields.get(name)).find((value): value is string => typeof value === 'string');
  return readingsOf({ id: of('ID', 'Container', 'id'), name: of('Name', 'name'), cpu: of('CPUPerc', 'cpu_percent'), memory: of('MemUsage', 'mem_usage'), net: of('NetIO', 'net_io'), block: of('BlockIO', 'block_io'), pids: of('PIDs', 'pids') });
}

function readingsOf({ id, name, container, cpu, memory, net, block, pids }: Row): HostReading[] | null {
  const key = id ?? container ?? name;
  const title = name ?? container ?? id;
  if (key === undefined || title === undefined) return null;
  const labels: Labels = [['id', `/docker/${key}`], ['name', title], ['service', title]];
  const percent = cpu === undefined || cpu.startsWith('--') ? null : finite(cpu.replace(/%$/, ''));
  if (cpu !== undefined && !cpu.startsWith('--') && percent === null) return null;
  const processes = finite(pids);
  return [
    ...(percent === null ? [] : [reading('container_cpu_usage_cores', percent / 100, labels)]),
    ...pair(memory, ['container_memory_usage_bytes', 'container_spec_memory_limit_bytes'], labels),
    ...pair(net, ['container_network_receive_bytes_total', 'container_network_transmit_bytes_total'], labels),
    ...pair(block, ['container_fs_reads_bytes_total', 'container_fs_writes_bytes_total'], labels),
    ...(processes === null ? [] : [reading('container_processes', processes, labels)]),
  ];
}

/** `12.3MiB / 1GiB` as two signals. */
function pair(text: string | undefined, signals: readonly [string, string], labels: Labels): HostReading[] {
  const sizes = (text ?? '').split(' / ').map(bytesOfSize);
  return signals.flatMap((signal, i) => (sizes[i] === undefined || sizes[i] === null ? [] : [reading(signal, sizes[i], labels)]));
}
