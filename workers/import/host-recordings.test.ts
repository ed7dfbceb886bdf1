/** A laboratory record of a real host through the loop: what it finds, and whether the time of the OOM kill that it tells came true. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY, type Decision } from '@/engine/loop';
import { advanceReplay, startReplay } from '@/engine/scenario';
import { os } from '@/engine/twin';
import { importFiles } from './import-files';

const file = (name: string) => ({ name, bytes: new Uint8Array(readFileSync(new URL(`../../fixtures/host/${name}`, import.meta.url))) });
const imported = await importFiles([file('C05.r1.csv.gz'), file('C05.json')]);
if (!imported.ok) throw new Error(JSON.stringify(imported.error));
const { frames } = imported.value;
const samples = frames.flatMap(({ hosts }) => hosts ?? []);

test('every frame has the host with its size, its group and its limit as the kernel had them', () => {
  expect(samples).toHaveLength(frames.length);
  expect(samples[5]).toMatchObject({ host: 'C05', size: { cpus: 2, memoryBytes: 24_106 * 1_048_576 }, disk: null, upkeep: null });
  expect(samples[5]!.groups.find(({ group }) => group === 'g1')).toMatchObject({ memoryLimitBytes: 160 * 1_048_576, quotaMs: null });
});

test('the OOM kills are those that were recorded, and the first comes in the band that was told two seconds before', () => {
  const recorded: unknown = JSON.parse(new TextDecoder().decode(file('C05.json').bytes));
  expect(recorded).toMatchObject({ id: 'C05' });
  const kills = samples.map(({ programs }) => programs.find(({ program }) => program === 'g1')!.exits!);
  expect(kills.at(-1)).toBe(4);
  const first = kills.indexOf(1);
  const told = os.findInSamples('C05', samples.slice(0, first - 20)).find(({ kind }) => kind === 'memory-leak')!;
  const came = (samples[first]!.atUs - samples[first - 21]!.atUs) / 1e6;
  expect(Math.abs(told.dueSeconds!.expected - came)).toBeLessThan(0.3 + 0.03 * came);
});

test('the loop rehearses what would help, and chooses more room over doing nothing', () => {
  const replay = startReplay(imported.value, { ...DEFAULT_POLICY, rehearsalSeeds: 2 });
  const decisions: Decision[] = [];
  for (let decision = advanceReplay(replay); decision !== null; decision = advanceReplay(replay)) decisions.push(decision);
  expect(replay.alarms.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(expect.arrayContaining(['memory-leak C05/g1', 'restart-loop C05/g1']));
  expect(decisions.flatMap(({ chosen }) => chosen?.body.steps.map(({ command }) => command) ?? [])).toContainEqual({ kind: 'set-memory-limit', host: 'C05', group: 'g1', memoryLimitMib: 320 });
});
