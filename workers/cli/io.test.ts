import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { flushed, streamIo } from './io';

test('a slow reader holds the writer back', async () => {
  const stdout = new PassThrough({ highWaterMark: 10 });
  const io = streamIo(Readable.from([]), stdout, new PassThrough());
  let written = false;
  const writing = io.text('a long line that does not fit\n').then(() => (written = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(written).toBe(false);
  stdout.resume();
  await writing;
  expect(written).toBe(true);
});

test('a reader that has gone does not hold the writer for ever', async () => {
  const stdout = new PassThrough({ highWaterMark: 1 });
  const io = streamIo(Readable.from([]), stdout, new PassThrough());
  const writing = io.text('more than one byte');
  stdout.destroy();
  await writing;
  await io.text('again').catch(() => undefined);
  await flushed(stdout);
});
