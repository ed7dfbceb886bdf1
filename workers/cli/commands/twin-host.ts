/** `twin host`: a record or scenario of the host laboratory, simulated and summarised as the laboratory summarises. */
import { writeHostTwin } from '@/workers/host/twin-host';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { BadInput } from '../bad-input';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about:
    'Plays a host record (its scenario, host facts, probe and the input columns of the files beside it; nothing measured is read) or one scenario of\na list on the twin of a Linux host, and writes {id, runs:[…]} whose entries have the keys of the record’s runs. With several runs each entry\ncarries its number in `run`. Prints {id, experiment, runs, entries, wallSeconds}.',
  positionals: { names: 'RECORD.json|SCENARIOS.json#ID', min: 1, max: 1 },
  options: {
    seed: { type: 'string', value: 'N', default: '1', help: 'Seed of the first run; the others follow.' },
    runs: { type: 'string', value: 'K', default: '1', help: 'How many runs.' },
    cpu: { type: 'string', value: 'MODE', default: 'exact', help: 'exact: every scheduling decision; fair: CPUs as a fluid (experiments A and B only, nothing is drawn).' },
    out: { type: 'string', value: 'OUT.json[.gz]', help: 'Where the runs go.' },
  },
  examples: ['twin host fixtures/host/D01.json --seed 7 --out d01.json', 'twin host fixtures/host/scenarios.json#D06 --seed 1 --runs 5 --out d06.json'],
  async run(values, [argument], io) {
    if (values.out === undefined) throw new BadInput('twin host needs --out OUT.json[.gz].');
    if (values.cpu !== 'exact' && values.cpu !== 'fair') throw new BadInput(`--cpu takes exact or fair, not "${values.cpu}".`);
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 30 });
    const runs = wholeNumber('--runs', values.runs, { min: 1, max: 1_000 });
    await io.json(await writeHostTwin(argument!, values.out, { seed, runs, fast: values.cpu === 'fair', progress: io.progress }));
    return EXIT.ok;
  },
});
