/** Plays a record or scenario of the host laboratory and writes what the laboratory would have summarised. */
import { os } from '@/engine/twin';
import { BadInput } from '../cli/bad-input';
import { writeBytes } from '../cli/files';
import { readHostRecord } from './read-record';

/** `fast`: CPUs as a fluid, for records of shares and quotas (A, B). */
export type TwinHostOptions = { readonly seed: number; readonly runs: number; readonly fast?: boolean; progress(line: string): void };
export type TwinHostSummary = { readonly id: string; readonly experiment: string; readonly runs: number; readonly entries: number; readonly wallSeconds: number };

/** With several runs every entry carries its number in `run`. */
export async function writeHostTwin(argument: string, out: string, { seed, runs, fast = false, progress }: TwinHostOptions): Promise<TwinHostSummary> {
  const began = performance.now();
  const { record } = await readHostRecord(argument);
  const twins = Array.from({ length: runs }, (_, run) => {
    const twin = fast ? fastTwin(record, argument) : os.runHostRecord(record, seed + run);
    progress(`run ${run + 1} of ${runs}`);
    return runs === 1 ? twin : { ...twin, runs: numbered(twin.runs, run), ...(twin.conditions === undefined ? {} : { conditions: numbered(twin.conditions, run) }) };
  });
  const conditions = twins.flatMap((twin) => twin.conditions ?? []);
  const entries = twins.flatMap((twin) => twin.runs);
  await writeBytes(out, `${JSON.stringify({ id: record.id, experiment: record.experiment, seed, runs: entries, ...(conditions.length === 0 ? {} : { conditions }) }, undefined, 1)}\n`);
  return { id: record.id, experiment: record.experiment, runs, entries: entries.length + conditions.length, wallSeconds: Math.round(performance.now() - began) / 1_000 };
}

function fastTwin(record: os.HostRecord, argument: string): os.HostTwin {
  if (record.experiment !== 'A' && record.experiment !== 'B') throw new BadInput(`${argument}: --cpu fair plays shares and quotas (A, B), not experiment ${record.experiment}.`);
  const played = os.playFairRecord(record.scenario, record.host);
  return { id: record.id, runs: record.repeats.map(({ rep }) => ({ rep, ...played })) };
}

const numbered = (entries: readonly os.TwinRun[], run: number) => entries.map((entry) => ({ run, ...entry }));
