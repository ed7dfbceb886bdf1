/** `recording.json` → a manifest, or everything that is wrong with it. Unknown members are left for later versions. */
import { err, ok, type Result } from '@/engine/kernel';
import { listedIssues, type ImportIssue } from './import-issue';
import { parseIsoTimeUs } from './iso-time';
import { jsonReader, kindOf, listAt, nullableNumberAt, nullableTextAt, numberAt, objectAt, parseJson, pathOf, reject, textAt, type JsonObject, type JsonReader } from './json-reader';
import { MANIFEST_FILE, NO_SYSTEM_HINTS, RECORDING_FORMAT_VERSION, type NodeHint, type RecordedFault, type RecordedSignal, type RecordingManifest, type RecordingSource, type ServiceHint, type SystemHints } from './manifest';

const KEBAB = { pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/, expected: 'lower-case words joined by hyphens' };
const NON_NEGATIVE = { min: 0, max: 1e12 };
const KINDS: readonly string[] = ['counter', 'gauge', 'histogram', 'untyped'];

export function parseRecordingManifest(text: string): Result<RecordingManifest, ImportIssue[]> {
  const json = parseJson(text, MANIFEST_FILE);
  if (!json.ok) return json;
  const reader = jsonReader(MANIFEST_FILE);
  const root = objectAt(reader, json.value, '');
  if (root === null) return err(listedIssues(reader));
  const version = root.members.get('formatVersion');
  if (version !== RECORDING_FORMAT_VERSION) return err([versionIssue(version)]);
  const manifest: RecordingManifest = {
    formatVersion: RECORDING_FORMAT_VERSION,
    id: textAt(reader, root, 'id', KEBAB),
    title: textAt(reader, root, 'title'),
    made: madeIn(reader, root),
    sources: listAt(reader, root, 'sources', (entry, path) => sourceIn(reader, entry, path)),
    startedAt: startIn(reader, root),
    seconds: numberAt(reader, root, 'seconds', { min: 0, max: 1e9 }),
    scrapeSeconds: numberAt(reader, root, 'scrapeSeconds', { min: 0.001, max: 86_400 }),
    rows: numberAt(reader, root, 'rows', NON_NEGATIVE),
    signals: listAt(reader, root, 'signals', (entry, path) => signalIn(reader, entry, path)),
    labels: listAt(reader, root, 'labels', (entry, path) => (typeof entry === 'string' ? entry : reject(reader, path, 'wrong-type', 'is not text', 'List label names.'))),
    faults: listAt(reader, root, 'faults', (entry, path) => faultIn(reader, entry, path)),
    system: systemIn(reader, root),
  };
  return reader.issues.length === 0 ? ok(manifest) : err(listedIssues(reader));
}

function versionIssue(found: unknown): ImportIssue {
  const what = found === undefined ? 'has no formatVersion' : `formatVersion is ${typeof found === 'number' ? found : kindOf(found)}, this reader knows ${RECORDING_FORMAT_VERSION}`;
  return { where: `${MANIFEST_FILE}: formatVersion`, code: 'unsupported', what, next: 'Record again with this version, or update Orrery.' };
}

function madeIn(reader: JsonReader, root: JsonObject): RecordingManifest['made'] {
  const made = objectAt(reader, root.members.get('made') ?? {}, 'made');
  if (made === null) return { date: '', how: '', command: '' };
  return { date: textAt(reader, made, 'date', { optional: true }), how: textAt(reader, made, 'how', { optional: true }), command: textAt(reader, made, 'command', { optional: true }) };
}

function startIn(reader: JsonReader, root: JsonObject): string {
  const startedAt = textAt(reader, root, 'startedAt');
  if (startedAt !== '' && parseIsoTimeUs(startedAt) === null) reject(reader, 'startedAt', 'out-of-range', `“${startedAt.slice(0, 40)}” is not an ISO-8601 time`, 'Write it as in 2026-01-31T10:00:00Z.');
  return startedAt;
}

function sourceIn(reader: JsonReader, entry: unknown, path: string): RecordingSource | null {
  const source = objectAt(reader, entry, path);
  return source === null ? null : { name: textAt(reader, source, 'name'), url: textAt(reader, source, 'url', { optional: true }) };
}

function signalIn(reader: JsonReader, entry: unknown, path: string): RecordedSignal | null {
  const signal = objectAt(reader, entry, path);
  if (signal === null) return null;
  const kind = textAt(reader, signal, 'kind');
  if (kind !== '' && !KINDS.includes(kind)) reject(reader, pathOf(signal, 'kind'), 'out-of-range', `“${kind.slice(0, 40)}” is not a kind`, `Write one of ${KINDS.join(', ')}.`);
  return { name: textAt(reader, signal, 'name'), kind: kind === 'counter' || kind === 'gauge' || kind === 'histogram' ? kind : 'untyped', unit: textAt(reader, signal, 'unit', { optional: true }) };
}

function faultIn(reader: JsonReader, entry: unknown, path: string): RecordedFault | null {
  const fault = objectAt(reader, entry, path);
  if (fault === null) return null;
  return { kind: textAt(reader, fault, 'kind'), subject: textAt(reader, fault, 'subject', { optional: true }), atSeconds: numberAt(reader, fault, 'atSeconds', NON_NEGATIVE), lastsSeconds: nullableNumberAt(reader, fault, 'lastsSeconds', NON_NEGATIVE) };
}

function systemIn(reader: JsonReader, root: JsonObject): SystemHints {
  const system = objectAt(reader, root.members.get('system') ?? {}, 'system');
  if (system === null) return NO_SYSTEM_HINTS;
  return {
    entry: nullableTextAt(reader, system, 'entry'),
    services: listAt(reader, system, 'services', (entry, path) => serviceIn(reader, entry, path)),
    nodes: listAt(reader, system, 'nodes', (entry, path) => nodeIn(reader, entry, path)),
  };
}

function serviceIn(reader: JsonReader, entry: unknown, path: string): ServiceHint | null {
  const service = objectAt(reader, entry, path);
  if (service === null) return null;
  return {
    name: textAt(reader, service, 'name'),
    lanes: nullableNumberAt(reader, service, 'lanes', { min: 1, max: 4_096 }),
    startUpSeconds: nullableNumberAt(reader, service, 'startUpSeconds', { min: 0, max: 86_400 }),
    node: nullableTextAt(reader, service, 'node'),
    calls: listAt(reader, service, 'calls', (call, callPath) => {
      const target = objectAt(reader, call, callPath);
      return target === null ? null : { service: textAt(reader, target, 'service'), perRequest: nullableNumberAt(reader, target, 'perRequest', { min: 0, max: 10_000 }) };
    }),
  };
}

function nodeIn(reader: JsonReader, entry: unknown, path: string): NodeHint | null {
  const node = objectAt(reader, entry, path);
  if (node === null) return null;
  return { name: textAt(reader, node, 'name'), cpuCores: numberAt(reader, node, 'cpuCores', { min: 0.001, max: 100_000 }), memoryBytes: nullableNumberAt(reader, node, 'memoryBytes', { min: 0, max: 1e16 }), usdPerHour: nullableNumberAt(reader, node, 'usdPerHour', { min: 0, max: 1e6 }) };
}
