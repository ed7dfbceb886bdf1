/** Damaged captures of a host through import and loop: no throw, every row accounted for, no number that is none, and equal input gives equal decisions. */
import { expect, test } from 'vitest';
import { nextBelow, randomStream, type Random } from '@/engine/kernel';
import { assembleRecording, droppedRows, importText, sniffText, type Frame } from '@/engine/telemetry';
import { DEFAULT_POLICY } from '@/engine/loop';
import { advanceReplay, startReplay } from './replay';

const START = 1_700_000_000;
const policy = { ...DEFAULT_POLICY, windowSeconds: 10, warmSeconds: 2, settleSeconds: 1, verifySeconds: 5, rehearsalSeeds: 2 };
const ROUND = (second: number) => `${START + second}
==> /etc/hostname <==
box
==> /proc/stat <==
cpu0 ${second * 42} 0 0 ${second * 58} 0 0 0 0 0 0
==> /proc/meminfo <==
MemTotal: 1048576 kB
MemFree: 400000 kB
MemAvailable: 600000 kB
==> /proc/pressure/memory <==
some avg10=1.50 avg60=0.80 avg300=0.20 total=${second * 1_000}
==> /sys/fs/cgroup/shop.service/cpu.stat <==
usage_usec ${second * 398_000}
nr_periods ${second * 10}
nr_throttled ${second * 9}
==> /sys/fs/cgroup/shop.service/cpu.max <==
40000 100000
==> /sys/fs/cgroup/shop.service/memory.current <==
${90_000_000 + second * 1_000_000}
==> /sys/fs/cgroup/shop.service/memory.max <==
134217728
==> /sys/fs/cgroup/shop.service/pids.current <==
3
`;
const GOOD = Array.from({ length: 30 }, (_, second) => ROUND(second)).join('');
const PIECES = ['-1', '99999999999999999999', 'max', 'NaN', '1e308', '', '\n', '0', '==> /proc/stat <==', `${START + 5}`, `${START + 90_000}`, '/', 'é', '\u0000'];

function damage(text: string, random: Random): string {
  let broken = text;
  for (let left = 1 + nextBelow(random, 12); left > 0; left -= 1) {
    const at = nextBelow(random, broken.length);
    const length = nextBelow(random, 3) === 0 ? nextBelow(random, 400) : nextBelow(random, 8);
    broken = broken.slice(0, at) + PIECES[nextBelow(random, PIECES.length)]! + broken.slice(at + length);
  }
  return broken;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function replay(text: string): { readonly hash: string; readonly frames: readonly Frame[]; readonly rows: number; readonly accounted: number } | null {
  const table = importText(text, sniffText(text), { where: 'box.txt', atUs: START * 1e6 });
  if (!table.ok) {
    expect(table.error.length).toBeGreaterThan(0);
    return null;
  }
  const { counts } = table.value;
  const recording = assembleRecording(table.value, { where: 'box.txt', format: 'a test', manifest: null });
  if (!recording.ok) return null;
  const running = startReplay(recording.value, policy);
  for (let turn = 0; turn < 6 && advanceReplay(running) !== null; turn += 1);
  return { hash: running.state.decisionsHash, frames: running.frames, rows: counts.rows, accounted: counts.kept + droppedRows(counts) };
}

test('damaged captures are imported or refused, counted and replayed', () => {
  const random = randomStream(7, 'damage');
  let survived = 0;
  let withHosts = 0;
  for (let i = 0; i < 120; i += 1) {
    const result = replay(damage(GOOD, random));
    if (result === null) continue;
    survived += 1;
    expect(result.accounted).toBe(result.rows);
    if (result.frames.some(({ hosts = [] }) => hosts.length > 0)) withHosts += 1;
    const odd = result.frames.flatMap(({ hosts = [] }) => numbersIn(hosts)).filter((value) => !Number.isFinite(value));
    expect(odd).toEqual([]);
  }
  expect(survived).toBeGreaterThan(60);
  expect(withHosts).toBeGreaterThan(50);
});

test('endless groups become a counted refusal, not endless samples', () => {
  const text = Array.from({ length: 700 }, (_, i) => `/sys/fs/cgroup/g${i}/memory.current:5\n`).join('');
  const table = importText(text, sniffText(text), { where: 'box.txt', atUs: START * 1e6 });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const recording = assembleRecording(table.value, { where: 'box.txt', format: 'a test', manifest: null });
  if (!recording.ok) throw new Error(JSON.stringify(recording.error));
  expect(recording.value.frames[0]!.hosts![0]!.groups).toHaveLength(500);
  expect(recording.value.warnings.map(({ what }) => what).join(' ')).toContain('200 series are kept but left out of the frames');
});
