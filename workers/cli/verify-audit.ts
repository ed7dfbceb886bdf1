/**
 * Verifies an exported audit log on its own: it shares no code with the server that wrote it, and hashes
 * with node:crypto. One leaf per line ({index, prev, entry, hash}), the head ({leaves, head}) on the last.
 */
import { createHash } from 'node:crypto';

export type AuditVerdict = { readonly ok: boolean; readonly leaves: number; readonly head: string; readonly firstBad: number | null; readonly why: string | null };

const GENESIS = '0'.repeat(64);
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

type Line = Readonly<Record<string, unknown>>;

function parse(line: string): Line | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Line) : null;
  } catch {
    return null;
  }
}

/** Keys of a leaf and of a head in the order in which canonical JSON prints them: any other spelling is an edit. */
const spelled = (line: string, value: Line, keys: readonly string[]) => line === `{${keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(value[key])}`).join(',')}}`;

export function verifyAudit(text: string): AuditVerdict {
  const lines = text.split('\n');
  const fail = (at: number, head: string, why: string): AuditVerdict => ({ ok: false, leaves: at, head, firstBad: at, why });
  if (lines.pop() !== '') return fail(Math.max(0, lines.length - 1), '', 'the file does not end in a line break: it was cut');
  let prev = GENESIS;
  for (const [at, line] of lines.entries()) {
    const value = parse(line);
    if (value === null) return fail(at, prev, 'the line is not a JSON object');
    if ('leaves' in value) {
      if (!spelled(line, value, ['head', 'leaves']) || at !== lines.length - 1) return fail(at, prev, 'the head is edited or not the last line');
      if (value.leaves !== at || value.head !== prev) return fail(Math.max(0, at - 1), prev, `the head is of ${String(value.leaves)} leaves ending in ${String(value.head)}`);
      return { ok: true, leaves: at, head: prev, firstBad: null, why: null };
    }
    const { index, prev: before, entry, hash } = value;
    if (!spelled(line, value, ['entry', 'hash', 'index', 'prev']) || typeof entry !== 'string') return fail(at, prev, 'the line is not a leaf as it was written');
    if (index !== at || parse(entry)?.index !== at) return fail(at, prev, `leaf ${at} is missing or out of its place`);
    if (before !== prev) return fail(at, prev, 'it does not follow the leaf before it');
    if (sha256(prev + entry) !== hash) return fail(at, prev, 'its hash is not that of its text');
    prev = hash as string;
  }
  return fail(lines.length, prev, 'the file has no head line: it was cut');
}
