/**
 * The signal catalogue: what Orrery knows about a metric from its name. What is not here is kept all the
 * same and shown as unknown; only its kind is guessed, and only from what the name promises.
 */
import { HOST_SIGNALS } from './host-signals';
import { MESH_SIGNALS } from './mesh-signals';
import { SERVICE_SIGNALS } from './service-signals';
import type { Signal, SignalKind } from './signal';

export const SIGNALS: readonly Signal[] = [...SERVICE_SIGNALS, ...HOST_SIGNALS, ...MESH_SIGNALS];

const byName: ReadonlyMap<string, Signal> = new Map(SIGNALS.map((signal) => [signal.name, signal]));

/** By family name: histograms without their `_bucket`, `_sum`, `_count`. */
export const signalNamed = (name: string): Signal | undefined => byName.get(name);

const HISTOGRAM_SAMPLE = /_(bucket|sum|count)$/;

/**
 * The metric family that a sample name belongs to. `isHistogram` says which unknown names are histograms
 * (a text with `# TYPE` knows, a table knows from its `_bucket` samples).
 */
export function familyOf(sampleName: string, isHistogram: (family: string) => boolean = () => false): string {
  if (!HISTOGRAM_SAMPLE.test(sampleName)) return sampleName;
  const base = sampleName.replace(HISTOGRAM_SAMPLE, '');
  return byName.get(base)?.kind === 'histogram' || isHistogram(base) ? base : sampleName;
}

/** Kind of a family that no catalogue and no `# TYPE` names: by convention only counters end in `_total`. */
export const guessedKind = (family: string): SignalKind => (family.endsWith('_total') ? 'counter' : 'untyped');

const UNITS = ['seconds', 'bytes', 'cores', 'millicores', 'ratio', 'celsius', 'volts', 'joules', 'watts', 'meters', 'grams'];

/** Unit by the naming convention (`…_seconds`, `…_bytes_total`); '' when the name promises none. */
export function guessedUnit(family: string): string {
  const words = family.replace(/_total$/, '').split('_');
  const last = words[words.length - 1] ?? '';
  return UNITS.includes(last) ? last : '';
}
