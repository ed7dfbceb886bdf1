/** The numbers of one run that are compared. Recorded and simulated runs have the same keys and are read alike. */
import { entriesOf, fieldOf, listOf, numberOf, textOf } from './json-fields';
import type { MeasuredValue, ValueKind } from './measured-value';

export function valuesOfRun(experiment: string, run: unknown): MeasuredValue[] {
  switch (experiment) {
    case 'A':
    case 'B':
      return [...groupValues(run, CPU_KEYS), ...taskValues(run), ...itemValues(run)];
    case 'C':
      return [...groupValues(run, MEMORY_KEYS), ...killValues(run)];
    case 'H':
      return groupValues(run, DISK_KEYS);
    case 'D':
      return loadValues(run);
    case 'F':
      return chainValues(run);
    case 'E':
      return scaleOutValues(run);
    default:
      return [];
  }
}

type Keys = readonly (readonly [key: string, kind: ValueKind])[];
const CPU_KEYS: Keys = [['cpu', 'cpu'], ['nrThrottled', 'throttled'], ['throttledS', 'throttled']];
const MEMORY_KEYS: Keys = [['oomKills', 'oom'], ['memMaxMb', 'memory']];
const DISK_KEYS: Keys = [['readBps', 'throughput'], ['writeBps', 'throughput'], ['readIops', 'throughput'], ['writeIops', 'throughput']];
const ITEM_KEYS: Keys = [['meanMs', 'mean'], ['p50Ms', 'p50'], ['p95Ms', 'tail'], ['p99Ms', 'tail']];
const LOAD_KEYS: Keys = [['throughputRps', 'throughput'], ...ITEM_KEYS, ['nrThrottled', 'throttled'], ['throttledS', 'throttled']];

const pick = (of: unknown, name: string, keys: Keys): MeasuredValue[] => keys.flatMap(([key, kind]) => {
  const value = numberOf(of, key);
  return value === undefined ? [] : [{ key: `${name} ${key}`, kind, value }];
});

/** Disks that nobody used say nothing: zeros of both are left out by who compares. */
const groupValues = (run: unknown, keys: Keys) => entriesOf(fieldOf(run, 'groups')).flatMap(([name, group]) => pick(group, name, keys));
const taskValues = (run: unknown) => listOf(fieldOf(run, 'tasks')).flatMap((task) => pick(task, textOf(task, 'label'), [['cpu', 'cpu']]));
const itemValues = (run: unknown) => listOf(fieldOf(run, 'itemStats')).flatMap((items) => pick(items, textOf(items, 'label'), ITEM_KEYS));

/** When something was killed, in the order of the kills of one label. */
function killValues(run: unknown): MeasuredValue[] {
  const count = new Map<string, number>();
  return listOf(fieldOf(run, 'events')).flatMap((event) => {
    const atS = numberOf(event, 'tS');
    if (textOf(event, 'action') !== 'exit' || textOf(event, 'signal') !== 'SIGKILL' || atS === undefined || atS > endOf(run)) return [];
    const label = textOf(event, 'label');
    const nth = (count.get(label) ?? 0) + 1;
    count.set(label, nth);
    return [{ key: `${label} kill ${nth}`, kind: 'kill-time', value: atS }];
  });
}

/** After the window the laboratory ends what still runs. */
const endOf = (run: unknown) => {
  const end = listOf(fieldOf(run, 'window'))[1];
  return typeof end === 'number' ? end - 0.01 : Infinity;
};

function loadValues(run: unknown): MeasuredValue[] {
  const load = numberOf(run, 'load') ?? 0;
  return pick(run, `load ${load}`, LOAD_KEYS).map((value) => ({ ...value, load }));
}

/** Start-up conditions: the medians of their summary. */
export const valuesOfCondition = (condition: unknown): MeasuredValue[] => pick(fieldOf(condition, 'summary'), textOf(condition, 'name'), [['readyMedianMs', 'start-up'], ['mttrMedianMs', 'start-up']]);

/** Phases around a scale-out, and how long replicas and the backlog took from the decision on. Before it the first replica is saturated. */
function scaleOutValues(run: unknown): MeasuredValue[] {
  const phases = ['before', 'during', 'after'].flatMap((name) => pick(fieldOf(run, name), name, [['throughputRps', 'throughput'], ...ITEM_KEYS]).map((value) => (name === 'after' ? value : { ...value, load: 1 })));
  const marks = entriesOf(fieldOf(run, 'marks'));
  const decidedS = numberOf(marks[0]?.[1], 'decidedS');
  const starts = marks.flatMap(([name, mark]) => ['healthyS', 'firstAnswerS'].flatMap((key) => sinceDecided(`${name} ${key}`, numberOf(mark, key), numberOf(mark, 'decidedS'))));
  return [...phases, ...starts, ...sinceDecided('r2 drained', numberOf(run, 'drainedS'), decidedS)];
}

const sinceDecided = (key: string, atS: number | undefined, decidedS: number | undefined): MeasuredValue[] => (atS === undefined || decidedS === undefined ? [] : [{ key, kind: 'start-up', value: atS - decidedS }]);

const WINDOW_KEYS: Keys = [['ok', 'throughput'], ['mean', 'mean'], ['p50', 'p50'], ['p95', 'tail'], ['p99', 'tail'], ['cpu_frontend', 'cpu'], ['cpu_backend', 'cpu'], ['cpu_db', 'cpu'], ['cpu_hog', 'cpu']];

/** Windows of a chain, its exits and recoveries. */
function chainValues(run: unknown): MeasuredValue[] {
  const windows = listOf(fieldOf(run, 'windows')).flatMap((window) => pick(window, `${numberOf(window, 't') ?? 0} s`, WINDOW_KEYS));
  const count = new Map<string, number>();
  const events = listOf(fieldOf(run, 'events')).flatMap((event): MeasuredValue[] => {
    const name = `${textOf(event, 'service')} ${textOf(event, 'ev')}`;
    const atS = numberOf(event, 'tS');
    if (atS === undefined || textOf(event, 'ev') === 'start') return [];
    count.set(name, (count.get(name) ?? 0) + 1);
    return [{ key: `${name} ${count.get(name)}`, kind: 'kill-time', value: atS }];
  });
  return [...windows, ...events];
}
