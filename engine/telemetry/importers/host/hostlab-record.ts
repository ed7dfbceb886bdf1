/** The JSON of a host laboratory record: how large the host was, and when each of its series files, or each load in them, began. */
import { parseIsoTimeUs } from '../../recording/iso-time';

/** Of one series file: µs since the Unix epoch, of its first value and, in service records, of each load (percent). */
export type SeriesStart = { readonly atUs: number; readonly loads: ReadonlyMap<number, number> };
export type HostlabRecord = { readonly memoryBytes: number | null; readonly starts: ReadonlyMap<string, SeriesStart> };

const BYTES_PER_MIB = 1_048_576;

/** Files without a readable date are left out, broken JSON gives none. */
export function hostlabRecord(text: string): HostlabRecord {
  const record = parsed(text);
  const starts = new Map<string, { atUs: number; loads: Map<number, number> }>();
  for (const run of Array.isArray(record.runs) ? record.runs.map(asObject) : []) {
    const file = fileOf(run, record.id);
    const atUs = typeof run.at === 'string' ? parseIsoTimeUs(run.at) : null;
    if (file === null || atUs === null) continue;
    const known = starts.get(file) ?? { atUs: Infinity, loads: new Map<number, number>() };
    known.atUs = Math.min(known.atUs, atUs);
    if (typeof run.load === 'number' && Number.isFinite(run.load)) known.loads.set(Math.round(run.load * 100), atUs);
    starts.set(file, known);
  }
  const memTotalMib = asObject(record.host).memTotalMiB;
  return { memoryBytes: typeof memTotalMib === 'number' && memTotalMib > 0 && Number.isFinite(memTotalMib) ? memTotalMib * BYTES_PER_MIB : null, starts };
}

/** As the run says, else as service records name them: ID.rREP.csv.gz. */
function fileOf({ series, rep }: Record<string, unknown>, id: unknown): string | null {
  if (typeof series === 'string') return series;
  return typeof id === 'string' && typeof rep === 'number' ? `${id}.r${rep}.csv.gz` : null;
}

function parsed(text: string): Record<string, unknown> {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return {};
  }
}

const asObject = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {});
