/** `bench identity`: the curve of workloads without a valid SVID against the length of an outage. */
import { outageCurve } from '@/workers/mesh/bench-identity';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { durationSeconds, wholeNumber } from '../numbers';

export const command = defineCommand({
  about: 'Stops the identity servers of a settled trust domain and prints, one line per length of the outage, the share of workloads without a valid SVID\nand what the closed form for renewal at half life says.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    workloads: { type: 'string', value: 'N', default: '2000', help: 'Workloads.' },
    ttl: { type: 'string', value: 'DURATION', default: '1h', help: 'Life of an SVID.' },
    seed: { type: 'string', value: 'N', default: '1', help: 'Seed of the moments at which workloads start.' },
  },
  examples: ['bench identity', 'bench identity --ttl 24h --workloads 10000'],
  async run(values, _positionals, io) {
    const workloads = wholeNumber('--workloads', values.workloads, { min: 1, max: 1_000_000 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 40 });
    for (const point of outageCurve(workloads, Math.round(durationSeconds('--ttl', values.ttl)), seed)) await io.json(point);
    return EXIT.ok;
  },
});
