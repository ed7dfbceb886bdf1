/** `bench forecast`: every forecaster on public hourly series, by the M4 protocol. */
import { benchM4, M4_HORIZON } from '@/workers/forecast/m4-bench';
import { openNodeModel } from '@/workers/forecast/node-model';
import { readM4 } from '@/workers/forecast/read-m4';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about:
    'Measures every forecaster on the M4 hourly series: a folder with train.csv and test*.csv (or .csv.gz) as the competition published them. ' +
    'The row “chosen” is what `forecast` would print. OWA is relative to Naive2 on the same series, owaAnchored to its published result on all 414.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    data: { type: 'string', value: 'DIR', help: 'Folder with the two files.' },
    neural: { type: 'boolean', help: 'Measures the trained network (ONNX) too.', default: false },
    every: { type: 'string', value: 'K', help: 'Takes every K-th series.', default: '1' },
  },
  examples: ['bench forecast --data m4-hourly --every 8'],
  async run({ data, every, neural }, _, io) {
    if (data === undefined) throw new BadInput('bench forecast needs --data DIR.');
    const step = wholeNumber('--every', every, { min: 1, max: 1_000 });
    const series = await readM4(data, step);
    const started = performance.now();
    const network = neural ? await openNodeModel() : null;
    const models = await benchM4(series, network, (done) => {
      if (done % 20 === 0) io.progress(`${done} of ${series.length} series.`);
    });
    await io.json({ series: series.length, horizon: M4_HORIZON, wallSeconds: (performance.now() - started) / 1000, models });
    return EXIT.ok;
  },
});
