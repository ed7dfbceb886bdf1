/** What the tools print, as they print it: systemd 252 and 255, procps 3 and 4, coreutils 9, Docker 1.8 to 27, Podman 4. */
import { describe, expect, test } from 'vitest';
import { droppedRows } from '../../../recording/import-issue';
import { sniffText } from '../../sniff-format';
import { importHostCapture } from '../host-capture';

const AT_US = 1_700_000_000_000_000;

function imported(text: string, where = 'web-1.txt') {
  const table = importHostCapture(text, { where, atUs: AT_US });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const { columns, counts, warnings } = table.value;
  const rows = Array.from({ length: columns.rows }, (_, i) => {
    const labels = columns.labels.dictionary[columns.labels.keys[i]!]!;
    return { at: (columns.atUs[i]! - AT_US) / 1e6, signal: columns.signal.dictionary[columns.signal.keys[i]!]!, labels, value: columns.value[i]! };
  });
  return { rows, dropped: droppedRows(counts), warnings, of: (signal: string, label = '') => rows.filter((row) => row.signal === signal && row.labels.includes(label)).map(({ at, value }) => [at, Number(value.toFixed(9))]) };
}

describe('systemd-cgtop', () => {
  const CGTOP = `/                                                   -      -     2.3G        -        -
/hostlab                                            -      -   173.4M        -        -
/hostlab/s/backend                                  -      -    21.1M        -        0B

/                                                   -    2.2     2.3G        -        -
/hostlab                                            -    1.5   170.3M        -   512B
/hostlab/s/backend                                  -    1.2    18.0M        -        -

/                                                 114    3.0     2.3G        -        -
/hostlab                                            2      -   170.3M        -        -
`;

  test('rounds end at empty lines: the first has no CPU, and no value slips into the round before', () => {
    expect(sniffText(CGTOP)).toBe('host-capture');
    const { of, dropped, warnings } = imported(CGTOP);
    expect(dropped).toBe(0);
    expect(of('container_cpu_usage_cores', 'id="/",')).toEqual([[1, 0.022], [2, 0.03]]);
    expect(of('container_cpu_usage_cores', 'backend')).toEqual([[1, 0.012]]);
    expect(of('container_memory_usage_bytes', 'id="/hostlab",')).toEqual([[0, 181_823_078], [1, 178_572_493], [2, 178_572_493]]);
    expect(of('container_fs_written_bytes_per_second')).toEqual([[0, 0], [1, 512]]);
    expect(warnings.map(({ what }) => what)).toEqual(['2 times values came again without a time: one second was taken for each']);
  });

  test('newer versions leave the first slash out and call their heading CGroup', () => {
    const { of, dropped } = imported('CGroup                          Tasks   %CPU   Memory  Input/s Output/s\n/                                 535   12.5     3.4G        -        -\nsystem.slice                       80    8.0     1.2G        -        -\nsystem.slice/nginx.service          3    6.5    28.9M     1.5K        0B\ndocker                              4    1.0     9.0M        -        -\n');
    expect(dropped).toBe(0);
    expect(of('container_cpu_usage_cores', 'id="/system.slice/nginx.service"')).toEqual([[0, 0.065]]);
    expect(of('container_memory_usage_bytes', 'id="/docker"')).toEqual([[0, 9_437_184]]);
    expect(sniffText('system.slice/nginx.service          3    6.5    28.9M     1.5K        0B\n')).toBe('host-capture');
  });

  test('CPU as time is refused with what to print instead, also a time of 0', () => {
    const { warnings, of, dropped } = imported('1700000000\n/                                                   - 17h 20min 40.135s     4.4G        -        -\n/hostlab          -      54min 5s   108.0M        -        -\n/idle                 2        0    92.0K        -        -\n/a.slice              3      1.0    28.9M        -        -\n');
    expect([dropped, of('container_cpu_usage_cores')]).toEqual([3, [[0, 0.01]]]);
    for (const { next } of warnings) expect(next).toContain('--cpu=percentage');
  });

  test('it may stand after files that have names', () => {
    const { of, dropped } = imported('1700000000\n==> /proc/loadavg <==\n0.1 0.2 0.3 1/1 1\n/a.service          3   50.0   28.9M        -        -\n');
    expect([dropped, of('container_cpu_usage_cores')]).toEqual([0, [[0, 0.5]]]);
  });
});

describe('vmstat', () => {
  const HEADINGS = 'procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----\n r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st\n';
  const FIRST = ' 4  0      0 21001784  45356 3327784    0    0   293   754  681 2676 61  3 36  0  0\n';
  const row = (running: number) => ` ${running}  0      0 21001784  45356 3327784    0    0  3568    72  737 1532 12  2 85  1  0\n`;

  test('the first row is since boot: its rates are left out, its levels are not', () => {
    expect(sniffText(HEADINGS + FIRST)).toBe('host-capture');
    const { of, dropped } = imported(HEADINGS + FIRST + row(1) + row(2));
    expect(dropped).toBe(0);
    expect(of('node_procs_running')).toEqual([[0, 4], [1, 1], [2, 2]]);
    expect(of('node_memory_MemFree_bytes')[0]).toEqual([0, 21_001_784 * 1_024]);
    expect(of('node_disk_read_bytes_per_second')).toEqual([[1, 3_568 * 1_024], [2, 3_568 * 1_024]]);
    expect(of('node_cpu_percent', 'idle')).toEqual([[1, 85], [2, 85]]);
  });

  test('headings that come again after 21 rows begin no new run, others do', () => {
    const run = HEADINGS + FIRST + row(1).repeat(20);
    expect(imported(run + HEADINGS + row(1).repeat(2)).of('node_context_switches_per_second')).toHaveLength(22);
    expect(imported(HEADINGS + FIRST + row(1) + HEADINGS + FIRST + row(1)).of('node_context_switches_per_second')).toHaveLength(2);
  });

  test('-t dates each row, -w and version 4 have their own columns', () => {
    const wide = '--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- ----------cpu---------- -----timestamp-----\n   r    b         swpd         free         buff        cache   si   so    bi    bo   in   cs  us  sy  id  wa  st  gu                 UTC\n';
    const at = (time: string) => `   1    0            0     20999936        45364      3329128    0    0     0     0  536  579   0   0  99   0   0   1 2023-11-14 ${time}\n`;
    const { of, dropped, warnings } = imported(wide + at('22:13:20') + at('22:13:25') + at('22:13:30'));
    expect([dropped, warnings]).toEqual([0, []]);
    expect(of('node_procs_running')).toEqual([[0, 1], [5, 1], [10, 1]]);
    expect(of('node_cpu_percent', 'guest')).toEqual([[5, 1], [10, 1]]);
    expect(imported((wide + at('22:13:20') + at('22:13:25')).replace('UTC', 'CET')).warnings.map(({ what }) => what)).toEqual(['times are in CET, which does not say how far from UTC: they were read as UTC']);
  });

  test('-a has inactive and active memory; a row that was cut is dropped with what to keep', () => {
    const { of, warnings, dropped } = imported(`${HEADINGS.replace(' buff  cache', 'inact active')}${FIRST} 1  0      0 21001784\n`);
    expect(of('node_memory_Active_bytes')).toEqual([[0, 3_327_784 * 1_024]]);
    expect([dropped, warnings[0]!.next]).toEqual([1, 'Keep both lines of headings; of the tables of vmstat only this one is read (not -s, -m, -d).']);
  });
});

describe('df', () => {
  const figures = (text: string, mount = 'mountpoint="/"') => ['size', 'free', 'avail'].map((part) => imported(text).of(`node_filesystem_${part}_bytes`, mount)[0]?.[1]);

  test('types, block sizes and suffixes are those of the heading', () => {
    const bytes = [264_212_084, 264_212_084 - 29_536_236, 65_965_028].map((kib) => kib * 1_024);
    expect(figures('Filesystem 1K-blocks     Used Available Use% Mounted on\n/dev/vda   264212084 29536236  65965028  31% /\n')).toEqual(bytes);
    expect(figures('Filesystem Type 1024-blocks     Used Available Capacity Mounted on\n/dev/vda ext4 264212084 29536236  65965028  31% /\n')).toEqual(bytes);
    expect(figures('Filesystem 1B-blocks        Used   Available Use% Mounted on\n/dev/vda 270553174016 30245105664 67548188672  31% /\n')).toEqual(bytes);
    expect(figures('Filesystem 1M-blocks  Used Available Use% Mounted on\n/dev/vda 258020M 28844M 64419M 31% /\n')).toEqual([258_020, 229_176, 64_419].map((mib) => mib * 1_048_576));
    expect(figures('Filesystem 1G-blocks  Used Available Use% Mounted on\n/dev/vda 252G 29G 63G 31% /\n')[0]).toBe(252 * 2 ** 30);
    expect(figures('Filesystem 1kB-blocks  Used Available Use% Mounted on\n/dev/vda 1000 400 500 45% /\n')).toEqual([1e6, 6e5, 5e5]);
  });

  test('a column of types tells what is no disk; -i counts inodes; an automounter has no numbers', () => {
    const { of, dropped } = imported('Filesystem Type 1K-blocks Used Available Use% Mounted on\ntmpfs2 tmpfs 10 1 9 10% /run\nsystemd-1 autofs - - - - /misc\nFilesystem      Inodes   IUsed    IFree IUse% Mounted on\n/dev/vda      16777216 1000102 15777114    6% /\nfat0 0 0 0 - /boot/efi\n');
    expect(dropped).toBe(0);
    expect(of('node_filesystem_size_bytes', 'fstype="tmpfs"')).toHaveLength(1);
    expect([of('node_filesystem_files', '"/"'), of('node_filesystem_files_free', '"/"')]).toEqual([[[0, 16_777_216]], [[0, 15_777_114]]]);
  });
});

describe('docker and podman stats', () => {
  const cores = (text: string, label = '') => imported(text).of('container_cpu_usage_cores', label);

  test('a format of one’s own is read by its heading', () => {
    const { of, dropped } = imported('NAME                CPU %     MEM USAGE / LIMIT\nawesome_brattain    0.28%     5.629MiB / 1.952GiB\nold_box             --        -- / --\n');
    expect([dropped, of('container_cpu_usage_cores')]).toEqual([0, [[0, 0.0028]]]);
    expect(of('container_spec_memory_limit_bytes')).toEqual([[0, Math.round(1.952 * 2 ** 30)]]);
  });

  test('the first versions print spaces in sizes and no names', () => {
    const { of, dropped } = imported('CONTAINER           CPU %               MEM USAGE / LIMIT     MEM %               NET I/O             BLOCK I/O           PIDS\n1285939c1fd3        0.07%               796 KiB / 64 MiB      1.21%               788 B / 648 B       3.568 MB / 512 KB   2\n');
    expect([dropped, of('container_memory_usage_bytes', 'service="1285939c1fd3"'), of('container_fs_reads_bytes_total')]).toEqual([0, [[0, 815_104]], [[0, 3_568_000]]]);
  });

  test('a screen that is drawn anew is a round, whatever the terminal is told', () => {
    const screen = (percent: string) => `\u001b[2J\u001b[HCONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT     MEM %     NET I/O           BLOCK I/O         PIDS\n4a2b9c0d1e2f   web       ${percent}     12.5MiB / 1GiB        1.22%     1.5kB / 648B      0B / 4.1MB        5\u001b[K\n`;
    const text = screen('--') + screen('50.00%') + screen('75.00%');
    expect(sniffText(text)).toBe('host-capture');
    expect(cores(text)).toEqual([[1, 0.5], [2, 0.75]]);
  });

  test('a stopped container has 0B / 0B: no limit, nothing used', () => {
    const { of, dropped } = imported('CONTAINER ID   NAME   CPU %   MEM USAGE / LIMIT   MEM %   NET I/O   BLOCK I/O   PIDS\n4a2b9c0d1e2f   web    0.00%   0B / 0B             0.00%   0B / 0B   0B / 0B     0\n');
    expect([dropped, of('container_memory_usage_bytes'), of('container_processes')]).toEqual([0, [[0, 0]], [[0, 0]]]);
  });

  test('podman prints a list of objects over many lines, and a table with two columns more', () => {
    const json = '[\n {\n  "id": "b3f252dc5d55",\n  "name": "web",\n  "cpu_time": "21.1ms",\n  "cpu_percent": "12.50%",\n  "avg_cpu": "1.00%",\n  "mem_usage": "1.2MB / 8.2GB",\n  "mem_percent": "0.01%",\n  "net_io": "430B / 0B",\n  "block_io": "-- / --",\n  "pids": "1"\n },\n {\n  "id": "c4f252dc5d55",\n  "name": "db",\n  "cpu_percent": "25.00%",\n  "pids": "2"\n }\n]';
    expect(sniffText(json)).toBe('host-capture');
    expect([imported(json).dropped, cores(json, '"web"'), cores(json, '"db"'), imported(json).of('container_memory_usage_bytes')]).toEqual([0, [[0, 0.125]], [[0, 0.25]], [[0, 1_200_000]]]);
    const table = 'ID            NAME        CPU %       MEM USAGE / LIMIT  MEM %       NET IO      BLOCK IO    PIDS        CPU TIME    AVG CPU %\nb3f252dc5d55  web         12.50%      1.2MB / 8.2GB      0.01%       430B / 0B   -- / --     1           21.1ms      1.00%\n';
    expect([imported(table).dropped, cores(table)]).toEqual([0, [[0, 0.125]]]);
    expect(cores('[{"id":"a","name":"x","cpu_percent":"5.00%"}]\n')).toEqual([[0, 0.05]]);
  });

  test('a row that was cut, and an object that was, are dropped with what to keep', () => {
    const heading = 'CONTAINER ID   NAME   CPU %   MEM USAGE / LIMIT   MEM %   NET I/O   BLOCK I/O   PIDS\n';
    const { dropped, warnings } = imported(`1700000000\n==> /proc/loadavg <==\n0.1 0.2 0.3 1/1 1\n${heading}4a2b9c0d1e2f   web    0.0\n`);
    expect([dropped, warnings[0]!.next]).toEqual([1, 'Keep the heading of the table and its columns whole, or print docker stats --format json.']);
    expect(importHostCapture('[\n {\n  "cpu_percent": "25.00%",\n  "name": "d', { where: 'x', atUs: 0 })).toMatchObject({ ok: false, error: [{ code: 'no-data' }, { code: 'truncated' }] });
  });
});
