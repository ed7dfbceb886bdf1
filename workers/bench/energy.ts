/**
 * The published energy experiment (OpenDC, SURF week): tasks and their CPU fragments from a folder, equal
 * hosts with one power model, perhaps a grid carbon trace. Files: `tasks.parquet` and `fragments.parquet`.
 */
import { access } from 'node:fs/promises';
import { runHosts, type EnergyRun, type IntensitySeries, type Machine, type TaskTrace } from '@/engine/cost';
import { BadInput } from '@/workers/cli/bad-input';
import { pathFromHere } from '@/workers/cli/files';
import { readColumns } from './parquet-columns';

/** A host of the experiment: 16 cores at 2.1 GHz, in MHz. */
export const HOST_CAPACITY_MHZ = 16 * 2_100;

export type EnergyBenchOptions = { readonly hosts: number; readonly machine: Machine; readonly carbonFile?: string | undefined };

export async function benchEnergy(folder: string, { hosts, machine, carbonFile }: EnergyBenchOptions): Promise<EnergyRun> {
  const trace = await readTrace(await traceFolder(folder));
  const intensity = carbonFile === undefined ? null : await readIntensity(carbonFile);
  return runHosts(trace, { count: hosts, capacity: HOST_CAPACITY_MHZ, machine }, intensity);
}

/** The folder itself, or the workload folder in it. */
async function traceFolder(folder: string): Promise<string> {
  for (const candidate of [folder, `${folder}/surf_week`]) {
    const found = await access(pathFromHere(`${candidate}/tasks.parquet`)).then(() => true, () => false);
    if (found) return candidate;
  }
  throw new BadInput(`${folder} has no tasks.parquet, and no folder surf_week with one.`);
}

async function readTrace(folder: string): Promise<TaskTrace> {
  const tasks = await readColumns(`${folder}/tasks.parquet`, ['id', 'submission_time']);
  const fragments = await readColumns(`${folder}/fragments.parquet`, ['id', 'duration', 'cpu_usage']);
  const order = [...tasks.id.keys()].sort((x, y) => tasks.submission_time[x]! - tasks.submission_time[y]! || tasks.id[x]! - tasks.id[y]!);
  const rowsOf = fragmentRows(fragments.id);
  const rows = order.map((task) => rowsOf.get(tasks.id[task]!) ?? []);
  const taken = rows.reduce((sum, list) => sum + list.length, 0);
  if (taken !== fragments.id.length) throw new BadInput(`${folder}/fragments.parquet: ${fragments.id.length - taken} of ${fragments.id.length} fragments belong to no task of tasks.parquet.`);
  const flat = rows.flat();
  let first = 0;
  return {
    submittedMs: Float64Array.from(order, (task) => tasks.submission_time[task]!),
    firstFragment: Int32Array.from(rows, ({ length }) => (first += length) - length),
    fragmentCount: Int32Array.from(rows, ({ length }) => length),
    durationMs: Float64Array.from(flat, (row) => fragments.duration[row]!),
    demand: Float64Array.from(flat, (row) => fragments.cpu_usage[row]!),
  };
}

function fragmentRows(ids: Float64Array): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  ids.forEach((id, row) => {
    const list = rows.get(id);
    if (list === undefined) rows.set(id, [row]);
    else list.push(row);
  });
  return rows;
}

async function readIntensity(path: string): Promise<IntensitySeries> {
  const { timestamp, carbon_intensity } = await readColumns(path, ['timestamp', 'carbon_intensity']);
  if (timestamp.length === 0) throw new BadInput(`${path} has no rows.`);
  if (timestamp.some((ms, i) => i > 0 && ms <= timestamp[i - 1]!)) throw new BadInput(`${path}: the timestamps do not rise.`);
  return { fromMs: timestamp, gramsPerKwh: carbon_intensity };
}
