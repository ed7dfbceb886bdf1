/** `twin mesh`: a mesh scenario, simulated and written as the laboratory would have recorded it. */
import { readScenario, writeTwinRuns } from '@/workers/mesh/twin-mesh';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { BadInput } from '../bad-input';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about:
    'Plays a mesh scenario (topology, settings, pings and events in the laboratory’s JSON) and writes what every router’s tables, the pings and the\ncounters show, as JSON lines in the format of the kernel recordings. With --runs each line carries its number in `run`,\nfrom 0.\nPrints {runs, records, events, wallSeconds}.',
  positionals: { names: 'SCENARIO.json', min: 1, max: 1 },
  options: {
    seed: { type: 'string', value: 'N', default: '1', help: 'Seed of the first run; the others follow.' },
    runs: { type: 'string', value: 'K', help: 'How many runs; without it one, whose lines carry no number.' },
    out: { type: 'string', value: 'OUT.jsonl[.gz]', help: 'Where the records go.' },
  },
  examples: ['twin mesh fixtures/mesh/ring-6-a.json --seed 7 --out ring.jsonl.gz', 'twin mesh fixtures/mesh/ring-6-a.json --seed 1 --runs 20 --out ring.jsonl'],
  async run(values, [file], io) {
    if (values.out === undefined) throw new BadInput('twin mesh needs --out OUT.jsonl[.gz].');
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 40 });
    const runs = values.runs === undefined ? undefined : wholeNumber('--runs', values.runs, { min: 1, max: 10_000 });
    await io.json(await writeTwinRuns(await readScenario(file!), values.out, { seed, runs, progress: io.progress }));
    return EXIT.ok;
  },
});
