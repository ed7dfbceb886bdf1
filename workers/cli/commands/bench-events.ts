/** `bench events`: how many events a second the kernel runs on this machine. Measures, asserts nothing. */
import { benchEvents } from '@/workers/bench/events';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about: 'Runs M/M/1 queues at 80 % load through the public kernel API and prints {events, wallSeconds, eventsPerSecond, meanWait}.\nmeanWait is in mean services; queueing theory says 4.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    customers: { type: 'string', value: 'N', default: '5000000', help: 'Customers served over all stations.' },
    pending: { type: 'string', value: 'K', default: '100', help: 'Stations, and so about the number of pending events.' },
  },
  examples: ['bench events', 'bench events --customers 2000000 --pending 10000'],
  async run(values, _positionals, io) {
    const customers = wholeNumber('--customers', values.customers, { min: 1, max: 1_000_000_000 });
    const pending = wholeNumber('--pending', values.pending, { min: 1, max: 1_000_000 });
    await io.json(benchEvents(customers, pending, () => performance.now() / 1_000));
    return EXIT.ok;
  },
});
