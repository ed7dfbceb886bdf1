import { expect, test } from 'vitest';
import { droppedRows } from '../../recording/import-issue';
import { assembleRecording } from '../assemble-recording';
import { importText } from '../import-text';
import { sniffText } from '../sniff-format';
import { importHostCapture } from './host-capture';
import { bytesOfSize } from './tables/size-text';

const AT_US = 1_700_000_000_000_000;

function samples(text: string, where = 'web-1.txt') {
  const table = importHostCapture(text, { where, atUs: AT_US });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const { columns, counts, warnings } = table.value;
  const rows = Array.from({ length: columns.rows }, (_, i) => `${(columns.atUs[i]! - AT_US) / 1e6} ${columns.signal.dictionary[columns.signal.keys[i]!]!}{${columns.labels.dictionary[columns.labels.keys[i]!]!}} ${columns.value[i]!}`);
  return { rows, counts, warnings };
}

const round = (second: number) => `${1_700_000_000 + second}.000000000
==> /etc/hostname <==
web-1
==> /proc/stat <==
cpu  ${300 + second * 150} 0 20 ${second * 50} 0 0 0 0 0 0
cpu0 ${100 + second * 100} 0 10 0 0 0 0 0 0 0
cpu1 ${200 + second * 50} 0 10 ${second * 50} 0 0 0 0 0 0
ctxt 5000
procs_running 3
==> /proc/meminfo <==
MemTotal:       8000000 kB
MemAvailable:   6000000 kB
Active(anon):      1000 kB
HugePages_Total:       0
==> /proc/pressure/cpu <==
some avg10=1.50 avg60=0.80 avg300=0.20 total=${1_000_000 + second * 250_000}
full avg10=0.00 avg60=0.00 avg300=0.00 total=0
==> /sys/fs/cgroup/system.slice/shop.service/cpu.stat <==
usage_usec ${second * 500_000}
nr_periods ${second * 10}
nr_throttled ${second * 4}
throttled_usec 70000
==> /sys/fs/cgroup/system.slice/shop.service/cpu.max <==
50000 100000
==> /sys/fs/cgroup/system.slice/shop.service/memory.current <==
104857600
==> /sys/fs/cgroup/system.slice/shop.service/memory.stat <==
anon 90000000
inactive_file 4857600
==> /proc/loadavg <==
0.79 0.68 1.05 4/173 29189
`;

test('a capture of files in a loop becomes frames: node CPU, memory and pressure, services by their cgroup', () => {
  const text = [0, 1, 2, 3].map(round).join('');
  expect(sniffText(text)).toBe('host-capture');
  const table = importText(text, 'host-capture', { where: 'capture.txt', atUs: 0 });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  expect(table.value.warnings).toEqual([]);
  const recording = assembleRecording(table.value, { where: 'capture.txt', format: 'files of a host', manifest: null });
  if (!recording.ok) throw new Error(JSON.stringify(recording.error));
  expect(recording.value.frames).toHaveLength(4);
  expect(recording.value.frames[2]!.nodes).toEqual([{ node: 'web-1', up: true, cpuCapacityCores: 2, cpuCores: 1.5, cpuPressure: 0.25, memoryBytes: 2_000_000 * 1_024, replicas: [] }]);
  expect(recording.value.frames[2]!.services).toMatchObject([{ service: 'shop', cpuCores: 0.5, throttledShare: 0.4, memoryBytes: 104_857_600 }]);
});

test('values carry the names of node_exporter and cAdvisor, the host and the group', () => {
  const { rows } = samples(round(0));
  expect(rows).toContain('0 node_cpu_seconds_total{cpu="1",mode="user",node="web-1"} 2');
  expect(rows).toContain('0 node_memory_Active_anon_bytes{node="web-1"} 1024000');
  expect(rows).toContain('0 node_memory_HugePages_Total{node="web-1"} 0');
  expect(rows).toContain('0 node_load5{node="web-1"} 0.68');
  expect(rows).toContain('0 node_pressure_cpu_waiting_percent{node="web-1",window="60s"} 0.8');
  expect(rows).toContain('0 container_spec_cpu_quota{id="/system.slice/shop.service",node="web-1",service="shop"} 50000');
  expect(rows).toContain('0 container_memory_working_set_bytes{id="/system.slice/shop.service",node="web-1",service="shop"} 100000000');
});

test('grep names the file on every line, and version 1 has a tree per controller', () => {
  const { rows, counts } = samples('/sys/fs/cgroup/cpu,cpuacct/app/web/cpu.stat:nr_periods 12\n/sys/fs/cgroup/cpu,cpuacct/app/web/cpu.stat:throttled_time 2000000000\n/sys/fs/cgroup/memory/app/web/memory.limit_in_bytes:9223372036854771712\n/sys/fs/cgroup/memory/app/web/memory.failcnt:7\n');
  expect(rows).toEqual([
    '0 container_cpu_cfs_periods_total{id="/app/web",node="web-1",service="web"} 12',
    '0 container_cpu_cfs_throttled_seconds_total{id="/app/web",node="web-1",service="web"} 2',
    '0 container_memory_failcnt{id="/app/web",node="web-1",service="web"} 7',
  ]);
  expect(droppedRows(counts)).toBe(0);
});

test('a number after a one-line file is a time, inside it a value', () => {
  const { rows } = samples('==> /sys/fs/cgroup/a/memory.current <==\n1700000005\n1700000001\n==> /sys/fs/cgroup/a/memory.current <==\n7\n');
  expect(rows).toEqual(['0 container_memory_usage_bytes{id="/a",node="web-1",service="a"} 1700000005', '1 container_memory_usage_bytes{id="/a",node="web-1",service="a"} 7']);
});

const DOCKER = `CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT     MEM %     NET I/O           BLOCK I/O         PIDS
4a2b9c0d1e2f   web       150.25%   12.5MiB / 1GiB        1.22%     1.5kB / 648B      0B / 4.1MB        5
5b3c0d1e2f3a   db        --        -- / --               --        --                --                --
`;

test('docker stats is read as a table and as JSON lines; rounds without a time are a second apart, and it is said', () => {
  const { rows, warnings } = samples(DOCKER + DOCKER.replace('150.25%', '50.00% '));
  expect(rows.slice(0, 3)).toEqual([
    '0 container_cpu_usage_cores{id="/docker/4a2b9c0d1e2f",name="web",node="web-1",service="web"} 1.5025',
    '0 container_memory_usage_bytes{id="/docker/4a2b9c0d1e2f",name="web",node="web-1",service="web"} 13107200',
    '0 container_spec_memory_limit_bytes{id="/docker/4a2b9c0d1e2f",name="web",node="web-1",service="web"} 1073741824',
  ]);
  expect(rows.filter((row) => row.includes('_usage_cores')).at(-1)).toBe('1 container_cpu_usage_cores{id="/docker/4a2b9c0d1e2f",name="web",node="web-1",service="web"} 0.5');
  expect(warnings.map(({ what }) => what)).toEqual(['1 times values came again without a time: one second was taken for each']);
  const json = '{"BlockIO":"0B / 4.1MB","CPUPerc":"150.25%","Container":"4a2b9c0d1e2f","ID":"4a2b9c0d1e2f","MemPerc":"1.22%","MemUsage":"12.5MiB / 1GiB","Name":"web","NetIO":"1.5kB / 648B","PIDs":"5"}\n';
  expect(sniffText(json)).toBe('host-capture');
  expect(samples(json).rows).toEqual(samples(DOCKER).rows);
});

test('systemd-cgtop in batch mode is read; a dash is no value', () => {
  const text = '/                                     114      -   679.8M        -        -\n/system.slice/nginx.service             3   12.5    28.9M     1.5K        0\n';
  expect(sniffText(text)).toBe('host-capture');
  expect(samples(text).rows).toEqual([
    '0 container_processes{id="/",node="web-1"} 114',
    '0 container_memory_usage_bytes{id="/",node="web-1"} 712821965',
    '0 container_processes{id="/system.slice/nginx.service",node="web-1",service="nginx"} 3',
    '0 container_cpu_usage_cores{id="/system.slice/nginx.service",node="web-1",service="nginx"} 0.125',
    '0 container_memory_usage_bytes{id="/system.slice/nginx.service",node="web-1",service="nginx"} 30303846',
    '0 container_fs_read_bytes_per_second{id="/system.slice/nginx.service",node="web-1",service="nginx"} 1536',
    '0 container_fs_written_bytes_per_second{id="/system.slice/nginx.service",node="web-1",service="nginx"} 0',
  ]);
});

test('disks and networks are read by column, a sector being 512 bytes', () => {
  const { rows } = samples('==> /proc/diskstats <==\n 254       0 vda 10 1 200 30 40 2 800 50 1 60 70 0 0 0 0 5 6\n==> /proc/net/dev <==\nInter-|   Receive |  Transmit\n face |bytes packets|bytes packets\n    lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n');
  expect(rows).toContain('0 node_disk_read_bytes_total{device="vda",node="web-1"} 102400');
  expect(rows).toContain('0 node_disk_io_time_seconds_total{device="vda",node="web-1"} 0.06');
  expect(rows).toContain('0 node_network_transmit_bytes_total{device="lo",node="web-1"} 9');
});

test('a line of no known file and a broken one are dropped, counted and named', () => {
  const { counts, warnings } = samples('==> /proc/meminfo <==\nMemTotal: 8 kB\nMemFree: lots\n==> /proc/secret <==\nx\n');
  expect([counts.kept, counts.dropped.malformed]).toEqual([1, 2]);
  expect(warnings.map(({ where, what }) => `${where}: ${what}`)).toEqual(['web-1.txt line 5: 1 line of files called secret, which nothing here reads', 'web-1.txt line 3: “MemFree: lots” is no line of /proc/meminfo']);
});

test('a folder of files that nobody reads is told by name and number of lines, not line by line', () => {
  const { counts, warnings } = samples(`==> /sys/fs/cgroup/a/memory.current <==\n5\n${['a', 'b'].map((group) => `==> /sys/fs/cgroup/${group}/cgroup.procs <==\n${'7\n'.repeat(40)}`).join('')}`);
  expect([counts.kept, counts.dropped.malformed]).toEqual([1, 80]);
  expect(warnings.map(({ what }) => what)).toEqual(['80 lines of files called cgroup.procs, which nothing here reads']);
});

test('what another file says once more is a duplicate of the same time, not another round', () => {
  const usage = (controller: string) => `==> /sys/fs/cgroup/${controller}/a/cpuacct.usage <==\n1000000000\n`;
  const { rows, counts, warnings } = samples(`${usage('cpu,cpuacct')}${usage('cpuacct')}${usage('cpu,cpuacct')}${usage('cpuacct')}`);
  expect(rows.map((row) => row.slice(0, 1))).toEqual(['0', '1']);
  expect([counts.dropped.duplicate, warnings.length]).toEqual([2, 1]);
});

test('under the name of an unknown file even a line that looks familiar is dropped', () => {
  expect(samples('==> /sys/fs/cgroup/a/hugetlb.stat <==\nnr_periods 3\n1900000000\n==> /proc/vmstat <==\npgfault 3\n').rows).toEqual(['0 node_vmstat_pgfault{node="web-1"} 3']);
});

test('sizes are powers of 1024 for cgtop and with an i, of 1000 with a bare B', () => {
  expect(['1.5K', '1.5KiB', '1.5kB', '0B', '7', '2G', '1e3', '5X', ''].map(bytesOfSize)).toEqual([1_536, 1_536, 1_500, 0, 7, 2_147_483_648, null, null, null]);
});
