/**
 * A text of JSON values as several: one document, one per line (NDJSON), or one after another as
 * `kubectl … >> file` leaves them. A value that is cut short or damaged is told by its line; those around it
 * are read. Nothing of the text itself goes into a message: it may hold secrets.
 */
export type JsonValues = { readonly values: readonly unknown[]; readonly damaged: readonly { readonly line: number; readonly what: string }[] };

const OPEN = 123; // {
const OPEN_LIST = 91; // [
const CLOSE = 125; // }
const CLOSE_LIST = 93; // ]
const QUOTE = 34;
const ESCAPE = 92;
const NEW_LINE = 10;

export function jsonValues(text: string): JsonValues {
  const whole = parsed(text);
  if (whole !== null) return { values: [whole.value], damaged: [] };
  const lines = byLine(text);
  if (lines.values.length > lines.damaged.length) return lines;
  const values: unknown[] = [];
  const damaged: { line: number; what: string }[] = [];
  for (const { from, to, line, closed } of pieces(text)) {
    const piece = closed ? parsed(text.slice(from, to)) : null;
    if (piece !== null) values.push(piece.value);
    else damaged.push({ line, what: closed ? 'not JSON' : 'cut short: its brackets do not close' });
  }
  return { values, damaged };
}

/** A value a line, where most lines are one: a damaged line then costs only itself. */
function byLine(text: string): JsonValues {
  const values: unknown[] = [];
  const damaged: { line: number; what: string }[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const value = /^\s*[[{]/.test(line) ? parsed(line) : null;
    if (value === null) damaged.push({ line: i + 1, what: 'not JSON' });
    else values.push(value.value);
  });
  return { values, damaged };
}

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

type Piece = { readonly from: number; readonly to: number; readonly line: number; readonly closed: boolean };

/** Objects and lists at the top level. Other characters between them are separators. */
function* pieces(text: string): Generator<Piece> {
  let [depth, from, line, firstLine, inText] = [0, 0, 1, 1, false];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === NEW_LINE) line += 1;
    if (inText) {
      if (code === ESCAPE) at += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = depth > 0;
    else if (code === OPEN || code === OPEN_LIST) {
      if (depth === 0) [from, firstLine] = [at, line];
      depth += 1;
    } else if ((code === CLOSE || code === CLOSE_LIST) && depth > 0) {
      depth -= 1;
      if (depth === 0) yield { from, to: at + 1, line: firstLine, closed: true };
    }
  }
  if (depth > 0) yield { from, to: text.length, line: firstLine, closed: false };
}
