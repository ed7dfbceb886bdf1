/** `compare`: two folders of runs against each other, by the statistics of `sweep`. */
import { compareRuns } from '@/engine/scenario';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { readRun } from '../run-folder';

export const command = defineCommand({
  about: 'Compares the runs that `simulate --out` wrote: key figures of both and the difference B − A. One run a side\ngives a difference without an interval (n = 1); name several folders a side, separated by commas, in the order of their seeds.',
  positionals: { names: 'RUN_A RUN_B', min: 2, max: 2 },
  options: {},
  examples: ['compare runs/before runs/after', 'compare runs/a1,runs/a2,runs/a3 runs/b1,runs/b2,runs/b3'],
  async run(_values, [a, b], io) {
    const sides = await Promise.all([a!, b!].map((side) => Promise.all(side.split(',').map(readRun))));
    const [first, second] = sides as [Awaited<ReturnType<typeof readRun>>[], Awaited<ReturnType<typeof readRun>>[]];
    const seeds = first.map((run) => run.seed);
    if (first.length !== second.length || seeds.some((seed, i) => second[i]!.seed !== seed)) throw new BadInput(`The runs are not paired: seeds ${seeds.join(', ')} against ${second.map((run) => run.seed).join(', ')}. Run both sides with the same seeds.`);
    await io.json(compareRuns([{ name: a!, kpis: first.map((run) => run.kpis) }, { name: b!, kpis: second.map((run) => run.kpis) }], seeds));
    return EXIT.ok;
  },
});
