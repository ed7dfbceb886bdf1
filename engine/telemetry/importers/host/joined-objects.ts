/** JSON objects that a tool prints over several lines (`podman stats --format json`), as one line each; any other line stays as it is. */
import type { TextLine } from '../text-lines';

/** No object of a container table has as many members. */
const LINES_MAX = 64;

export function* joinedObjects(lines: Iterable<TextLine>): Generator<TextLine> {
  let open: { readonly number: number; readonly parts: string[] } | null = null;
  for (const line of lines) {
    const text = line.text.trim();
    if (open === null) {
      if (text === '{') open = { number: line.number, parts: ['{'] };
      else yield line;
      continue;
    }
    open.parts.push(text);
    if (!/^\},?$/.test(text) && open.parts.length < LINES_MAX) continue;
    yield { number: open.number, text: open.parts.join(' ').replace(/,$/, ''), ended: true };
    open = null;
  }
  if (open !== null) yield { number: open.number, text: open.parts.join(' '), ended: false };
}
