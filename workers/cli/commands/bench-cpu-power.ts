/** `bench cpu-power`: the published watts per vCPU of every processor family, computed again from SPECpower results. */
import { benchCpuPower } from '@/workers/bench/cpu-power';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';

export const command = defineCommand({
  about:
    'Computes watts per vCPU and GB per chip of every processor family from SPECpower results (the method of Cloud Carbon Footprint), and prints\n{families: [{architecture, servers, idleWatts, maxWatts, gbPerChip, published, difference}], largestDifference}; differences are shares of the published figure.',
  positionals: { names: '', min: 0, max: 0 },
  options: { data: { type: 'string', value: 'DIR', help: 'Folder with SPECpower-YYYY-MM-DD.csv (the latest is taken) and coefficients-aws-use.csv.' } },
  examples: ['bench cpu-power --data ./energy-ccf'],
  async run(values, _positionals, io) {
    if (values.data === undefined) throw new BadInput('bench cpu-power needs --data DIR, the folder with the SPECpower results.');
    const families = await benchCpuPower(values.data);
    await io.json({ families, largestDifference: Math.max(0, ...families.map(({ difference }) => difference)) });
    return EXIT.ok;
  },
});
