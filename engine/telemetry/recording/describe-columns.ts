/** What a table of samples contains, for its manifest and for the “what I understood” page. */
import { familyOf, guessedKind, guessedUnit, signalNamed } from '../catalogue/catalogue';
import { parseLabels } from '../series/labels';
import type { TelemetryColumns } from './columns';
import type { RecordedSignal } from './manifest';

/** One entry per metric family, by name. `declared` (from `# TYPE` lines) speaks before convention, the catalogue before both. */
export function signalsIn(sampleNames: readonly string[], declared: ReadonlyMap<string, RecordedSignal> = new Map()): RecordedSignal[] {
  const names = new Set(sampleNames);
  const isHistogram = (family: string) => declared.get(family)?.kind === 'histogram' || names.has(`${family}_bucket`);
  const families = new Set(sampleNames.map((name) => familyOf(name, isHistogram)));
  const described = [...families].map((name): RecordedSignal => {
    const known = signalNamed(name) ?? declared.get(name);
    if (known !== undefined) return { name, kind: known.kind, unit: known.unit };
    return { name, kind: isHistogram(name) ? 'histogram' : guessedKind(name), unit: guessedUnit(name) };
  });
  return described.sort((x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : 0));
}

export function labelNamesIn(columns: TelemetryColumns): string[] {
  const names = new Set<string>();
  for (const text of columns.labels.dictionary) {
    const labels = parseLabels(text);
    if (labels.ok) for (const name of labels.value.keys()) names.add(name);
  }
  return [...names].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
}
