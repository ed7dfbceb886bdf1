/** `bench forecast`: every forecaster on public hourly series, by the M4 protocol. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { benchM4, M4_HORIZON, parseM4 } from '@/workers/forecast/m4-bench';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { pathFromHere, readText } from '../files';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about:
    'Measures every forecaster on the M4 hourly series: a folder with train.csv and test*.csv (or .csv.gz) as the competition published them. ' +
    'The row “chosen” is what `forecast` would print. OWA is relative to Naive2 on the same series, owaAnchored to its published result on all 414.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    data: { type: 'string', value: 'DIR', help: 'Folder with the two files.' },
    every: { type: 'string', value: 'K', help: 'Takes every K-th series.', default: '1' },
  },
  examples: ['bench forecast --data m4-hourly --every 8'],
  async run({ data, every }, _, io) {
    if (data === undefined) throw new BadInput('bench forecast needs --data DIR.');
    const step = wholeNumber('--every', every, { min: 1, max: 1_000 });
    const train = parseM4(await fileStartingWith(data, 'train'));
    const test = parseM4(await fileStartingWith(data, 'test'));
    const series = [...test].filter((_one, i) => i % step === 0).map(([id, values]) => ({ id, train: train.get(id) ?? [], test: values.slice(0, M4_HORIZON) }));
    const started = performance.now();
    const models = benchM4(series, (done) => {
      if (done % 20 === 0) io.progress(`${done} of ${series.length} series.`);
    });
    await io.json({ series: series.length, horizon: M4_HORIZON, wallSeconds: (performance.now() - started) / 1000, models });
    return EXIT.ok;
  },
});

async function fileStartingWith(folder: string, start: string): Promise<string> {
  const names = await readdir(pathFromHere(folder)).catch(() => {
    throw new BadInput(`${folder} is not a folder that can be read.`);
  });
  const name = names.sort().find((candidate) => candidate.startsWith(start) && /\.csv(\.gz)?$/.test(candidate));
  if (name === undefined) throw new BadInput(`${folder} holds no ${start}*.csv or ${start}*.csv.gz.`);
  return readText(join(folder, name));
}
