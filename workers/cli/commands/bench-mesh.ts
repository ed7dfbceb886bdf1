/** `bench mesh`: what a loss-free mesh costs and how fast it is simulated. Measures, asserts nothing. */
import { SAMPLE_SHAPES, type SampleShape } from '@/engine/twin';
import { benchMesh, benchSweep } from '@/workers/mesh/bench-mesh';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { decimalNumber, wholeNumber } from '../numbers';

export const command = defineCommand({
  about:
    'Runs a loss-free BATMAN_IV mesh from cold start and prints {ogmBytesPerSecond, convergedSeconds90, deliveryRatio, deliveryAsPublished, events, wallSeconds, …}.\nconvergedSeconds90 is counted as the published kernel runs count it: the wait before their measurement, which itself takes --lead seconds more\n(starting the routers, looking up addresses, pinging). coldStartSeconds90 counts from the start of the first router.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    topology: { type: 'string', value: 'SHAPE', default: 'grid', help: `One of ${SAMPLE_SHAPES.join(', ')}.` },
    nodes: { type: 'string', value: 'N', default: '49', help: 'Routers.' },
    seconds: { type: 'string', value: 'S', default: '300', help: 'Simulated seconds.' },
    seed: { type: 'string', value: 'S', default: '1', help: 'Seed of start moments, timers and random shapes.' },
    sweep: { type: 'boolean', help: 'Instead: lets every router and link fail once (N−1) and prints {failures, redundancy, worstLost, wallSeconds}.' },
    lead: { type: 'string', value: 'SECONDS', default: '15.5', help: 'What the published measurement takes besides its wait, by its own packet counters.' },
  },
  examples: ['bench mesh', 'bench mesh --topology line --nodes 100 --seconds 120', 'bench mesh --topology random --nodes 1000 --seconds 300', 'bench mesh --topology random --nodes 500 --sweep'],
  async run(values, _positionals, io) {
    const shape = SAMPLE_SHAPES.find((name): name is SampleShape => name === values.topology);
    if (shape === undefined) throw new BadInput(`--topology takes one of ${SAMPLE_SHAPES.join(', ')}, not "${values.topology}".`);
    const routers = wholeNumber('--nodes', values.nodes, { min: 2, max: 5_000 });
    const seconds = wholeNumber('--seconds', values.seconds, { min: 1, max: 100_000 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 40 });
    const leadSeconds = decimalNumber('--lead', values.lead, { min: 0, max: 3_600 });
    if (values.sweep === true) {
      await io.json(benchSweep(shape, routers, seed, () => performance.now() / 1_000));
      return EXIT.ok;
    }
    const clock = () => ({ wall: performance.now() / 1_000, cpu: process.cpuUsage().user / 1e6 });
    await io.json(benchMesh({ shape, routers, seconds, seed, leadSeconds }, clock));
    return EXIT.ok;
  },
});
