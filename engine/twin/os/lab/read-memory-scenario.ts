/** Reads experiment C: programs that grow, hold, read, write and free by a script under memory limits. */
import { has, member, note, optional, readChoice, readList, readNumber, readText, type SpecReader } from '../../spec-reader';
import type { MemoryLabEvent, MemoryLabGroup, MemoryProcessSpec, MemoryScenario, MemoryStep } from '../memory';
import { DURATION_S, given, readControlFiles, readRestart, SECONDS } from './lab-fields';

const MIB = { min: 0, max: 4_194_304 } as const;
const MIB_PER_S = { min: 0.001, max: 1_000_000 } as const;
const WARM_S = 1;
const SAMPLE_HZ = 5;

export function readMemoryScenario(at: SpecReader): MemoryScenario {
  const durationS = readNumber(member(at, 'durationS'), DURATION_S);
  return {
    durationS,
    warmS: optional(at, 'warmS', (warm) => readNumber(warm, { min: 0, max: durationS })) ?? Math.min(WARM_S, durationS),
    sampleHz: optional(at, 'sampleHz', (hz) => readNumber(hz, { min: 0.01, max: 1_000 })) ?? SAMPLE_HZ,
    dropCaches: has(at, 'dropCaches') && member(at, 'dropCaches').value !== false,
    files: readFiles(member(at, 'prepare')),
    groups: readList(member(at, 'groups'), readGroup, { min: 1, max: 200 }),
    events: readList(member(at, 'events'), readEvent),
  };
}

export const readFiles = (at: SpecReader) => readList(at, (file) => ({ file: readText(member(file, 'file'), 500), mb: readNumber(member(file, 'mb'), MIB) }));

const readGroup = (at: SpecReader): MemoryLabGroup => ({
  name: readText(member(at, 'name')),
  ...given('memLimitMb', optional(at, 'memLimitMb', (mb) => readNumber(mb, { min: 1, max: MIB.max }))),
  ...(has(at, 'oomDisable') && Boolean(member(at, 'oomDisable').value) ? { oomDisable: true } : {}),
  ...given('set', optional(at, 'set', (files) => readControlFiles(files, (value, file) => (file.startsWith('memory/') ? numberOf(value) : undefined)))),
  procs: readList(member(at, 'procs'), readProcess),
});

function readProcess(at: SpecReader): MemoryProcessSpec {
  if (has(at, 'kind') && member(at, 'kind').value !== 'mem') note(member(at, 'kind'), 'unknown-name', 'only programs of kind "mem" can be played in a memory experiment', 'write "mem"');
  return {
    ...given('label', optional(at, 'label', readText) ?? 'mem'),
    ...given('count', optional(at, 'count', (count) => readNumber(count, { min: 1, max: 200, integer: true }))),
    ...given('nice', optional(at, 'nice', (nice) => readNumber(nice, { min: -20, max: 19, integer: true }))),
    ...given('oomScoreAdj', optional(at, 'oomScoreAdj', (adj) => readNumber(adj, { min: -1_000, max: 1_000 }))),
    steps: readList(member(at, 'steps'), readStep),
    ...given('restart', optional(at, 'restart', readRestart)),
  };
}

function readStep(at: SpecReader): MemoryStep {
  const op = readChoice(member(at, 'op'), ['grow', 'hold', 'free', 'touch', 'read', 'write']);
  const mb = () => readNumber(member(at, 'mb'), MIB);
  const rate = given('mbPerS', optional(at, 'mbPerS', (perS) => readNumber(perS, MIB_PER_S)));
  switch (op) {
    case 'grow':
      return { op, mb: mb(), ...rate };
    case 'hold':
      return { op, s: readNumber(member(at, 's'), SECONDS) };
    case 'free':
      return { op, mb: mb() };
    case 'touch':
      return { op };
    case 'read':
      return { op, file: readText(member(at, 'file'), 500), ...rate, ...given('times', optional(at, 'times', (times) => readNumber(times, { min: 1, max: 100_000, integer: true }))) };
    case 'write':
      return { op, file: readText(member(at, 'file'), 500), mb: mb(), ...rate };
  }
}

function readEvent(at: SpecReader): MemoryLabEvent {
  const tS = readNumber(member(at, 'tS'), SECONDS);
  const action = readChoice(member(at, 'action'), ['set', 'kill', 'spawn']);
  if (action === 'kill') return { tS, action, label: readText(member(at, 'label')), ...given('signal', optional(at, 'signal', readText)) };
  const group = readText(member(at, 'group'));
  if (action === 'spawn') return { tS, action, group, proc: readProcess(member(at, 'proc')) };
  return { tS, action, group, file: readText(member(at, 'file')), value: numberOf(member(at, 'value')) };
}

/** Values of control files are numbers, as numbers or as text. */
const numberOf = (at: SpecReader) => readNumber(typeof at.value === 'string' && at.value.trim() !== '' ? { ...at, value: Number(at.value) } : at);
