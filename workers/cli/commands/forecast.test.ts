import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../command-table';
import { streamIo } from '../io';
import { runCli } from '../run-cli';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecast-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function forecast(name: string, csv: string, ...more: string[]) {
  const path = join(folder, name);
  await writeFile(path, name.endsWith('.gz') ? gzipSync(csv) : csv);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(COMMANDS, ['forecast', '--input', path, ...more], streamIo(Readable.from([]), stdout, stderr));
  return { code, lines: String(stdout.read() ?? '').trimEnd().split('\n'), told: String(stderr.read() ?? '') };
}

const day = (series: string, hours: number) => Array.from({ length: hours }, (_, t) => `${series},${t},${100 + (t % 24)}`).join('\n');

test('every series gets its horizon, with a column pair per level, lower ≤ mean ≤ upper', async () => {
  const { code, lines } = await forecast('two.csv', `series,step,value\n${day('a', 240)}\n${day('b', 240)}\n`, '--horizon', '24', '--season', '24', '--levels', '80,95');
  expect([code, lines[0], lines.length]).toEqual([0, 'series,h,mean,lo80,hi80,lo95,hi95', 49]);
  for (const line of lines.slice(1)) {
    const [, h, mean, lo80, hi80, lo95, hi95] = line.split(',').map(Number) as [number, number, number, number, number, number, number];
    expect(Math.abs(mean - (100 + ((h - 1) % 24)))).toBeLessThan(1);
    expect(lo95 <= lo80 && lo80 <= mean && mean <= hi80 && hi80 <= hi95).toBe(true);
  }
});

test('gzip input, no season named, one point: an answer without bounds', async () => {
  const { code, lines } = await forecast('one.csv.gz', 'series,step,value\na,0,5\n', '--horizon', '2');
  expect([code, lines.slice(1)]).toEqual([0, ['a,1,5,,,,', 'a,2,5,,,,']]);
});

test('a series of gaps has no forecast: the others are printed, it is named, and the exit code is 2', async () => {
  const { code, lines, told } = await forecast('gap.csv', 'series,step,value\nempty,0,\nfine,0,1\nfine,1,2\n', '--horizon', '1');
  expect([code, lines.length]).toEqual([2, 2]);
  expect(told).toContain('Series "empty" has no forecast');
  expect(told).toContain('1 empty values count as gaps');
});

test.each([
  [['--horizon', '0'], '--horizon takes a whole number'],
  [['--horizon', '3', '--levels', '80,x'], '--levels takes a number'],
  [['--horizon', '3', '--season', '0'], '--season takes a whole number'],
  [[], 'needs --input FILE and --horizon H'],
])('%j is refused', async (options, sentence) => {
  const { code, told } = await forecast('ok.csv', 'series,step,value\na,0,1\n', ...options);
  expect([code, told.includes(sentence)]).toEqual([2, true]);
});
