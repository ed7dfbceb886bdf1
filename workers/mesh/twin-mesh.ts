/** Writes simulated runs of a laboratory scenario as the laboratory writes its recordings: JSON lines in order of time. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { labMeta, parseLabScenario, runLab, type LabRecord, type LabScenario } from '@/engine/twin';
import { BadInput } from '../cli/bad-input';
import { cannotWrite, placeForWriting, readJson } from '../cli/files';

/** Reads a scenario file; throws BadInput that lists every issue. */
export async function readScenario(path: string): Promise<LabScenario> {
  const scenario = parseLabScenario(await readJson(path));
  if (scenario.ok) return scenario.value;
  throw new BadInput(`${path} is not a mesh scenario:\n${scenario.error.map((issue) => `  ${issue.path || 'document'}: ${issue.message}. ${issue.suggestion}.`).join('\n')}`);
}

/** `runs` undefined: one run, whose records carry no number. */
export type TwinMeshOptions = { readonly seed: number; readonly runs?: number; progress(line: string): void };
export type TwinMeshSummary = { readonly runs: number; readonly records: number; readonly events: number; readonly wallSeconds: number };

/** Streams the runs into a file (gzip by name), so that many long runs need the memory of one. */
export async function writeTwinRuns(scenario: LabScenario, path: string, { seed, runs: asked, progress }: TwinMeshOptions): Promise<TwinMeshSummary> {
  const runs = asked ?? 1;
  const began = performance.now();
  const late = scenario.events.filter((event) => event.t > scenario.duration).length;
  if (late > 0) progress(`${late} of ${scenario.events.length} events come after the end (${scenario.duration} s) and are not played`);
  const summary = { runs, records: 0, events: 0, wallSeconds: 0 };
  const target = await placeForWriting(path);
  const lines = function* () {
    yield `${JSON.stringify(labMeta(scenario, seed, runs))}\n`;
    for (let run = 0; run < runs; run += 1) {
      const { records, events } = playOnce(scenario, seed + run);
      summary.records += records.length;
      summary.events += events;
      for (const record of records) yield `${JSON.stringify(asked === undefined ? record : { ...record, run })}\n`;
      progress(`run ${run + 1} of ${runs}: ${records.length} records`);
    }
  };
  const source = Readable.from(chunked(lines()));
  const out = createWriteStream(target);
  await (path.endsWith('.gz') ? pipeline(source, createGzip({ level: 6 }), out) : pipeline(source, out)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
    throw cannotWrite(path, error);
  });
  return { ...summary, wallSeconds: Math.round(performance.now() - began) / 1_000 };
}

/** The order of recordings within one moment. */
const PLACE = { orig: 0, neigh: 0, stats: 1, event: 2, ping: 3, cap: 4 } as const;

function playOnce(scenario: LabScenario, seed: number): { records: LabRecord[]; events: number } {
  const records: LabRecord[] = [];
  const { events } = runLab(scenario, seed, (record) => records.push(record));
  records.sort((x, y) => x.t - y.t || PLACE[x.k] - PLACE[y.k]);
  return { records, events };
}

const CHUNK_CHARACTERS = 1 << 18;

function* chunked(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
