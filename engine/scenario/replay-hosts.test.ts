/** Captures of hosts through the decision loop: the same findings, proposals and rehearsals as for a simulated host, and nothing sent. */
import { describe, expect, test } from 'vitest';
import { assembleRecording, importText, sniffText } from '@/engine/telemetry';
import { DEFAULT_POLICY, type Decision } from '@/engine/loop';
import { os } from '@/engine/twin';
import { advanceReplay, startReplay, type Replay } from './replay';

const START = 1_700_000_000;
const policy = { ...DEFAULT_POLICY, windowSeconds: 20, warmSeconds: 5, settleSeconds: 5, verifySeconds: 15, rehearsalSeeds: 2 };

function replayed(text: string): { readonly replay: Replay; readonly decisions: readonly Decision[] } {
  const table = importText(text, sniffText(text), { where: 'box.txt', atUs: START * 1e6 });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const recording = assembleRecording(table.value, { where: 'box.txt', format: 'a test', manifest: null });
  if (!recording.ok) throw new Error(JSON.stringify(recording.error));
  const replay = startReplay(recording.value, policy);
  const decisions: Decision[] = [];
  for (let decision = advanceReplay(replay); decision !== null; decision = advanceReplay(replay)) decisions.push(decision);
  return { replay, decisions };
}
const rounds = (round: (second: number) => string, count: number) => Array.from({ length: count }, (_, second) => `${START + second}\n${round(second)}`).join('');
const titles = (decisions: readonly Decision[]) => decisions.flatMap(({ chosen }) => chosen?.body.title ?? []);
const found = (decisions: readonly Decision[]) => new Set(decisions.flatMap(({ findings }) => findings.map(({ kind, subject }) => `${kind} ${subject}`)));

const HOST = (busyTicks: number, idleTicks: number) => `==> /etc/hostname <==\nbox\n==> /proc/stat <==\ncpu0 ${busyTicks} 0 0 ${idleTicks} 0 0 0 0 0 0\ncpu1 0 0 0 ${busyTicks + idleTicks} 0 0 0 0 0 0\n==> /proc/meminfo <==\nMemTotal: 1048576 kB\nMemFree: 400000 kB\nMemAvailable: 600000 kB\n`;
const group = (name: string, files: Readonly<Record<string, string>>) => Object.entries(files).map(([file, text]) => `==> /sys/fs/cgroup/${name}.service/${file} <==\n${text}\n`).join('');

describe('a recorded host', () => {
  test('out of quota is found, more quota is rehearsed with the old one as the way back, and nothing is sent', () => {
    const { replay, decisions } = replayed(rounds((second) => HOST(second * 42, second * 58) + group('shop', { 'cpu.stat': `usage_usec ${second * 398_000}\nnr_periods ${second * 10}\nnr_throttled ${second * 9}`, 'cpu.max': '40000 100000', 'memory.current': '90000000' }), 60));
    expect(found(decisions)).toContain('throttled box/shop');
    const plan = decisions.find(({ chosen }) => chosen !== null)!.chosen!;
    expect(plan.body.steps).toMatchObject([{ command: { kind: 'set-quota', host: 'box', group: 'shop', quotaMs: 80, periodMs: 100 }, inverse: { kind: 'set-quota', quotaMs: 40 }, precondition: { object: 'group/box/shop' } }]);
    expect(plan.body.evidence.rejected.map(({ title }) => title)).toContain('do nothing');
    expect(replay.state.executing).toBeNull();
    expect(replay.hostNotes.join(' ')).toContain('assumed');
  });

  test('scraped every fifteen seconds is found out of quota as well, and judged over as many seconds', () => {
    const slow = (round: (second: number) => string, count: number) => Array.from({ length: count }, (_, i) => `${START + 15 * i}\n${round(15 * i)}`).join('');
    const { decisions } = replayed(slow((second) => HOST(second * 42, second * 58) + group('shop', { 'cpu.stat': `usage_usec ${second * 398_000}\nnr_periods ${second * 10}\nnr_throttled ${second * 9}`, 'cpu.max': '40000 100000', 'memory.current': String(60_000_000 + second * 100_000), 'memory.max': '157286400', 'memory.stat': 'anon 1\nfile 0' }), 16));
    expect(found(decisions)).toContain('throttled box/shop');
    const plan = decisions.find(({ chosen }) => chosen !== null)!.chosen!;
    expect(plan.body).toMatchObject({ verifySeconds: 30, steps: [{ command: { kind: 'set-quota', group: 'shop', quotaMs: 80 } }] });
    const leak = decisions.at(-1)!.findings.find(({ kind }) => kind === 'memory-leak')!;
    expect(leak.dueSeconds!.expected).toBeGreaterThan(720); // 75 MB at 0.1 MB/s
    expect(leak.dueSeconds!.expected).toBeLessThan(780);
  });

  test('that leaks is told when the OOM killer comes, with a band, and a restart or more room is rehearsed', () => {
    const { replay, decisions } = replayed(rounds((second) => HOST(second * 10, second * 90) + group('worker', { 'cpu.stat': `usage_usec ${second * 50_000}`, 'memory.current': String(60_000_000 + second * 1_000_000), 'memory.max': '157286400', 'memory.stat': 'anon 1\nfile 0', 'pids.current': '3' }), 60));
    expect(found(decisions)).toContain('memory-leak box/worker');
    const [leak] = os.findInSamples('box', replay.frames.slice(0, 40).flatMap(({ hosts }) => hosts ?? [])).filter(({ kind }) => kind === 'memory-leak');
    expect(leak!.dueSeconds!.expected).toBeGreaterThan(56); // 157.3 − 99 MB at 1 MB/s
    expect(leak!.dueSeconds!.expected).toBeLessThan(61);
    expect(decisions.flatMap(({ candidates }) => candidates.map(({ rehearsal }) => rehearsal.proposal.title))).toEqual(expect.arrayContaining(['restart worker on box', 'memory limit of worker to 225 MiB on box']));
    expect(titles(decisions).length).toBeGreaterThan(0);
  });

  test('whose disk fills is told the date with a band; nobody knows whose files they are, so nothing is proposed', () => {
    const scrape = (second: number) => ['size', 'free', 'avail'].map((what) => `node_filesystem_${what}_bytes{instance="box",fstype="ext4",mountpoint="/"} ${what === 'size' ? 1e11 : (what === 'free' ? 1.2e10 : 1e10) - second * 1e6 * (1 + 0.2 * ((second * 7) % 5))} ${(START + second) * 1_000}`).join('\n');
    const { replay, decisions } = replayed(`${Array.from({ length: 60 }, (_, second) => scrape(second)).join('\n')}\n`);
    expect(found(decisions)).toContain('disk-full box');
    const due = os.findInSamples('box', replay.frames.flatMap(({ hosts }) => hosts ?? [])).find(({ kind }) => kind === 'disk-full')!.dueSeconds!;
    expect(due.earliest).toBeLessThan(due.expected);
    expect(due.latest).toBeGreaterThan(due.expected);
    expect(due.expected).toBeGreaterThan(4_000);
    expect(due.expected).toBeLessThan(12_000);
    expect(titles(decisions)).toEqual([]);
    expect(replay.hostNotes).toEqual(['The number of CPUs of box was not recorded: it is watched, and nothing can be rehearsed on it.']);
  });

  test('whose service waits while another group computes gets weight for it rehearsed; a throttled one is no victim of its neighbour', () => {
    const crowded = (throttled: number) => rounds((second) => HOST(second * 100, 0) + group('shop', { 'cpu.stat': `usage_usec ${second * 300_000}\nnr_periods ${second * 10}\nnr_throttled ${second * throttled}`, 'cpu.weight': '100', 'memory.current': '90000000', 'cpu.pressure': 'some avg10=81.00 avg60=80.00 avg300=80.00 total=1' }) + group('batch', { 'cpu.stat': `usage_usec ${second * 700_000}`, 'cpu.weight': '100', 'memory.current': '50000000' }), 40);
    const { decisions } = replayed(crowded(0));
    expect(found(decisions)).toContain('noisy-neighbour box/shop');
    expect(decisions.flatMap(({ candidates }) => candidates.map(({ rehearsal }) => rehearsal.proposal.title))).toContain('CPU weight of shop to 400 on box');
    expect([...found(replayed(crowded(9)).decisions)].filter((each) => each.startsWith('noisy'))).toEqual([]);
  });

  test('with nothing wrong calls for nothing', () => {
    const { decisions } = replayed(rounds((second) => HOST(second * 10, second * 90) + group('shop', { 'cpu.stat': `usage_usec ${second * 100_000}\nnr_periods ${second * 10}\nnr_throttled 0`, 'cpu.max': '40000 100000', 'memory.current': '90000000' }), 40));
    expect([...found(decisions)]).toEqual([]);
  });

  test('gives the same decisions when it is replayed again', () => {
    const text = rounds((second) => HOST(second * 42, second * 58) + group('shop', { 'cpu.stat': `usage_usec ${second * 398_000}\nnr_periods ${second * 10}\nnr_throttled ${second * 9}`, 'cpu.max': '40000 100000', 'memory.current': '90000000' }), 30);
    expect(replayed(text).replay.state.decisionsHash).toBe(replayed(text).replay.state.decisionsHash);
  });
});
