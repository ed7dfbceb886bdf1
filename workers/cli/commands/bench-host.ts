/** `bench host`: how fast Linux hosts are simulated, exactly and as fluids. Measures, asserts nothing. */
import { benchExact, benchFair, benchWhole } from '@/workers/bench/host';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumber } from '../numbers';

const nowSeconds = () => performance.now() / 1_000;

export const command = defineCommand({
  about:
    'Simulates one host with every scheduling decision (50 tasks for 60 s), one with memory, logs and requests besides (as many programs), and many hosts\nas fluids (100 hosts of 200 tasks for an hour), and prints {exact, whole, fair, growth}: wall seconds, and how they grow with tasks, programs and hosts.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    tasks: { type: 'string', value: 'N', default: '50', help: 'Tasks of the exact host, programs of the whole one.' },
    seconds: { type: 'string', value: 'S', default: '60', help: 'Simulated seconds of both.' },
    hosts: { type: 'string', value: 'N', default: '100', help: 'Hosts of the fluid run, 200 tasks each, for an hour.' },
    seed: { type: 'string', value: 'S', default: '1', help: 'Seed of work and demands.' },
  },
  examples: ['bench host', 'bench host --tasks 200 --seconds 10'],
  async run(values, _positionals, io) {
    const tasks = wholeNumber('--tasks', values.tasks, { min: 1, max: 10_000 });
    const seconds = wholeNumber('--seconds', values.seconds, { min: 1, max: 100_000 });
    const hosts = wholeNumber('--hosts', values.hosts, { min: 1, max: 10_000 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 40 });
    const exact = benchExact(tasks, seconds, seed, nowSeconds);
    const whole = benchWhole(tasks, seconds, seed, nowSeconds);
    const fair = benchFair(hosts, 200, 3_600, seed, nowSeconds);
    const growth = { exact: [10, 50, 200].map((count) => benchExact(count, 10, seed, nowSeconds)), whole: [10, 50, 200].map((count) => benchWhole(count, 10, seed, nowSeconds)), fair: [10, 50, 100].map((count) => benchFair(count, 200, 360, seed, nowSeconds)) };
    await io.json({ exact, whole, fair, growth });
    return EXIT.ok;
  },
});
