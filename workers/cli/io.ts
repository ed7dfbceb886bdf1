/**
 * The three streams of a command. Results go to stdout, progress to stderr, so that a pipe sees results
 * only. Writes wait for a slow reader, so a long output never piles up in memory; when the reader has gone
 * (`| head`), the program ends quietly.
 */
import type { Readable, Writable } from 'node:stream';

export type Io = {
  readonly stdin: Readable;
  /** One JSON value on a line of its own. */
  json(value: unknown): Promise<void>;
  /** Text as it is (CSV, tables). */
  text(text: string): Promise<void>;
  /** One line for the person who waits. */
  progress(line: string): void;
};

export function streamIo(stdin: Readable, stdout: Writable, stderr: Writable): Io {
  const text = (chunk: string) =>
    new Promise<void>((resolve) => {
      if (stdout.write(chunk) || stdout.destroyed) resolve();
      else {
        const done = () => {
          stdout.off('drain', done).off('close', done);
          resolve();
        };
        stdout.on('drain', done).on('close', done);
      }
    });
  return { stdin, text, json: (value) => text(`${JSON.stringify(value)}\n`), progress: (line) => void stderr.write(`${line}\n`) };
}

/** Ends the program without a word when whoever read it has stopped reading. */
export function endOnBrokenPipe(stdout: Writable, stderr: Writable): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
  stderr.on('error', () => undefined);
}

/** Resolves when everything written so far has left the program. */
export const flushed = (stream: Writable) =>
  new Promise<void>((resolve) => {
    if (stream.destroyed) resolve();
    else stream.write('', () => resolve());
  });
