/** Every recording of a folder against simulated runs of its own scenario. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareRuns, mergeMeasures, observe, observedRun, runLab, type Measure } from '@/engine/twin';
import { BadInput } from '../cli/bad-input';
import { pathFromHere } from '../cli/files';
import { readRecording } from './read-recording';

export type RecordingFidelity = { readonly recording: string; readonly measures: readonly Measure[]; readonly wallSeconds: number };
export type MeshFidelity = { readonly runs: number; readonly recordings: readonly RecordingFidelity[]; readonly overall: readonly Measure[] };

export type FidelityOptions = { readonly runs: number; readonly seed: number; readonly only?: string; progress(line: string): void };

export async function meshFidelity(folder: string, { runs, seed, only, progress }: FidelityOptions): Promise<MeshFidelity> {
  const recordings: RecordingFidelity[] = [];
  for (const file of await recordingsIn(folder)) {
    if (only !== undefined && !file.includes(only)) continue;
    const began = performance.now();
    const { scenario, run: recorded } = await readRecording(join(folder, file));
    const twins = Array.from({ length: runs }, (_, i) => {
      const run = observedRun();
      runLab(scenario, seed + i, (record) => observe(run, record));
      return run;
    });
    const wallSeconds = Math.round(performance.now() - began) / 1_000;
    recordings.push({ recording: file.replace(/\.jsonl(\.gz)?$/, ''), measures: compareRuns(scenario, recorded, twins), wallSeconds });
    progress(`${file}: ${runs} runs in ${wallSeconds} s`);
  }
  return { runs, recordings, overall: mergeMeasures(recordings.flatMap((r) => r.measures)) };
}

async function recordingsIn(folder: string): Promise<string[]> {
  const names = await readdir(pathFromHere(folder)).catch(() => {
    throw new BadInput(`${folder} is not a folder that can be read.`);
  });
  const files = names.filter((name) => /\.jsonl(\.gz)?$/.test(name)).sort((x, y) => (x < y ? -1 : 1));
  if (files.length === 0) throw new BadInput(`${folder} holds no recordings (*.jsonl or *.jsonl.gz).`);
  return files;
}
