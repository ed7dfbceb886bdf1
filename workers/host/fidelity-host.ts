/** Every record of a folder, and of the folders in it, against simulated runs and the textbook. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { os } from '@/engine/twin';
import { BadInput } from '../cli/bad-input';
import { pathFromHere, readJson } from '../cli/files';
import { readHostRecord } from './read-record';

export type RecordFidelity = { readonly record: string; readonly experiment: string; readonly values: readonly os.ComparedValue[]; readonly refusedRuns: number; readonly wallSeconds: number };
export type SkippedFile = { readonly file: string; readonly why: string };
export type HostFidelity = { readonly runs: number; readonly records: readonly RecordFidelity[]; readonly experiments: readonly os.ExperimentFidelity[]; readonly skipped: readonly SkippedFile[] };
export type HostFidelityOptions = { readonly runs: number; readonly seed: number; readonly only?: string; progress(line: string): void };

const DEPTH_MAX = 4;

export async function hostFidelity(folder: string, { runs, seed, only, progress }: HostFidelityOptions): Promise<HostFidelity> {
  const records: RecordFidelity[] = [];
  const skipped: SkippedFile[] = [];
  for (const file of await jsonFilesIn(folder)) {
    if (only !== undefined && !file.includes(only)) continue;
    const began = performance.now();
    const read = await readHostRecord(join(folder, file)).catch((error: unknown) => {
      if (!(error instanceof BadInput)) throw error;
      skipped.push({ file, why: error.message });
    });
    if (read === undefined) continue;
    const twins = Array.from({ length: runs }, (_, i) => os.runHostRecord(read.record, seed + i));
    const values = os.compareRecord(read.record, read.document, twins, read.files);
    const wallSeconds = Math.round(performance.now() - began) / 1_000;
    records.push({ record: read.record.id, experiment: read.record.experiment, values, refusedRuns: os.refusedRuns(read.document), wallSeconds });
    progress(`${file}: ${values.length} values in ${wallSeconds} s`);
  }
  if (records.length === 0) throw new BadInput(`${folder} holds no host record that can be compared${skipped.length === 0 ? '' : `; ${skipped.length} files were skipped, the first because: ${skipped[0]!.why}`}.`);
  const names = [...new Set(records.map(({ experiment }) => experiment))].sort((a, b) => (a < b ? -1 : 1));
  return { runs, records, experiments: names.map((name) => os.summarizeFidelity(name, records.filter(({ experiment }) => experiment === name).flatMap(({ values }) => values))), skipped };
}

/** Paths below the folder of JSON files that look like records. */
async function jsonFilesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (below: string, depth: number): Promise<void> => {
    const entries = await readdir(join(pathFromHere(folder), below), { withFileTypes: true }).catch(() => {
      throw new BadInput(`${join(folder, below)} is not a folder that can be read.`);
    });
    for (const entry of entries) {
      const path = join(below, entry.name);
      if (entry.isDirectory() && depth < DEPTH_MAX) await walk(path, depth + 1);
      else if (/\.json(\.gz)?$/.test(entry.name) && os.looksRecorded(await readJson(join(folder, path)).catch(() => undefined))) found.push(path);
    }
  };
  await walk('', 0);
  return found.sort((x, y) => (x < y ? -1 : 1));
}

/** One line per experiment, as the workbench shows it. */
export const hostFidelitySummary = ({ experiments, records }: HostFidelity, runs: number, now: Date) => ({
  measuredOn: now.toISOString().slice(0, 10),
  runs,
  records: records.length,
  experiments: experiments.map(({ experiment, within, values, ratio }) => ({ experiment, within, values, ratio: Number.isFinite(ratio) ? Math.round(ratio * 100) / 100 : null })),
});
