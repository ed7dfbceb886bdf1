/** `fidelity mesh`: the twin of the mesh against recordings of real kernels. */
import { isMet, type Measure } from '@/engine/twin';
import { meshFidelity } from '@/workers/mesh/fidelity-mesh';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about: 'Plays the scenario of every mesh recording (*.jsonl.gz) in a folder and compares what the twin shows with what was recorded.\nPrints a table; exits 1 when a bar is missed.',
  positionals: { names: 'DIR', min: 1, max: 1 },
  options: {
    runs: { type: 'string', value: 'K', default: '20', help: 'Simulated runs per recording.' },
    seed: { type: 'string', value: 'N', default: '1', help: 'Seed of the first run; the others follow.' },
    only: { type: 'string', value: 'TEXT', help: 'Only recordings whose name contains this.' },
    misses: { type: 'boolean', help: 'Lists what was out of its band.' },
    json: { type: 'boolean', help: 'Prints one JSON object instead of a table.' },
  },
  examples: ['fidelity mesh recordings/mesh', 'fidelity mesh recordings/mesh --only ring --misses', 'fidelity mesh recordings/mesh --json'],
  async run(values, [folder], io) {
    const runs = wholeNumber('--runs', values.runs, { min: 5, max: 1_000 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 40 });
    const fidelity = await meshFidelity(folder!, { runs, seed, only: values.only, progress: io.progress });
    if (values.json) await io.json(fidelity);
    else {
      for (const { recording, measures } of fidelity.recordings) await io.text(`${recording}\n${tableOf(measures, values.misses === true)}\n`);
      await io.text(`all recordings, ${runs} runs each\n${tableOf(fidelity.overall, false)}`);
    }
    return fidelity.overall.every(isMet) ? EXIT.ok : EXIT.assertionFailed;
  },
});

function tableOf(measures: readonly Measure[], withMisses: boolean): string {
  return measures
    .map((measure) => {
      const share = ((100 * measure.held) / measure.total).toFixed(1);
      const line = `  ${isMet(measure) ? 'met   ' : 'missed'}  ${measure.name.padEnd(44)} ${String(measure.held).padStart(6)} of ${String(measure.total).padStart(6)} ${measure.unit} (${share} %, bar ${100 * measure.bar} %)\n`;
      const misses = withMisses ? measure.misses.map((miss) => `            ${miss.what}: recorded ${shown(miss.recorded)}, twin ${shown(miss.lower)} … ${shown(miss.upper)}\n`) : [];
      return line + misses.join('');
    })
    .join('');
}

const shown = (x: number) => (Number.isFinite(x) ? String(Math.round(x * 1_000) / 1_000) : x === Infinity ? 'never' : '–');
