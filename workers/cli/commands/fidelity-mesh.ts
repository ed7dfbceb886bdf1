/** `fidelity mesh`: the twin of the mesh against recordings of real kernels. */
import { isMet, type Measure } from '@/engine/twin';
import { fidelitySummary, meshFidelity } from '@/workers/mesh/fidelity-mesh';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { writeBytes } from '../files';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about: 'Plays the scenario of every mesh recording (*.jsonl.gz) in a folder and compares what the twin shows with what was recorded.\nPrints a table; the last column is what further runs of the twin itself reach when they are taken for recordings, which is all that chance allows.\nExits 1 when a bar is missed that the twin itself would meet.',
  positionals: { names: 'DIR', min: 1, max: 1 },
  options: {
    runs: { type: 'string', value: 'K', default: '20', help: 'Simulated runs per recording.' },
    seed: { type: 'string', value: 'N', default: '1', help: 'Seed of the first run; the others follow.' },
    only: { type: 'string', value: 'TEXT', help: 'Only recordings whose name contains this.' },
    misses: { type: 'boolean', help: 'Lists what was out of its band.' },
    summary: { type: 'string', value: 'FILE', help: 'Also writes the overall table with its date as JSON, as the workbench shows it beside the mesh.' },
    json: { type: 'boolean', help: 'Prints one JSON object instead of a table.' },
  },
  examples: ['fidelity mesh recordings/mesh', 'fidelity mesh recordings/mesh --only ring --misses', 'fidelity mesh recordings/mesh --json'],
  async run(values, [folder], io) {
    const runs = wholeNumber('--runs', values.runs, { min: 5, max: 1_000 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 40 });
    const fidelity = await meshFidelity(folder!, { runs, seed, only: values.only, progress: io.progress });
    if (values.summary !== undefined) await writeBytes(values.summary, `${JSON.stringify(fidelitySummary(fidelity, new Date()), null, 1)}\n`);
    if (values.json) await io.json(fidelity);
    else {
      for (const { recording, measures, chance } of fidelity.recordings) await io.text(`${recording}\n${tableOf(measures, chance, values.misses === true)}\n`);
      await io.text(`all recordings, ${runs} runs each\n${tableOf(fidelity.overall, fidelity.chance, false)}`);
    }
    return fidelity.overall.every((measure) => isReached(measure, fidelity.chance)) ? EXIT.ok : EXIT.assertionFailed;
  },
});

/** A bar above what chance allows cannot be met by any twin. */
const isReached = (measure: Measure, chance: readonly Measure[]) => isMet(measure) || shareOf(measure) >= shareOf(chance.find((c) => c.name === measure.name)) - CHANCE_MARGIN;
const CHANCE_MARGIN = 0.02;
const shareOf = (measure: Measure | undefined) => (measure === undefined ? 1 : measure.held / measure.total);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function tableOf(measures: readonly Measure[], chance: readonly Measure[], withMisses: boolean): string {
  return measures
    .map((measure) => {
      const verdict = isMet(measure) ? 'met   ' : isReached(measure, chance) ? 'chance' : 'missed';
      const other = chance.find((c) => c.name === measure.name);
      const line = `  ${verdict}  ${measure.name.padEnd(40)} ${String(measure.held).padStart(6)} of ${String(measure.total).padStart(6)} ${measure.unit.padEnd(16)} ${percent(shareOf(measure)).padStart(8)}  bar ${100 * measure.bar} %${other === undefined ? '' : `, twin itself ${percent(shareOf(other))}`}\n`;
      const misses = withMisses ? measure.misses.map((miss) => `            ${miss.what}: recorded ${shown(miss.recorded)}, twin ${shown(miss.lower)} … ${shown(miss.upper)}\n`) : [];
      return line + misses.join('');
    })
    .join('');
}

const shown = (x: number) => (Number.isFinite(x) ? String(Math.round(x * 1_000) / 1_000) : x === Infinity ? 'never' : '–');
