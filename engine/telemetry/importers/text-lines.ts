/** Lines of a text without splitting it: a 200 MB file costs one line at a time. */
export type TextLine = { readonly number: number; readonly text: string; /** false: the text ends without a newline. */ readonly ended: boolean };

export function* textLines(text: string): Generator<TextLine> {
  let start = 0;
  let number = 1;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const ended = newline >= 0;
    const end = ended ? newline : text.length;
    yield { number, text: text.charCodeAt(end - 1) === 13 && end > start ? text.slice(start, end - 1) : text.slice(start, end), ended };
    start = end + 1;
    number += 1;
  }
}
