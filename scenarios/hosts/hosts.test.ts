import { expect, test } from 'vitest';
import { os } from '@/engine/twin';
import { hostQuestions } from '.';

const both = (id: string) => {
  const { host, firstChange, seconds = 60, changeAtSeconds = 15, sampleSeconds = 0.2 } = hostQuestions.find((each) => each.id === id)!;
  const options = { seed: 7, seconds, sampleSeconds, countFromSeconds: changeAtSeconds };
  const asItIs = os.playHost(host, { ...options, changes: [] });
  const changed = os.playHost(host, { ...options, changes: 'command' in firstChange ? [{ atSeconds: changeAtSeconds, command: firstChange.command }] : [{ atSeconds: changeAtSeconds, fault: firstChange.fault, on: true }] });
  return { asItIs, changed };
};

test('a month brings updates, reboots, drift and an expired certificate; renewing it in time keeps the clients', () => {
  const { asItIs, changed } = both('month');
  expect(new Set(asItIs.events.map(({ kind }) => kind))).toEqual(new Set(['ready', 'restart', 'renewed', 'updated', 'reboot', 'by-hand', 'expired']));
  expect(asItIs.programs[0]!.failed).toBeGreaterThan(1_000);
  expect(changed.programs[0]!.failed).toBeLessThan(20);
  expect(asItIs.findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['configuration-drift', 'certificate-expiring', 'disk-full', 'memory-leak']));
  expect(changed.refused).toEqual([]);
});

test.each(hostQuestions.filter(({ id }) => id !== 'month').map(({ id, host }) => [id, host] as const))('%s is a host that can be read, and its first change can be made', (id, host) => {
  expect(os.parseHost(JSON.parse(JSON.stringify(host)))).toMatchObject({ ok: true });
  expect(both(id).changed.refused).toEqual([]);
});

test('a quota above the mean use still throttles, and more of it takes that away', () => {
  const { asItIs, changed } = both('quota');
  expect(asItIs.programs[0]!.spent!.throttledMs).toBeGreaterThan(3);
  expect(changed.programs[0]!.latencyP99Ms!).toBeLessThan(asItIs.programs[0]!.latencyP99Ms! / 1.5);
});

test('the neighbour takes the time on the run queue, and weight gives it back', () => {
  const { asItIs, changed } = both('neighbour');
  expect(asItIs.programs[0]!.spent!.runQueueMs).toBeGreaterThan(2 * changed.programs[0]!.spent!.runQueueMs);
});

test('twice the limit delays a leak, it does not stop it', () => {
  const { asItIs, changed } = both('leak');
  const kills = (play: typeof asItIs) => play.events.filter(({ kind }) => kind === 'oom-kill').length;
  expect(kills(asItIs)).toBeGreaterThan(kills(changed));
  expect(kills(changed)).toBeGreaterThan(0);
});

test('a gateway that sleeps draws a third, and whoever wakes it waits for the resume', () => {
  const { asItIs, changed } = both('sleep');
  const watts = ({ samples }: typeof asItIs) => samples.slice(60).reduce((sum, sample) => sum + sample.watts!, 0) / (samples.length - 60);
  expect(watts(changed)).toBeLessThan(0.5 * watts(asItIs));
  expect(changed.programs[0]!.spent!.wakingMs).toBeGreaterThan(400);
  expect(changed.programs[0]!.latencyP99Ms!).toBeGreaterThan(900);
  expect(changed.programs[0]!.failed).toBe(0);
});

test('a backup takes the disk from the shop, and a limit on its reading gives it back for more time', () => {
  const { asItIs, changed } = both('backup');
  const doneAt = (play: typeof asItIs) => play.events.find(({ kind }) => kind === 'backed-up')!.atUs / 1e6;
  const slow = ({ samples }: typeof asItIs) => Math.max(...samples.filter(({ atUs }) => atUs > 62e6 && atUs < 70e6).map(({ programs }) => programs[0]!.latencyMeanMs ?? 0));
  expect(doneAt(changed)).toBeGreaterThan(doneAt(asItIs) + 20);
  expect(slow(changed)).toBeLessThan(0.8 * slow(asItIs));
});

test('a probe that waits behind the requests kills what is only slow, again and again; quota ends it', () => {
  const { asItIs, changed } = both('probe');
  const killed = ({ events }: typeof asItIs, after: number) => events.filter(({ kind, atUs }) => kind === 'exit' && atUs > after * 1e6);
  expect(killed(asItIs, 0).length).toBeGreaterThan(3);
  expect(killed(asItIs, 0)[0]!.detail).toContain('liveness probe');
  expect(asItIs.findings.map(({ kind }) => kind)).toContain('restart-loop');
  expect(killed(changed, 60)).toEqual([]);
  expect(changed.programs[0]!.served).toBeGreaterThan(1.4 * asItIs.programs[0]!.served);
});
