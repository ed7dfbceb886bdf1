/** Names in lower case in one long string: a search is one pass of the engine's own `indexOf`, whatever their number. */
export type NameIndex = { readonly text: string; readonly ends: Int32Array };

const BETWEEN = '\n';

export function nameIndex(names: readonly string[]): NameIndex {
  const ends = new Int32Array(names.length);
  let end = 0;
  const lower = names.map((name, i) => {
    const each = name.toLowerCase().replaceAll(BETWEEN, ' ');
    end += each.length + 1;
    ends[i] = end;
    return each;
  });
  return { text: lower.length === 0 ? '' : `${lower.join(BETWEEN)}${BETWEEN}`, ends };
}

/** Sets a flag for every name that contains the text. */
export function markContaining({ text, ends }: NameIndex, wanted: string, flags: Uint8Array): void {
  if (wanted === '' || wanted.includes(BETWEEN)) return;
  let name = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, ends[name]!)) {
    while (ends[name]! <= at) name += 1;
    flags[name] = 1;
    if (name === ends.length - 1) return;
  }
}

/** Flags of the names that are one of the wanted; where none is exactly one, of those that contain it. */
export function markNamed(index: NameIndex, wanted: readonly string[]): Uint8Array {
  const flags = new Uint8Array(index.ends.length);
  for (const value of wanted) {
    const exact = `${BETWEEN}${value}${BETWEEN}`;
    const at = index.text.startsWith(`${value}${BETWEEN}`) ? 0 : index.text.indexOf(exact) + 1;
    if (at > 0 || index.text.startsWith(`${value}${BETWEEN}`)) flags[nameAt(index, at)] = 1;
    else markContaining(index, value, flags);
  }
  return flags;
}

/** The name that covers a place of the string. */
function nameAt({ ends }: NameIndex, at: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
