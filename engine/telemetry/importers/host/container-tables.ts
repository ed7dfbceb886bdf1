/** What tools print about running containers: `docker stats` (and `podman stats`), as a table or as JSON lines, and `systemd-cgtop --batch`. */
import { labelsOfGroup } from './cgroup-name';
import { finite, reading, type HostFileReader, type HostReading } from './host-reading';
import { bytesOfSize } from './size-text';

/** CPU use over the tool's own interval. */
const CPU = 'container_cpu_usage_cores';
type Labels = readonly (readonly [string, string])[];

const DOCKER_HEADINGS = /^CONTAINER ID\s+NAME\s+CPU %\s+MEM USAGE \/ LIMIT/;

export const DOCKER_STATS: HostFileReader = {
  title: 'docker stats',
  named: (path) => /(?:docker|podman)[-_ ]stats/.test(path),
  recognises: (line) => DOCKER_HEADINGS.test(line) || (line.startsWith('{') && /"CPUPerc"|"cpu_percent"/.test(line)),
  read(line) {
    const text = line.replace(/^\u001b\[[0-9;]*[A-Za-z]/g, '').trim();
    if (DOCKER_HEADINGS.test(text) || /^ID\s+NAME\s+CPU %/.test(text)) return [];
    if (text.startsWith('{')) return readDockerJson(text);
    const [id, name, cpu, memory, , net, block, pids] = text.split(/\s{2,}/);
    return id === undefined || name === undefined ? null : dockerReadings({ id, name, cpu, memory, net, block, pids });
  },
};

type DockerRow = { readonly id: string; readonly name: string; readonly cpu: string | undefined; readonly memory: string | undefined; readonly net: string | undefined; readonly block: string | undefined; readonly pids: string | undefined };

function readDockerJson(text: string): HostReading[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const fields = new Map(Object.entries(parsed));
  const of = (...names: string[]) => names.map((name) => fields.get(name)).find((value): value is string => typeof value === 'string');
  const name = of('Name', 'name');
  const id = of('ID', 'Container', 'id') ?? name;
  if (name === undefined || id === undefined) return null;
  return dockerReadings({ id, name, cpu: of('CPUPerc', 'cpu_percent'), memory: of('MemUsage', 'mem_usage'), net: of('NetIO', 'net_io'), block: of('BlockIO', 'block_io'), pids: of('PIDs', 'pids') });
}

/** `--` is what docker writes for a container that stopped: no value, but not a broken line. */
function dockerReadings({ id, name, cpu, memory, net, block, pids }: DockerRow): HostReading[] | null {
  const labels: Labels = [['id', `/docker/${id}`], ['name', name], ['service', name]];
  const percent = cpu === undefined || cpu.startsWith('--') ? null : finite(cpu.replace(/%$/, ''));
  if (cpu !== undefined && !cpu.startsWith('--') && percent === null) return null;
  const processes = finite(pids);
  return [
    ...(percent === null ? [] : [reading(CPU, percent / 100, labels)]),
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

const CGTOP_LINE = /^(\/\S*)\s+(-|\d+)\s+(-|\d+(?:\.\d+)?)\s+(-|\d+(?:\.\d+)?[KMGTPE]?)\s+(-|\d+(?:\.\d+)?[KMGTPE]?)\s+(-|\d+(?:\.\d+)?[KMGTPE]?)$/;

export const CGTOP: HostFileReader = {
  title: 'systemd-cgtop',
  named: (path) => /cgtop/.test(path),
  recognises: (line) => /^Control Group\s+Tasks\s+%CPU\s+Memory/.test(line) || CGTOP_LINE.test(line),
  read(line) {
    if (/^Control Group\s/.test(line)) return [];
    const match = CGTOP_LINE.exec(line.trim());
    if (match === null) return null;
    const labels = labelsOfGroup(match[1]!);
    const columns = [finite(match[2]), scaled(finite(match[3]), 0.01), bytesOfSize(match[4]!), bytesOfSize(match[5]!), bytesOfSize(match[6]!)];
    const signals = ['container_processes', CPU, 'container_memory_usage_bytes', 'container_fs_read_bytes_per_second', 'container_fs_written_bytes_per_second'];
    return columns.flatMap((value, i) => (value === null ? [] : [reading(signals[i]!, value, labels)]));
  },
};

const scaled = (value: number | null, factor: number) => (value === null ? null : value * factor);
