/** `forecast`: any number of series in, means and prediction intervals out. */
import { detectSeasons, forecastSeries } from '@/engine/forecast';
import { forecastCsvHeader, forecastCsvRows, parseSeriesCsv } from '@/workers/forecast/series-csv';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { readText } from '../files';
import { decimalNumber, wholeNumber } from '../numbers';

export const command = defineCommand({
  about:
    'Reads a CSV with the columns series,step,value (any number of series, gaps allowed) and writes series,h,mean and one pair of columns per level, as in lo80,hi80. ' +
    'Every candidate model is backtested on each series; intervals come from the residuals of that backtest. A bound that the history is too short for is left empty.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    input: { type: 'string', value: 'FILE', help: 'CSV file, gzip by name.' },
    horizon: { type: 'string', value: 'H', help: 'Steps to forecast.' },
    season: { type: 'string', value: 'N,N', help: 'Season lengths in steps, or none. Found from each series when left out.' },
    levels: { type: 'string', value: 'P,P', help: 'Levels of the prediction intervals in per cent.', default: '80,95' },
  },
  examples: ['forecast --input demand.csv --horizon 48 --season 24,168 --levels 80,95'],
  async run({ input, horizon, season, levels }, _, io) {
    if (input === undefined || horizon === undefined) throw new BadInput('forecast needs --input FILE and --horizon H.');
    const steps = wholeNumber('--horizon', horizon, { min: 1, max: 10_000 });
    const shares = levels.split(',').map((level) => decimalNumber('--levels', level, { min: 1, max: 99.9 }) / 100);
    const seasons = season === undefined ? null : season === 'none' ? [] : season.split(',').map((length) => wholeNumber('--season', length, { min: 1, max: 100_000 }));
    const table = parseSeriesCsv(await readText(input));
    if (!table.ok) throw new BadInput(table.error.map(({ line, message }) => `${input}, line ${line}: ${message}.`));
    const { duplicates, emptyValues } = table.value;
    if (duplicates + emptyValues > 0) io.progress(`${emptyValues} empty values count as gaps, ${duplicates} repeated steps: the last one counts.`);
    await io.text(forecastCsvHeader(shares));
    const chosen = new Map<string, number>();
    const refused: string[] = [];
    for (const [i, { name, values }] of table.value.series.entries()) {
      const made = forecastOne(values, { horizon: steps, levels: shares, seasons });
      if (made.ok) {
        await io.text(forecastCsvRows(name, made.value.forecast));
        chosen.set(made.value.chosen, (chosen.get(made.value.chosen) ?? 0) + 1);
      } else refused.push(...made.error.map(({ message, suggestion }) => `Series "${name}" has no forecast: ${message}. ${suggestion}`));
      if ((i + 1) % 20 === 0) io.progress(`${i + 1} of ${table.value.series.length} series.`);
    }
    io.progress(`Models chosen: ${[...chosen].map(([model, count]) => `${model} ${count}`).join(', ')}.`);
    if (refused.length > 0) throw new BadInput(refused);
    return EXIT.ok;
  },
});

function forecastOne(values: readonly (number | null)[], { seasons, ...options }: { horizon: number; levels: readonly number[]; seasons: readonly number[] | null }) {
  const neverNegative = values.every((value) => value === null || value >= 0);
  return forecastSeries({ values, ...options, seasons: seasons ?? detectSeasons(Float64Array.from(values, (value) => value ?? NaN)), floor: neverNegative ? 0 : undefined });
}
