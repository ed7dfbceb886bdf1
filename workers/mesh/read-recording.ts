/** A laboratory recording: JSON lines, the first of which holds the scenario. */
import { observe, observedRun, parseLabScenario, type LabRecord, type LabScenario, type ObservedRun } from '@/engine/twin';
import { BadInput } from '../cli/bad-input';
import { readText } from '../cli/files';

export type Recording = { readonly scenario: LabScenario; readonly run: ObservedRun };

const KINDS = new Set(['orig', 'neigh', 'ping', 'event', 'stats', 'cap']);

/** Reads `.jsonl` or `.jsonl.gz`; throws BadInput with the line that is wrong. */
export async function readRecording(path: string): Promise<Recording> {
  const lines = (await readText(path)).split('\n');
  const meta = lineOf(path, lines, 0) as { k?: unknown; scenario?: unknown };
  if (meta.k !== 'meta') throw new BadInput(`${path} does not begin with a "meta" line. Is it a mesh recording?`);
  const scenario = parseLabScenario(meta.scenario);
  if (!scenario.ok) throw new BadInput(`${path}: the scenario in its first line is wrong: ${scenario.error.map((issue) => `${issue.path}: ${issue.message}`).slice(0, 5).join('; ')}`);
  const run = observedRun(scenario.value.sampleEvery);
  for (let i = 1; i < lines.length; i += 1) {
    if (lines[i] === '') continue;
    const record = lineOf(path, lines, i);
    if (KINDS.has(String(record.k))) observe(run, record as LabRecord);
  }
  return { scenario: scenario.value, run };
}

function lineOf(path: string, lines: readonly string[], i: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(lines[i] ?? '');
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below, with the line's number
  }
  throw new BadInput(`${path}, line ${i + 1} is not a JSON object${i + 1 === lines.length ? ': the file ends in the middle of it' : ''}. Record it again, or take that line out.`);
}
