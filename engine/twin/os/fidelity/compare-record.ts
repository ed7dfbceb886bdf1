/**
 * A record against simulated runs of it: every compared number of its accepted repeats, with the textbook's prediction
 * of the same number. Several simulated runs count as one by their median.
 */
import { cpusOfList } from '../cpu/lab';
import { readTable, requestsOf, type InputTable } from '../lab/read-inputs';
import type { HostRecord, HostTwin, SideFiles } from '../lab';
import { entriesOf, fieldOf, listOf, numberOf, textOf } from './json-fields';
import { toleranceOf, type ComparedValue, type MeasuredValue } from './measured-value';
import { valuesOfCondition, valuesOfRun } from './run-values';
import { measuredChain } from './measured-chain';
import { predictChain } from './textbook/predict-chain';
import { predictCpu } from './textbook/predict-cpu';
import { predictDisk, predictMemory, predictStartUp } from './textbook/predict-others';
import { predictScaleOut } from './textbook/predict-scale-out';
import { predictService, type MeasuredLoad } from './textbook/predict-service';

type Recorded = { readonly rep: number; readonly values: readonly MeasuredValue[] };

export function compareRecord(record: HostRecord, recorded: unknown, twins: readonly HostTwin[], files: SideFiles): ComparedValue[] {
  const measured = record.experiment === 'G' ? conditionsOf(recorded) : repeatsOf(record.experiment, listOf(fieldOf(recorded, 'runs')).filter((run) => fieldOf(run, 'accepted') !== false));
  const simulated = twins.map((twin) => (record.experiment === 'G' ? conditionsOf(twin) : repeatsOf(record.experiment, twin.runs)));
  const spreads = spreadsOf(measured);
  const part = partOf(record);
  return measured.flatMap(({ rep, values }) => {
    const textbook = textbookOf(record, recorded, rep, files);
    return values.flatMap((value): ComparedValue[] => {
      const predictions = simulated.flatMap((repeats) => repeats.find((one) => one.rep === rep)?.values.find(({ key }) => key === value.key)?.value ?? []);
      const twin = predictions.length === 0 ? missing(value) : median(predictions);
      if (value.value === 0 && twin === 0 && value.kind !== 'oom') return [];
      const spread = value.kind === 'oom' ? 0 : (spreads.get(value.key) ?? 0);
      const tolerance = toleranceOf(value);
      const known = textbook.get(value.key);
      return [{ record: record.id, ...(part === undefined ? {} : { part }), rep, key: value.key, kind: value.kind, measured: value.value, twin, ...(known === undefined ? {} : { textbook: known }), spread, tolerance, within: Math.abs(twin - value.value) <= Math.max(spread, tolerance) }];
    });
  });
}

/** Shares on one CPU and on several, services without and with a quota. */
function partOf(record: HostRecord): string | undefined {
  if (record.experiment === 'D') return record.scenario.server.quotaUs === undefined ? 'without quota' : 'under quota';
  if (record.experiment !== 'A') return undefined;
  const cpus = (list: string | undefined) => (list === undefined ? record.host.cpus : cpusOfList(list).length);
  return record.scenario.groups.some((group) => cpus(group.cpus) > 1) ? 'several CPUs' : 'one CPU';
}

/** A number that the twin does not have at all is as wrong as none. */
const missing = ({ kind }: MeasuredValue) => (kind === 'kill-time' ? Infinity : 0);

function repeatsOf(experiment: string, runs: readonly unknown[]): Recorded[] {
  const repeats = new Map<number, MeasuredValue[]>();
  for (const run of runs) {
    const rep = numberOf(run, 'rep') ?? 0;
    repeats.set(rep, [...(repeats.get(rep) ?? []), ...valuesOfRun(experiment, run)]);
  }
  return [...repeats].map(([rep, values]) => ({ rep, values }));
}

const conditionsOf = (record: unknown): Recorded[] => [{ rep: 1, values: listOf(fieldOf(record, 'conditions')).flatMap(valuesOfCondition) }];

/** Largest less smallest over the accepted repeats. */
function spreadsOf(repeats: readonly Recorded[]): Map<string, number> {
  const ranges = new Map<string, [number, number]>();
  for (const { values } of repeats)
    for (const { key, value } of values) {
      const [low, high] = ranges.get(key) ?? [value, value];
      ranges.set(key, [Math.min(low, value), Math.max(high, value)]);
    }
  return new Map([...ranges].map(([key, [low, high]]) => [key, high - low]));
}

function textbookOf(record: HostRecord, recorded: unknown, rep: number, files: SideFiles): ReadonlyMap<string, number> {
  switch (record.experiment) {
    case 'A':
    case 'B':
      return predictCpu(record.scenario, record.host.cpus, rep, record.inputs.find((input) => input.rep === rep));
    case 'C':
      return predictMemory(record.scenario, firstUse(files.get(`${record.id}.r${rep}.csv`), record.scenario.groups[0]?.name ?? ''));
    case 'H':
      return predictDisk(record.scenario);
    case 'G':
      return predictStartUp(record.scenario, idleStart(recorded));
    case 'F':
      return predictChain(record.scenario, measuredChain(runOf(recorded, rep)));
    case 'E':
      return predictScaleOut(record.scenario, joinedReplica(runOf(recorded, rep)));
    case 'D': {
      const repeat = record.repeats.find((one) => one.rep === rep);
      return repeat === undefined ? new Map() : predictService(record.scenario, repeat, measuredLoads(record, recorded, rep, files));
    }
  }
}

const runOf = (recorded: unknown, rep: number) => listOf(fieldOf(recorded, 'runs')).find((run) => numberOf(run, 'rep') === rep);

function firstUse(series: string | undefined, group: string): number | undefined {
  if (series === undefined) return undefined;
  const table = readTable(series.split('\n', 2).join('\n'));
  const column = table.columns.get(`w.${group}:mem_usage`);
  const bytes = column === undefined ? undefined : table.rows[0]?.[column];
  return bytes === undefined || Number.isNaN(bytes) ? undefined : bytes / 1_048_576;
}

function idleStart(recorded: unknown): { readonly readyMs: number; readonly cpuMs: number } | undefined {
  const idle = listOf(fieldOf(recorded, 'conditions')).find((condition) => textOf(condition, 'name') === 'idle');
  const readyMs = numberOf(fieldOf(idle, 'summary'), 'readyMedianMs');
  const cpuMs = numberOf(fieldOf(idle, 'summary'), 'cpuMedianMs');
  return readyMs === undefined || cpuMs === undefined ? undefined : { readyMs, cpuMs };
}

function joinedReplica(run: unknown) {
  const [, mark] = entriesOf(fieldOf(run, 'marks'))[0] ?? [];
  const decidedS = numberOf(mark, 'decidedS');
  const firstAnswerS = numberOf(mark, 'firstAnswerS');
  const capacityRps = numberOf(run, 'oneReplicaCapacityRps');
  return decidedS === undefined || firstAnswerS === undefined || capacityRps === undefined ? undefined : { decidedS, firstAnswerS, capacityRps };
}

function measuredLoads(record: HostRecord & { readonly experiment: 'D' }, recorded: unknown, rep: number, files: SideFiles): (MeasuredLoad | undefined)[] {
  const text = files.get(`${record.id}.r${rep}.req.csv`);
  const table = text === undefined ? undefined : readTable(text);
  return record.scenario.loads.map((load) => {
    const run = listOf(fieldOf(recorded, 'runs')).find((one) => numberOf(one, 'rep') === rep && numberOf(one, 'load') === load);
    const meanMs = numberOf(run, 'meanMs');
    const answered = table === undefined ? undefined : answeredOf(table, load);
    return meanMs === undefined || answered === undefined ? undefined : { ...answered, meanMs };
  });
}

/** Requests of a load that were answered with 200, and their latencies. */
function answeredOf(table: InputTable, load: number): Omit<MeasuredLoad, 'meanMs'> | undefined {
  const latency = table.columns.get('lat_us');
  const code = table.columns.get('code');
  if (latency === undefined || code === undefined) return undefined;
  const rows = table.rows.filter((row) => row[code] === 200 && row[latency]! >= 0);
  const at = table.columns.get('at_us') ?? 0;
  const pct = table.columns.get('load_pct');
  const own = rows.filter((row) => pct === undefined || row[pct] === Math.round(load * 100)).sort((a, b) => a[at]! - b[at]!);
  const requests = requestsOf({ ...table, rows: own }, load);
  return requests === undefined ? undefined : { requests, latenciesMs: own.map((row) => row[latency]! / 1_000) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs of a record that were not accepted because something else ran on the machine. */
export const refusedRuns = (recorded: unknown) => listOf(fieldOf(recorded, 'runs')).filter((run) => fieldOf(run, 'accepted') === false).length;

/** Whether a file looks like a record at all. */
export const looksRecorded = (value: unknown) => entriesOf(value).some(([key]) => key === 'scenario') && typeof fieldOf(value, 'experiment') === 'string';
