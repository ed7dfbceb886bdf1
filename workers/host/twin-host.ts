/** Plays a record or scenario of the host laboratory and writes what the laboratory would have summarised. */
import { os } from '@/engine/twin';
import { writeBytes } from '../cli/files';
import { readHostRecord } from './read-record';

export type TwinHostOptions = { readonly seed: number; readonly runs: number; progress(line: string): void };
export type TwinHostSummary = { readonly id: string; readonly experiment: string; readonly runs: number; readonly entries: number; readonly wallSeconds: number };

/** With several runs every entry carries its number in `run`. */
export async function writeHostTwin(argument: string, out: string, { seed, runs, progress }: TwinHostOptions): Promise<TwinHostSummary> {
  const began = performance.now();
  const { record } = await readHostRecord(argument);
  const twins = Array.from({ length: runs }, (_, run) => {
    const twin = os.runHostRecord(record, seed + run);
    progress(`run ${run + 1} of ${runs}`);
    return runs === 1 ? twin : { ...twin, runs: numbered(twin.runs, run), ...(twin.conditions === undefined ? {} : { conditions: numbered(twin.conditions, run) }) };
  });
  const conditions = twins.flatMap((twin) => twin.conditions ?? []);
  const entries = twins.flatMap((twin) => twin.runs);
  await writeBytes(out, `${JSON.stringify({ id: record.id, experiment: record.experiment, seed, runs: entries, ...(conditions.length === 0 ? {} : { conditions }) }, undefined, 1)}\n`);
  return { id: record.id, experiment: record.experiment, runs, entries: entries.length + conditions.length, wallSeconds: Math.round(performance.now() - began) / 1_000 };
}

const numbered = (entries: readonly os.TwinRun[], run: number) => entries.map((entry) => ({ run, ...entry }));
