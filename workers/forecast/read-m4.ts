/** The M4 hourly series from a folder as the competition published them: train*.csv and test*.csv, gzip by name. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInput } from '../cli/bad-input';
import { pathFromHere, readText } from '../cli/files';
import { M4_HORIZON, parseM4, type M4Series } from './m4-bench';

/** Every `every`-th series of the test part. */
export async function readM4(folder: string, every = 1): Promise<M4Series[]> {
  const train = parseM4(await fileStartingWith(folder, 'train'));
  const test = parseM4(await fileStartingWith(folder, 'test'));
  return [...test].filter((_, i) => i % every === 0).map(([id, values]) => ({ id, train: train.get(id) ?? [], test: values.slice(0, M4_HORIZON) }));
}

async function fileStartingWith(folder: string, start: string): Promise<string> {
  const names = await readdir(pathFromHere(folder)).catch(() => {
    throw new BadInput(`${folder} is not a folder that can be read.`);
  });
  const name = names.sort().find((candidate) => candidate.startsWith(start) && /\.csv(\.gz)?$/.test(candidate));
  if (name === undefined) throw new BadInput(`${folder} holds no ${start}*.csv or ${start}*.csv.gz.`);
  return readText(join(folder, name));
}
