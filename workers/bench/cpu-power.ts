/** Watts per vCPU of every processor family, computed from SPECpower results and set against a published table. */
import { readdir } from 'node:fs/promises';
import { CPU_FAMILIES, familyOf, familyPower, type FamilyPower, type MeasuredServer } from '@/engine/cost';
import { BadInput } from '@/workers/cli/bad-input';
import { pathFromHere, readText } from '@/workers/cli/files';
import { csvRows, type CsvRow } from './csv-rows';

export type Published = Omit<FamilyPower, 'servers'>;

export type FamilyRow = FamilyPower & {
  readonly architecture: string;
  readonly published: Published;
  /** The largest of the three differences, as a share of the published figure. */
  readonly difference: number;
  /** Where the published figure came from other models: what the family's own give; null when none was measured. */
  readonly ownModels?: FamilyPower | null;
};

const RESULTS = { cpu: 'CPU Description', idleWatts: 'avg. watts @ active idle', maxWatts: 'avg. watts @ 100%', threads: 'Total Threads', chips: 'Chips', memoryGb: 'Total Memory (GB)' } as const;

export function cpuPower(servers: readonly MeasuredServer[], architecture: string, published: Published): FamilyRow {
  const family = familyOf(architecture);
  if (family === undefined) throw new BadInput(`"${architecture}" is not a known processor family; known are ${CPU_FAMILIES.map(({ name }) => name).join(', ')} and Graviton.`);
  const power = familyPower(servers, family.publishedModels ?? family.models);
  if (power === null) throw new BadInput(`No SPECpower result is of the family ${family.name}.`);
  const difference = Math.max(...(['idleWatts', 'maxWatts', 'gbPerChip'] as const).map((key) => Math.abs(power[key] - published[key]) / published[key]));
  return { architecture, ...power, published, difference, ...(family.publishedModels && { ownModels: familyPower(servers, family.models) }) };
}

export async function benchCpuPower(folder: string): Promise<readonly FamilyRow[]> {
  const results = `${folder}/${await latestResults(folder)}`;
  const servers = csvRows(await readText(results), results, Object.values(RESULTS)).map(measured);
  const table = `${folder}/coefficients-aws-use.csv`;
  return csvRows(await readText(table), table, ['Architecture', 'Min Watts', 'Max Watts', 'GB/Chip']).map((row) =>
    cpuPower(servers, row.text('Architecture'), { idleWatts: row.number('Min Watts'), maxWatts: row.number('Max Watts'), gbPerChip: row.number('GB/Chip') }),
  );
}

async function latestResults(folder: string): Promise<string> {
  const names = await readdir(pathFromHere(folder)).catch(() => []);
  const latest = names.filter((name) => /^SPECpower-\d{4}-\d{2}-\d{2}\.csv$/.test(name)).sort().at(-1);
  if (latest === undefined) throw new BadInput(`${folder} has no SPECpower-YYYY-MM-DD.csv.`);
  return latest;
}

function measured(row: CsvRow): MeasuredServer {
  const server = {
    cpu: row.text(RESULTS.cpu),
    idleWatts: row.number(RESULTS.idleWatts),
    maxWatts: row.number(RESULTS.maxWatts),
    threads: row.number(RESULTS.threads),
    chips: row.number(RESULTS.chips),
    memoryGb: row.number(RESULTS.memoryGb),
  };
  if (server.threads === 0 || server.chips === 0) throw new BadInput(`A SPECpower result of "${server.cpu}" has no threads or no chips.`);
  return server;
}
