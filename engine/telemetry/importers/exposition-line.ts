/**
 * One sample line of the Prometheus and OpenMetrics text formats:
 * `name{label="value",…} value [timestamp] [# {exemplar labels} value [timestamp]]`.
 */
import { err, ok, type Result } from '@/engine/kernel';
import type { DropReason } from '../recording/import-issue';
import { canonicalLabels, scanLabels } from '../series/labels';
import { parseNumberText, valueFault } from './number-text';

/** `timestamp` is in the unit of the format; null when the line has none. */
export type ExpositionSample = { readonly name: string; readonly labelsText: string; readonly value: number; readonly timestamp: number | null };
export type LineFault = { readonly reason: DropReason; readonly what: string };

export const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Labels that Prometheus would add to every sample of a target (`job`, `instance`); a label of the text's own wins. */
export type TargetLabels = readonly (readonly [string, string])[];

/** Label texts repeat from scrape to scrape: reading each once makes long files several times faster. */
export type LabelReader = { readonly target: TargetLabels; readonly bare: string; readonly known: Map<string, string> };
export const labelReader = (target: TargetLabels = []): LabelReader => ({ target, bare: canonicalLabels(target), known: new Map() });
const CACHED_LABELS_MAX = 50_000;

export function parseExpositionLine(line: string, reader: LabelReader): Result<ExpositionSample, LineFault> {
  const brace = line.indexOf('{');
  const space = firstSpace(line);
  const hasLabels = brace >= 0 && brace <= skipSpaces(line, space);
  const name = line.slice(0, hasLabels ? Math.min(brace, space) : space);
  if (!METRIC_NAME.test(name)) return err({ reason: 'malformed', what: `“${name.slice(0, 40)}” is not a metric name` });
  if (!hasLabels) return withValue(name, reader.bare, line.slice(space));
  const labels = readLabels(line, brace + 1, reader);
  return labels.ok ? withValue(name, labels.value.text, line.slice(labels.value.end)) : labels;
}

function readLabels(line: string, start: number, { target, known: cache }: LabelReader): Result<{ text: string; end: number }, LineFault> {
  // A closing brace right before the value ends the labels, unless it stands inside a label value: then the scan below disagrees and is not cached.
  const guess = line.indexOf('} ', start);
  const raw = guess < 0 ? '' : line.slice(start, guess);
  const known = cache.get(raw);
  if (known !== undefined && guess >= 0) return ok({ text: known, end: guess + 1 });
  const scanned = scanLabels(line, start);
  if (!scanned.ok) return err({ reason: 'bad-labels', what: scanned.error });
  if (line[scanned.value.end] !== '}') return err({ reason: 'bad-labels', what: 'labels are not closed with }' });
  const text = canonicalLabels(target.length === 0 ? scanned.value.labels : new Map([...target, ...scanned.value.labels]));
  if (scanned.value.end === guess && cache.size < CACHED_LABELS_MAX) cache.set(raw, text);
  return ok({ text, end: scanned.value.end + 1 });
}

function withValue(name: string, labelsText: string, rest: string): Result<ExpositionSample, LineFault> {
  const exemplar = rest.indexOf('#');
  const fields = (exemplar < 0 ? rest : rest.slice(0, exemplar)).trim().split(/[ \t]+/);
  const [valueText, timeText, more] = fields;
  if (valueText === undefined || valueText === '') return err({ reason: 'no-value', what: `${name} has no value` });
  const value = parseNumberText(valueText);
  const fault = valueFault(value);
  if (value === null || fault === 'malformed') return err({ reason: 'malformed', what: `“${valueText.slice(0, 40)}” is not a number` });
  if (fault !== null) return err({ reason: fault, what: `${name} is ${valueText}` });
  const timestamp = timeText === undefined ? null : parseNumberText(timeText);
  if (timeText !== undefined && (timestamp === null || !Number.isFinite(timestamp))) return err({ reason: 'bad-time', what: `“${timeText.slice(0, 40)}” is not a timestamp` });
  if (more !== undefined) return err({ reason: 'malformed', what: `“${more.slice(0, 40)}” after value and timestamp` });
  return ok({ name, labelsText, value, timestamp });
}

function firstSpace(line: string): number {
  for (let i = 0; i < line.length; i += 1) if (line.charCodeAt(i) === 32 || line.charCodeAt(i) === 9) return i;
  return line.length;
}

function skipSpaces(line: string, start: number): number {
  let at = start;
  while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at += 1;
  return at;
}
