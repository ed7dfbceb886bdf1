import { describe, expect, test } from 'vitest';
import type { Frame } from '../../frame';
import { assembleRecording } from '../../importers/assemble-recording';
import { importText } from '../../importers/import-text';
import { sniffText } from '../../importers/sniff-format';

const START = 1_700_000_000;

function framesOf(text: string, where = 'box.txt'): readonly Frame[] {
  const table = importText(text, sniffText(text), { where, atUs: START * 1e6 });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const recording = assembleRecording(table.value, { where, format: 'a test', manifest: null });
  if (!recording.ok) throw new Error(JSON.stringify(recording.error));
  return recording.value.frames;
}
const hostIn = (frames: readonly Frame[], i: number) => frames[i]!.hosts![0]!;
const rounds = (round: (second: number) => string, count = 6) => Array.from({ length: count }, (_, second) => `${START + second}\n${round(second)}`).join('');

const CAPTURE = (second: number) => `==> /etc/hostname <==
web-1
==> /proc/stat <==
cpu0 ${100 + second * 60} 0 10 ${second * 40} 0 0 0 0 0 0
cpu1 ${200 + second * 20} 0 10 ${second * 80} 0 0 0 0 0 0
==> /proc/meminfo <==
MemTotal:       4000000 kB
MemFree:        1000000 kB
MemAvailable:   3000000 kB
==> /proc/pressure/cpu <==
some avg10=12.50 avg60=0.80 avg300=0.20 total=${second * 250_000}
==> /sys/fs/cgroup/system.slice/cpu.stat <==
usage_usec ${second * 600_000}
==> /sys/fs/cgroup/system.slice/shop.service/cpu.stat <==
usage_usec ${second * 500_000}
nr_periods ${second * 10}
nr_throttled ${second * 4}
==> /sys/fs/cgroup/system.slice/shop.service/cpu.max <==
50000 100000
==> /sys/fs/cgroup/system.slice/shop.service/cpu.weight <==
200
==> /sys/fs/cgroup/system.slice/shop.service/memory.current <==
${100_000_000 + second * 1_000_000}
==> /sys/fs/cgroup/system.slice/shop.service/memory.max <==
209715200
==> /sys/fs/cgroup/system.slice/shop.service/memory.stat <==
anon 90000000
file 10000000
==> /sys/fs/cgroup/system.slice/shop.service/memory.pressure <==
some avg10=3.00 avg60=0.00 avg300=0.00 total=0
`;

describe('a capture of a host', () => {
  const frames = framesOf(rounds(CAPTURE));

  test('says what it says, and null for the rest', () => {
    const host = hostIn(frames, 3);
    expect(host).toMatchObject({ host: 'web-1', state: 'up', size: { cpus: 2, memoryBytes: 4_096_000_000 }, freeBytes: 1_024_000_000, availableBytes: 3_072_000_000 });
    expect(host.cpuCores).toBeCloseTo(0.8, 9);
    expect(host.pressure).toEqual({ cpuSome: 12.5, cpuFull: null, memorySome: null, memoryFull: null, ioSome: null, ioFull: null });
    expect([host.disk, host.filesystems, host.upkeep, host.watts, host.outside, host.reboots, host.waitingTasks, host.suspendedShare]).toEqual([null, undefined, null, null, null, null, null, null]);
  });

  test('has its groups with their limits, those above as parents', () => {
    const [slice, shop] = hostIn(frames, 3).groups;
    expect(slice).toMatchObject({ group: 'system.slice', parent: null, memoryBytes: null, quotaMs: null, cpuWeight: null });
    expect(shop).toMatchObject({ group: 'shop', parent: 'system.slice', cpuCores: 0.5, periods: 10, throttledPeriods: 4, memoryBytes: 103_000_000, fileBytes: 10_000_000, memoryLimitBytes: 209_715_200, quotaMs: 50, periodMs: 100, cpuWeight: 200, cpus: null, waitingTasks: null, throttledTasks: null });
    expect(shop!.pressure).toMatchObject({ memorySome: 3, cpuSome: null });
  });

  test('has a program per group that holds no other, whose requests nobody counted', () => {
    const { programs } = hostIn(frames, 3);
    expect(programs).toHaveLength(1);
    expect(programs[0]).toMatchObject({ program: 'shop', group: 'shop', phase: 'ready', cpuCores: 0.5, memoryBytes: 93_000_000, arrivedRps: null, servedRps: null, latencyP95Ms: null, nice: null, restarts: 0, exits: 0, lastExit: null });
  });

  test('a missing round is a frame without the host', () => {
    const holed = framesOf([0, 1, 3, 4].map((second) => `${START + second}\n${CAPTURE(second)}`).join(''));
    expect(holed.map(({ hosts = [] }) => hosts.length)).toEqual([1, 1, 0, 1, 1]);
  });
});

describe('settings and input/output of a group, and the disks', () => {
  const round = (second: number) => `==> /proc/stat <==
cpu0 ${second * 10} 0 0 0 0 0 0 0
cpu1 0 0 0 0 0 0 0 0
==> /proc/meminfo <==
Dirty:    100 kB
==> /proc/diskstats <==
 254       0 vda ${second * 20} 0 ${second * 2_000} 30 ${second * 5} 0 ${second * 800} 50 0 ${second * 250} 0
 254       1 vda1 ${second * 20} 0 ${second * 2_000} 30 ${second * 5} 0 ${second * 800} 50 0 ${second * 250} 0
 253       0 dm-0 ${second * 20} 0 ${second * 2_000} 30 ${second * 5} 0 ${second * 800} 50 0 ${second * 900} 0
 254      16 vdb ${second} 0 ${second * 200} 30 0 0 0 50 0 ${second * 10} 0
==> /sys/fs/cgroup/db.service/memory.high <==
52428800
==> /sys/fs/cgroup/db.service/memory.swap.current <==
4096
==> /sys/fs/cgroup/db.service/cpuset.cpus.effective <==
1
==> /sys/fs/cgroup/db.service/io.stat <==
254:0 rbytes=${second * 4_096} wbytes=${second * 8_192} rios=${second} wios=${second}
254:16 rbytes=${second * 1_000} wbytes=0 rios=0 wios=0
==> /sys/fs/cgroup/web.service/cpuset.cpus.effective <==
0-1
==> /sys/fs/cgroup/web.service/memory.current <==
5
`;
  const [host] = framesOf(rounds(round))[3]!.hosts!;

  test('a group has its memory.high, its swap, what it reads and writes, and its CPUs where they are not all', () => {
    const [db, web] = host!.groups;
    expect(db).toMatchObject({ group: 'db', memoryHighBytes: 52_428_800, swapBytes: 4_096, cpus: [1], disk: { readBytesPerSecond: 5_096, writeBytesPerSecond: 8_192 } });
    expect([web!.cpus, web!.memoryHighBytes, web!.swapBytes, web!.disk]).toEqual([null, undefined, undefined, undefined]);
  });

  test('disks are those that others lie on, together, as busy as the busiest', () => {
    expect(host!.device).toEqual({ readBytesPerSecond: 2_200 * 512, writeBytesPerSecond: 800 * 512, readIops: 21, writeIops: 5, busyShare: 0.25, dirtyBytes: 102_400 });
  });

  test('a list of CPUs that is none tells nothing', () => {
    const odd = (list: string) => framesOf(rounds(() => `==> /sys/fs/cgroup/a/cpuset.cpus.effective <==\n${list}\n==> /sys/fs/cgroup/a/memory.current <==\n5\n`))[2]!.hosts![0]!.groups[0]!.cpus;
    expect([odd('0,2-3'), odd('3-1'), odd('0-9999'), odd('all')]).toEqual([[0, 2, 3], null, null, null]);
  });
});

describe('node_exporter', () => {
  const scrape = (second: number) => `${['/', '/var/log'].map((mount, i) => `node_filesystem_size_bytes{device="/dev/vda${i}",fstype="ext4",mountpoint="${mount}"} 1e+11 ${(START + second) * 1_000}
node_filesystem_free_bytes{device="/dev/vda${i}",fstype="ext4",mountpoint="${mount}"} ${4e10 - i * second * 1e9} ${(START + second) * 1_000}
node_filesystem_avail_bytes{device="/dev/vda${i}",fstype="ext4",mountpoint="${mount}"} ${3.5e10 - i * second * 1e9} ${(START + second) * 1_000}`).join('\n')}
node_filesystem_size_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"} 1e+09 ${(START + second) * 1_000}
node_filesystem_free_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"} 1e+09 ${(START + second) * 1_000}
node_pressure_io_waiting_seconds_total ${second * 0.4} ${(START + second) * 1_000}
node_boot_time_seconds ${second < 3 ? START - 5_000 : START + 3} ${(START + second) * 1_000}
node_systemd_unit_state{name="nginx.service",state="failed",type="forking"} ${second < 3 ? 0 : 1} ${(START + second) * 1_000}
node_systemd_unit_state{name="nginx.service",state="active",type="forking"} ${second < 3 ? 1 : 0} ${(START + second) * 1_000}
`.replaceAll('{', '{instance="db-1:9100",').replaceAll(/^(node_\w+_total|node_boot_time_seconds) /gm, '$1{instance="db-1:9100"} ');
  const frames = framesOf(Array.from({ length: 6 }, (_, second) => scrape(second)).join(''), 'metrics.prom');

  test('file systems are told apart, those in memory left out; logs go to the nearest', () => {
    const { filesystems, disk } = hostIn(frames, 4);
    expect(filesystems).toEqual([{ mount: '/', usedBytes: 6e10, availableBytes: 3.5e10 }, { mount: '/var/log', usedBytes: 6.4e10, availableBytes: 3.1e10 }]);
    expect(disk).toEqual({ usedBytes: 6.4e10, availableBytes: 3.1e10, orphanBytes: null });
  });

  test('pressure is the share of the window, boots are counted, a failed unit is down', () => {
    expect(hostIn(frames, 4).pressure!.ioSome).toBeCloseTo(40, 6);
    expect([hostIn(frames, 1).reboots, hostIn(frames, 4).reboots]).toEqual([0, 1]);
    expect(hostIn(frames, 1).programs).toEqual([]);
    expect(hostIn(frames, 4).programs).toMatchObject([{ program: 'nginx', phase: 'down', lastExit: 'systemd reports it failed' }]);
    expect(hostIn(frames, 4).cpuCores).toBeNull();
  });
});

test('docker stats and systemd-cgtop give groups and programs with nothing invented', () => {
  const docker = rounds(() => `CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT     MEM %     NET I/O           BLOCK I/O         PIDS
4a2b9c0d1e2f   web       150.25%   12.5MiB / 1GiB        1.22%     1.5kB / 648B      0B / 4.1MB        5
5b3c0d1e2f3a   db        --        -- / --               --        --                --                --
`);
  expect(hostIn(framesOf(docker, 'docker-stats.txt'), 2).groups).toMatchObject([{ group: 'web', cpuCores: 1.5025, memoryBytes: 13_107_200, memoryLimitBytes: 1_073_741_824, fileBytes: null, periods: null }]);
  const cgtop = rounds(() => '/                                     114   30.0   679.8M        -        -\n/system.slice/nginx.service             3   12.5    28.9M     1.5K        0\n/system.slice/idle.service              0      -        -        -        -\n');
  const host = hostIn(framesOf(cgtop, 'cgtop.txt'), 2);
  expect(host).toMatchObject({ cpuCores: 0.3, size: { cpus: null, memoryBytes: null }, pressure: null });
  expect(host.programs.map(({ program, phase, cpuCores }) => [program, phase, cpuCores])).toEqual([['idle', 'down', null], ['nginx', 'ready', 0.125]]);
});

test('df says how full the file systems are, in blocks or for people; a heading of unknown blocks gives nothing', () => {
  const table = (heading: string, rows: string) => rounds(() => `Filesystem     ${heading} Mounted on\n${rows}`);
  const kib = hostIn(framesOf(table('1K-blocks    Used Available Use%', '/dev/vda1       1000000  600000    350000  64% /\ntmpfs            500000       0    500000   0% /run\n/dev/vdb1       2000000 1000000   1000000  50% /var/lib/my data\n')), 2);
  expect(kib.filesystems).toEqual([{ mount: '/', usedBytes: 614_400_000, availableBytes: 358_400_000 }, { mount: '/var/lib/my data', usedBytes: 1_024_000_000, availableBytes: 1_024_000_000 }]);
  const human = hostIn(framesOf(table('Size  Used Avail Use%', '/dev/vda1       10G  6.0G  3.5G  64% /\n')), 2);
  expect(human.disk).toEqual({ usedBytes: 6 * 2 ** 30, availableBytes: 3.5 * 2 ** 30, orphanBytes: null });
  const odd = importText(`==> /proc/loadavg <==\n0.1 0.1 0.1 1/1 1\n${table('banana-blocks Used Available Use%', '/dev/vda1 1 1 1 1% /\n')}`, 'host-capture', { where: 'x', atUs: 0 });
  expect(odd).toMatchObject({ ok: true, value: { counts: { kept: 3, dropped: { malformed: 12 } } } });
});

test('two groups that are called the same keep their paths, and the order of arrival does not show', () => {
  const line = (path: string) => `/sys/fs/cgroup/${path}/memory.current:5\n`;
  const names = (text: string) => hostIn(framesOf(text), 0).groups.map(({ group }) => group);
  expect(names(line('a/web') + line('b/web'))).toEqual(['a/web', 'b/web']);
  expect(names(line('b/web') + line('a/web'))).toEqual(['a/web', 'b/web']);
});
