/** Reads Prometheus text exposition lines into samples; what is not a sample line is counted, never guessed at. */
import { canonicalLabels, scanLabels } from '@/engine/telemetry';

export type ScrapedSample = { readonly name: string; readonly labels: string; readonly value: number };
export type Exposition = { readonly samples: readonly ScrapedSample[]; readonly malformed: number };

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const SPECIAL: Readonly<Record<string, number>> = { '+Inf': Infinity, '-Inf': -Infinity, NaN: NaN };

/** `extra` labels are added to every sample, e.g. the instance it came from. */
export function readExposition(text: string, extra: readonly (readonly [string, string])[] = []): Exposition {
  const samples: ScrapedSample[] = [];
  let malformed = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const sample = readSample(line, extra);
    if (sample === null) malformed += 1;
    else samples.push(sample);
  }
  return { samples, malformed };
}

function readSample(line: string, extra: readonly (readonly [string, string])[]): ScrapedSample | null {
  const name = NAME.exec(line)?.[0];
  if (name === undefined) return null;
  let at = name.length;
  let labels: Iterable<readonly [string, string]> = [];
  if (line[at] === '{') {
    const scanned = scanLabels(line, at + 1);
    if (!scanned.ok || line[scanned.value.end] !== '}') return null;
    labels = scanned.value.labels;
    at = scanned.value.end + 1;
  }
  const text = line.slice(at).trim().split(/\s+/)[0] ?? '';
  const value = SPECIAL[text] ?? (text === '' ? NaN : Number(text));
  if (Number.isNaN(value) && text !== 'NaN') return null;
  return { name, labels: canonicalLabels([...labels, ...extra]), value };
}
