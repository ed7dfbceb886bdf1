import { expect, test } from 'vitest';
import { importHostCapture } from '../host-capture';
import { labelsOfGroup } from './cgroup-name';

function imported(text: string) {
  const table = importHostCapture(text, { where: 'web-1.txt', atUs: 0 });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const { columns, counts } = table.value;
  return { counts, rows: Array.from({ length: columns.rows }, (_, i) => `${columns.signal.dictionary[columns.signal.keys[i]!]!} ${columns.value[i]!}`) };
}

test('version 1 counts what hangs below a group under total_, and its working set is made of that', () => {
  const { rows } = imported('==> /sys/fs/cgroup/memory/docker/memory.usage_in_bytes <==\n1000\n==> /sys/fs/cgroup/memory/docker/memory.stat <==\ncache 1\nrss 2\ninactive_file 3\nhierarchical_memory_limit 9\ntotal_cache 600\ntotal_rss 400\ntotal_inactive_file 250\n');
  expect(rows).toContain('container_memory_cache 600');
  expect(rows).toContain('container_memory_rss 400');
  expect(rows).toContain('container_memory_working_set_bytes 750');
  expect(rows).toContain('container_memory_stat_cache 1');
  expect(rows.filter((row) => row.startsWith('container_memory_cache'))).toHaveLength(1);
});

test('version 2 has one tree and one key for each', () => {
  const { rows, counts } = imported('==> /sys/fs/cgroup/a/memory.stat <==\nanon 5\nfile 7\ninactive_file 3\nworkingset_refault_file 1\n==> /sys/fs/cgroup/a/cpu.stat <==\nusage_usec 2000000\ncore_sched.force_idle_usec 0\nnr_periods 4\nnr_throttled 1\nthrottled_usec 500000\nnr_bursts 0\nburst_usec 0\n==> /sys/fs/cgroup/a/memory.events.local <==\noom_kill 1\n==> /sys/fs/cgroup/a/memory.oom.group <==\n1\n');
  expect(counts.kept).toBe(counts.rows);
  expect(rows).toEqual(expect.arrayContaining(['container_memory_rss 5', 'container_memory_cache 7', 'container_cpu_usage_seconds_total 2', 'container_cpu_cfs_throttled_seconds_total 0.5', 'container_cpu_stat_core_sched_force_idle_usec 0', 'container_memory_events_local_oom_kill 1', 'container_memory_oom_group 1']));
});

test('io.stat: a device without I/O may stand before the next one on the same line, or alone', () => {
  const { rows, counts } = imported('==> /sys/fs/cgroup/a/io.stat <==\n7:0 7:1 254:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n8:0\n8:16 rbytes=1 wbytes=2 rios=3 wios=4 cost.vrate=100.00\n');
  expect(rows.filter((row) => row.startsWith('container_fs_reads_bytes_total'))).toEqual(['container_fs_reads_bytes_total 4096', 'container_fs_reads_bytes_total 1']);
  expect(counts.dropped.malformed).toBe(0);
});

test('blkio of version 1: reads and writes by device, totals and repetitions left out', () => {
  const { rows, counts } = imported('==> /sys/fs/cgroup/blkio/a/blkio.throttle.io_service_bytes <==\n254:0 Read 4096\n254:0 Write 8192\n254:0 Sync 12288\n254:0 Async 0\n254:0 Discard 0\n254:0 Total 12288\nTotal 12288\n==> /sys/fs/cgroup/cpuacct/a/cpuacct.stat <==\nuser 250\nsystem 50\n');
  expect(rows).toEqual(['container_fs_reads_bytes_total 4096', 'container_fs_writes_bytes_total 8192', 'container_cpu_user_seconds_total 2.5', 'container_cpu_system_seconds_total 0.5']);
  expect(counts.dropped.malformed).toBe(0);
});

test('grep names files of groups whose names systemd escaped, and files whose lines begin with spaces', () => {
  const { rows, counts } = imported('/sys/fs/cgroup/system.slice/system-serial\\x2dgetty.slice/memory.current:42\n/sys/fs/cgroup/kubepods.slice/a.slice:cri-containerd:b/pids.current:3\n/sys/fs/cgroup/a/io.stat:8:0 rbytes=1 wbytes=2 rios=3 wios=4\n/proc/diskstats: 254       0 vda 10 1 200 30 40 2 800 50 1 60 70\n/proc/net/dev:    lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n');
  expect(counts.dropped.malformed).toBe(0);
  expect(rows).toEqual(expect.arrayContaining(['container_memory_usage_bytes 42', 'container_processes 3', 'container_fs_reads_bytes_total 1', 'node_disk_read_bytes_total 102400', 'node_network_receive_bytes_total 1']));
});

test('a container is called by the first twelve digits of its number, however its group is named', () => {
  const hash = '4a2b9c0d1e2f'.padEnd(64, '0');
  for (const group of [`/docker/${hash}`, `/system.slice/docker-${hash}.scope`, `/kubepods/burstable/podab/${hash}`, `/machine.slice/libpod-${hash}.scope`]) expect(labelsOfGroup(group)[1]).toEqual(['service', '4a2b9c0d1e2f']);
});

test('pressure without the name of its file is refused with how to capture it', () => {
  const table = importHostCapture('some avg10=1.50 avg60=0.80 avg300=0.20 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n', { where: 'x', atUs: 0 });
  expect(table).toMatchObject({ ok: false, error: [{ code: 'no-data' }, { next: 'The line does not say what was waited for, its file does: head -v -n -0 /proc/pressure/*' }, {}] });
});

test('pressure of a kernel without full for CPUs is read as it stands', () => {
  expect(imported('==> /proc/pressure/cpu <==\nsome avg10=1.50 avg60=0.80 avg300=0.20 total=1000000\n').rows).toContain('node_pressure_cpu_waiting_seconds_total 1');
});

test('files without names end where a line looks like one of another', () => {
  const { counts, rows } = imported('cpu  1 0 1 1 0 0 0 0 0 0\ncpu0 100 0 0 0 0 0 0 0 0 0\nctxt 5\nMemTotal:       8000 kB\nMemFree:        4000 kB\n');
  expect(counts.dropped.malformed).toBe(0);
  expect(rows).toContain('node_memory_MemTotal_bytes 8192000');
});

test('a number at the end of a text that was cut off does not count', () => {
  expect(imported('==> /sys/fs/cgroup/a/cpu.stat <==\nusage_usec 123456789\nnr_periods 12')).toMatchObject({ rows: ['container_cpu_usage_seconds_total 123.456789'], counts: { rows: 2, dropped: { malformed: 1 } } });
});
