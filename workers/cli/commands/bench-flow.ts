/** `bench flow`: single requests against flows on growing call graphs. Measures, asserts nothing. */
import { benchFlow } from '@/workers/bench/flow';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumber } from '../numbers';

const WIDTHS = [1, 4, 16, 64];

export const command = defineCommand({
  about: 'Plays call graphs of 5, 20, 80 and 320 services at 60 % load twice in one run, request by request and as flows, and prints\n{growth: [{services, requestsPerSecond, exactSeconds, flowSeconds, timesFaster, p95Error}]}.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    seconds: { type: 'string', value: 'T', default: '120', help: 'Simulated seconds.' },
    seed: { type: 'string', value: 'S', default: '1', help: 'Seed.' },
  },
  examples: ['bench flow', 'bench flow --seconds 600'],
  async run(values, _positionals, io) {
    const simulated = wholeNumber('--seconds', values.seconds, { min: 1, max: 86_400 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 40 });
    await io.json({ growth: benchFlow(WIDTHS, simulated, seed, () => performance.now() / 1_000) });
    return EXIT.ok;
  },
});
