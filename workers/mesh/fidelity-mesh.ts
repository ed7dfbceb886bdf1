/** Every recording of a folder against simulated runs of its own scenario. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareRuns, mergeMeasures, observe, observedRun, runLab, type LabScenario, type Measure, type ObservedRun } from '@/engine/twin';
import { BadInput } from '../cli/bad-input';
import { pathFromHere } from '../cli/files';
import { readRecording } from './read-recording';

/** `chance` holds the same measures for further runs of the twin itself, taken for recordings: what a perfect twin would reach. */
export type RecordingFidelity = { readonly recording: string; readonly measures: readonly Measure[]; readonly chance: readonly Measure[]; readonly wallSeconds: number };
export type MeshFidelity = { readonly runs: number; readonly recordings: readonly RecordingFidelity[]; readonly overall: readonly Measure[]; readonly chance: readonly Measure[] };

/** Further runs per recording, and how far their seeds lie from the others'. */
const FURTHER_RUNS = 2;
const FURTHER_SEEDS = 1_000_000;

export type FidelityOptions = { readonly runs: number; readonly seed: number; readonly only?: string; progress(line: string): void };

export async function meshFidelity(folder: string, { runs, seed, only, progress }: FidelityOptions): Promise<MeshFidelity> {
  const recordings: RecordingFidelity[] = [];
  for (const file of await recordingsIn(folder)) {
    if (only !== undefined && !file.includes(only)) continue;
    const began = performance.now();
    const { scenario, run: recorded } = await readRecording(join(folder, file));
    const twins = Array.from({ length: runs }, (_, i) => observedTwin(scenario, seed + i));
    const measures = compareRuns(scenario, recorded, twins);
    const chance = Array.from({ length: FURTHER_RUNS }, (_, i) => compareRuns(scenario, observedTwin(scenario, FURTHER_SEEDS + seed + i), twins));
    const wallSeconds = Math.round(performance.now() - began) / 1_000;
    recordings.push({ recording: file.replace(/\.jsonl(\.gz)?$/, ''), measures, chance: mergeMeasures(chance.flat()), wallSeconds });
    progress(`${file}: ${runs} runs in ${wallSeconds} s`);
  }
  return { runs, recordings, overall: mergeMeasures(recordings.flatMap((r) => r.measures)), chance: mergeMeasures(recordings.flatMap((r) => r.chance)) };
}

/** What the workbench shows of it: every measure with its bar, and what further runs of the twin itself reach. */
export const fidelitySummary = ({ runs, recordings, overall, chance }: MeshFidelity, now: Date) => ({
  measuredOn: now.toISOString().slice(0, 10),
  runs,
  recordings: recordings.length,
  measures: overall.map(({ name, unit, held, total, bar }) => {
    const itself = chance.find((measure) => measure.name === name);
    return { name, unit, held, total, bar, twinItself: itself === undefined || itself.total === 0 ? null : itself.held / itself.total };
  }),
});

function observedTwin(scenario: LabScenario, seed: number): ObservedRun {
  const run = observedRun(scenario.sampleEvery);
  runLab(scenario, seed, (record) => observe(run, record));
  return run;
}

async function recordingsIn(folder: string): Promise<string[]> {
  const names = await readdir(pathFromHere(folder)).catch(() => {
    throw new BadInput(`${folder} is not a folder that can be read.`);
  });
  const files = names.filter((name) => /\.jsonl(\.gz)?$/.test(name)).sort((x, y) => (x < y ? -1 : 1));
  if (files.length === 0) throw new BadInput(`${folder} holds no recordings (*.jsonl or *.jsonl.gz).`);
  return files;
}
