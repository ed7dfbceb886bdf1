/** Where a text stops being JSON (RFC 8259), so that a person can look there: engines say it each in their own words, or not at all. */
export type JsonBreak = { readonly line: number; readonly column: number; /** The text was cut off: what is there could go on. */ readonly atEnd: boolean };

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
/** A string, number or word that the end of the text interrupts. */
const UNFINISHED = /^(?:"(?:[^"\\\u0000-\u001f]|\\.)*\\?|[-+.\w]*)$/;

type Expected = 'value' | 'first' | 'key' | 'colon' | 'after';
type Step = { readonly at: number; readonly expected: Expected };

/** Line and column count from 1. Of a whole JSON text it is the place behind its end. */
export function jsonBreak(text: string): JsonBreak {
  const closings: string[] = [];
  let step: Step = { at: 0, expected: 'value' };
  for (;;) {
    const at = matchEnd(SPACE, text, step.at);
    const isWhole = step.expected === 'after' && closings.length === 0;
    const next = isWhole ? null : nextStep(text, at, step.expected, closings);
    if (next === null) return { ...placeOf(text, at), atEnd: (isWhole ? /^$/ : UNFINISHED).test(text.slice(at)) };
    step = next;
  }
}

function nextStep(text: string, at: number, expected: Expected, closings: string[]): Step | null {
  const char = text[at];
  const closing = closings.at(-1);
  if ((expected === 'after' || expected === 'first') && char === closing) {
    closings.pop();
    return { at: at + 1, expected: 'after' };
  }
  if (expected === 'after') return char === ',' ? { at: at + 1, expected: closing === '}' ? 'key' : 'value' } : null;
  if (expected === 'colon') return char === ':' ? { at: at + 1, expected: 'value' } : null;
  const string = matchEnd(STRING, text, at);
  if (expected === 'key' || (expected === 'first' && closing === '}')) return string === at ? null : { at: string, expected: 'colon' };
  if (char === '{' || char === '[') {
    closings.push(char === '{' ? '}' : ']');
    return { at: at + 1, expected: 'first' };
  }
  const end = Math.max(string, matchEnd(SCALAR, text, at));
  return end === at ? null : { at: end, expected: 'after' };
}

/** Where a match that begins at `at` ends; `at` itself without one. */
function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function placeOf(text: string, at: number): Pick<JsonBreak, 'line' | 'column'> {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: at - lineStart + 1 };
}
