/** `bench energy`: a published energy experiment repeated with a number of hosts and a power model. */
import type { PowerModel } from '@/engine/cost';
import { benchEnergy } from '@/workers/bench/energy';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { decimalNumber, wholeNumber } from '../numbers';

const MODELS: readonly PowerModel[] = ['linear', 'sqrt', 'square', 'cubic'];

export const command = defineCommand({
  about:
    'Runs a trace of tasks (tasks.parquet, fragments.parquet) on equal 16-core 2.1 GHz hosts, one task per host, and prints\n{tasksCompleted, energyJ, carbonG, makespanSeconds, meanUtilization}; carbonG is null without --carbon.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    data: { type: 'string', value: 'DIR', help: 'Folder with tasks.parquet and fragments.parquet, or with a folder surf_week that has them.' },
    hosts: { type: 'string', value: 'N', default: '279', help: 'Number of hosts.' },
    power: { type: 'string', value: 'MODEL', default: 'linear', help: `Power over utilization: ${MODELS.join(', ')}.` },
    'idle-watts': { type: 'string', value: 'W', default: '32', help: 'Power of an idle host.' },
    'max-watts': { type: 'string', value: 'W', default: '180', help: 'Power of a fully used host.' },
    carbon: { type: 'string', value: 'FILE', help: 'Parquet with timestamp and carbon_intensity (g/kWh).' },
  },
  examples: ['bench energy --data ./opendc --hosts 279', 'bench energy --data ./opendc --hosts 277 --power sqrt --carbon ./opendc/carbon_AU_2021-2024.parquet'],
  async run(values, _positionals, io) {
    if (values.data === undefined) throw new BadInput('bench energy needs --data DIR, the folder with tasks.parquet.');
    const model = MODELS.find((known) => known === values.power);
    if (model === undefined) throw new BadInput(`--power takes ${MODELS.join(', ')}, not "${values.power}".`);
    const hosts = wholeNumber('--hosts', values.hosts, { min: 1, max: 1_000_000 });
    const idleWatts = decimalNumber('--idle-watts', values['idle-watts'], { min: 0, max: 1e6 });
    const maxWatts = decimalNumber('--max-watts', values['max-watts'], { min: idleWatts, max: 1e6 });
    await io.json(await benchEnergy(values.data, { hosts, machine: { idleWatts, maxWatts, model }, carbonFile: values.carbon }));
    return EXIT.ok;
  },
});
