/**
 * What a person got wrong, in one sentence or a list of them. A command throws it, the program prints it
 * on stderr and ends with exit code 2; anything else that is thrown is our bug and ends with 3.
 */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly sentences: readonly string[];

  constructor(sentences: string | readonly string[]) {
    const list = typeof sentences === 'string' ? [sentences] : sentences;
    super(list.join('\n'));
    this.sentences = list;
  }
}
