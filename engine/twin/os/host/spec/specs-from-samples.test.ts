import { expect, test } from 'vitest';
import { assembleRecording, importText, type Frame } from '@/engine/telemetry';
import { specsFromSamples } from './specs-from-samples';

const MIB = 1_048_576;

function recorded(group: string, cpus = 2): readonly Frame[] {
  const round = (second: number) => `${1_700_000_000 + second}\n==> /etc/hostname <==\nbox\n==> /proc/stat <==\n${Array.from({ length: cpus }, (_, cpu) => `cpu${cpu} ${second * 20} 0 0 0 0 0 0 0\n`).join('')}==> /proc/meminfo <==\nMemTotal: 1048576 kB\n==> /sys/fs/cgroup/db.service/memory.current <==\n${50 * MIB}\n==> /sys/fs/cgroup/db.service/cpu.stat <==\nusage_usec ${second * 200_000}\n${group}`;
  const table = importText(Array.from({ length: 6 }, (_, second) => round(second)).join(''), 'host-capture', { where: 'box.txt', atUs: 0 });
  const recording = table.ok ? assembleRecording(table.value, { where: 'box.txt', format: 'a test', manifest: null }) : table;
  if (!recording.ok) throw new Error(JSON.stringify(recording.error));
  return recording.value.frames;
}
const file = (name: string, value: string) => `==> /sys/fs/cgroup/db.service/${name} <==\n${value}\n`;

test('limits that were recorded are those of the spec: quota, memory.max, memory.high, allowed CPUs', () => {
  const { hosts, notes } = specsFromSamples(recorded(file('cpu.max', '50000 100000') + file('memory.max', String(100 * MIB)) + file('memory.high', String(80 * MIB)) + file('cpuset.cpus.effective', '1')));
  expect(hosts).toMatchObject([{ name: 'box', cpus: 2, memoryMib: 1_024, groups: [{ name: 'db', quotaMs: 50, periodMs: 100, memoryLimitMib: 100, memoryHighMib: 80, cpus: [1] }], programs: [{ name: 'db', group: 'db', load: { kind: 'background' } }] }]);
  expect(notes).toHaveLength(1);
});

test('a group that may use all CPUs, or some that this recording does not know, is not pinned', () => {
  for (const list of ['0-1', '5']) expect(specsFromSamples(recorded(file('cpuset.cpus.effective', list))).hosts[0]!.groups[0]!.cpus).toBeUndefined();
});
