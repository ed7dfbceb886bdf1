/** The JSON of a host laboratory record: when each of its series files began. */
import { parseIsoTimeUs } from '../../recording/iso-time';

/** File name → µs since the Unix epoch; files without a readable date are left out, broken JSON gives none. */
export function hostlabStarts(text: string): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  for (const run of runsOf(text)) {
    if (typeof run !== 'object' || run === null || !('series' in run) || !('at' in run)) continue;
    if (typeof run.series !== 'string' || typeof run.at !== 'string') continue;
    const atUs = parseIsoTimeUs(run.at);
    if (atUs !== null) starts.set(run.series, Math.min(atUs, starts.get(run.series) ?? Infinity));
  }
  return starts;
}

function runsOf(text: string): readonly unknown[] {
  try {
    const record: unknown = JSON.parse(text);
    return typeof record === 'object' && record !== null && 'runs' in record && Array.isArray(record.runs) ? record.runs : [];
  } catch {
    return [];
  }
}
