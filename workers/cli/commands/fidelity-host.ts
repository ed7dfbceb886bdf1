/** `fidelity host`: the twin of a host against records of a real one, and against the textbook. */
import { os } from '@/engine/twin';
import { hostFidelity, hostFidelitySummary, type HostFidelity } from '@/workers/host/fidelity-host';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { writeBytes } from '../files';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about:
    'Plays every host record of a folder and compares accepted repeats with what the twin and the textbook predict. A value holds when it is within\nthe larger of the repeats’ own spread and its tolerance (CPU 0.01 cores, throttling 5 %, OOM kills exact and in time to 0.3 s + 3 %, throughput 2 %,\nlatency mean 5 %, p50 7 %, p95 and p99 10 %, half as much again from 0.95 load, start-up 15 %). Exits 1 when an experiment has less than 90 % of\nits values within, or a median error above 0.8 of the textbook’s.',
  positionals: { names: 'DIR', min: 1, max: 1 },
  options: {
    runs: { type: 'string', value: 'K', default: '1', help: 'Simulated runs per record; their median counts.' },
    seed: { type: 'string', value: 'N', default: '1', help: 'Seed of the first run; the others follow.' },
    only: { type: 'string', value: 'TEXT', help: 'Only records whose path contains this.' },
    values: { type: 'boolean', help: 'Lists every value: measured, twin, textbook, spread.' },
    summary: { type: 'string', value: 'FILE', help: 'Also writes one line per experiment with the date as JSON, as the workbench shows it beside a host.' },
    json: { type: 'boolean', help: 'Prints one JSON object instead of tables.' },
  },
  examples: ['fidelity host recordings/os', 'fidelity host recordings --only D0 --values', 'fidelity host recordings --json'],
  async run(values, [folder], io) {
    const runs = wholeNumber('--runs', values.runs, { min: 1, max: 1_000 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 30 });
    const fidelity = await hostFidelity(folder!, { runs, seed, only: values.only, progress: io.progress });
    if (values.summary !== undefined) await writeBytes(values.summary, `${JSON.stringify(hostFidelitySummary(fidelity, runs, new Date()), null, 1)}\n`);
    if (values.json) await io.json(fidelity);
    else {
      if (values.values) await io.text(valueTable(fidelity));
      await io.text(experimentTable(fidelity));
    }
    return fidelity.experiments.every(os.isExperimentMet) ? EXIT.ok : EXIT.assertionFailed;
  },
});

const percent = (part: number, whole: number) => `${whole === 0 ? '–' : ((100 * part) / whole).toFixed(1)} %`.padStart(8);
const shown = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? '–' : Number.isFinite(value) ? String(Math.round(value * 1_000) / 1_000) : 'never').padStart(11);

function valueTable({ records }: HostFidelity): string {
  const head = `  ${'value'.padEnd(38)}${['measured', 'twin', 'textbook', 'spread', 'tolerance'].map((name) => name.padStart(11)).join('')}\n`;
  return records.map(({ record, values }) => `${record}\n${head}${values.map((value) => `  ${`r${value.rep} ${value.key}`.padEnd(38)}${[value.measured, value.twin, value.textbook, value.spread, value.tolerance].map(shown).join('')}${value.within ? '' : '  outside'}\n`).join('')}`).join('');
}

function experimentTable({ experiments, records, skipped }: HostFidelity): string {
  const lines = experiments.map((one) => {
    const head = `${one.experiment}  ${os.isExperimentMet(one) ? 'met   ' : 'missed'} ${String(one.within).padStart(5)} of ${String(one.values).padStart(5)} within ${percent(one.within, one.values)}, by tolerance alone ${percent(one.withinTolerance, one.values)}; median error ${shown(one.twinError).trim()} tolerances, textbook ${shown(one.textbookError).trim()}, ratio ${shown(one.ratio).trim()}, by relative errors ${shown(one.relativeRatio).trim()}\n`;
    const parts = one.parts.map(({ part, within, values, ratio }) => `     ${part.padEnd(14)}${String(within).padStart(3)} of ${String(values).padStart(5)} ${percent(within, values)}  ratio ${shown(ratio).trim()}\n`);
    const kinds = one.kinds.map((kind) => `     ${kind.kind.padEnd(12)}${String(kind.within).padStart(5)} of ${String(kind.values).padStart(5)} ${percent(kind.within, kind.values)}  median error ${errorText(kind.kind, kind.medianError)}${kind.comparable === 0 ? '' : `; where the textbook predicts (${kind.comparable}): twin ${errorText(kind.kind, kind.twinError)}, textbook ${errorText(kind.kind, kind.textbookError)}`}\n`);
    return head + parts.join('') + kinds.join('');
  });
  const refused = records.reduce((sum, record) => sum + record.refusedRuns, 0);
  const notes = [...(refused === 0 ? [] : [`${refused} runs were left out: something else ran on the machine while they were recorded.\n`]), ...skipped.map(({ file, why }) => `skipped ${file}: ${why}\n`)];
  return lines.join('') + notes.join('');
}

const errorText = (kind: string, error: number) => (kind === 'cpu' ? `${error.toFixed(4)} cores` : kind === 'oom' ? String(error) : `${(100 * error).toFixed(2)} %`);
