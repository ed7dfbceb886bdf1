/** Understands the shell loops of the disk experiments: `dd` with if/of, bs, count, direct and fsync flags, once or for ever. */
import type { DdLoop } from './disk-scenario';

export type DdScript = Omit<DdLoop, 'label' | 'nice'>;

const UNITS: Readonly<Record<string, number>> = { '': 1, c: 1, k: 1_024, K: 1_024, kB: 1_000, M: 1_048_576, MB: 1_000_000, G: 1_073_741_824, GB: 1_000_000_000 };
const NOT_A_DISK = /^\/dev\/(zero|null|urandom|random|stdout)$/;

/** The dd commands of a script in their order; empty when there is none. Anything else in the script costs no I/O. */
export function readDdScript(script: string): readonly DdScript[] {
  const repeats = /while\s+(:|true)\s*;/.test(script);
  return [...script.matchAll(/\bdd\s+([^;|&]*)/g)].flatMap((match) => readDd(match[1] ?? '', repeats) ?? []);
}

function readDd(text: string, repeats: boolean): DdScript | null {
  const words = new Map(text.trim().split(/\s+/).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
  const from = words.get('if');
  const to = words.get('of');
  const reads = from !== undefined && !NOT_A_DISK.test(from);
  const file = reads ? from : to;
  if (file === undefined || NOT_A_DISK.test(file)) return null;
  const flags = `${(reads ? words.get('iflag') : words.get('oflag')) ?? ''},${words.get('conv') ?? ''}`;
  const count = Number(words.get('count') ?? Infinity);
  return {
    direction: reads ? 'read' : 'write', file, blockBytes: readBytes(words.get('bs') ?? '512'), count: Number.isFinite(count) && count > 0 ? count : Infinity,
    direct: /\bdirect\b/.test(flags), fsync: /\b(fsync|fdatasync|sync|dsync)\b/.test(flags), repeats,
  };
}

/** Bytes of a dd size such as 64k; 512 for what is no size. */
export function readBytes(text: string): number {
  const match = /^(\d+)([a-zA-Z]*)$/.exec(text);
  const unit = match === null ? undefined : UNITS[match[2] ?? ''];
  return match === null || unit === undefined ? 512 : Math.max(1, Number(match[1]) * unit);
}
