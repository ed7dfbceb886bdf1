import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placementAgainst } from './placement-against';

const HEAD = 'workload,policy,arrived_pct,allocation_pct_mean,allocation_pct_sd,seeds';

async function folder(published: readonly string[]) {
  const dir = await mkdtemp(join(tmpdir(), 'orrery-placement-'));
  await writeFile(join(dir, 'openb_node_list_gpu_node.csv'), 'sn,cpu_milli,memory_mib,gpu,model\na,64000,262144,8,P100\nb,32000,131072,4,T4\nc,16000,65536,2,T4\n');
  await writeFile(join(dir, 'openb_pod_list_small.csv'), 'cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\n2000,1024,1,500,\n4000,2048,1,250,T4\n8000,4096,2,1000,\n4000,1024,1,1000,\n6000,1024,0,0,\n');
  await writeFile(join(dir, 'published.csv'), `${[HEAD, ...published].join('\n')}\n`);
  return { folder: dir, file: join(dir, 'published.csv'), seeds: [1, 2], progress: () => undefined };
}

test('every policy is compared at the last percentage of the table; our own has nothing to be compared with', async () => {
  const result = await placementAgainst(await folder(['small,06-FGD,100,50,0.1,10', 'small,06-FGD,130,90,0.1,10', 'small,01-Random,130,89,0.1,10']));
  expect(result.arrivedPercent).toBe(130);
  const fgd = result.rows.find(({ policy }) => policy === 'fgd')!;
  expect(fgd.points).toBeCloseTo(fgd.allocation - 90, 3);
  expect(fgd.within).toBe(Math.abs(fgd.points!) <= 1);
  expect(result.rows.find(({ policy }) => policy === 'fragmentation-fit')).toMatchObject({ published: null, points: null, within: null });
});

test('policies that the table tells apart and that come out the other way are named; those within its noise are not', async () => {
  const clear = await placementAgainst(await folder(['small,06-FGD,130,10,0.1,10', 'small,01-Random,130,99,0.1,10']));
  const ours = (name: string) => clear.rows.find(({ policy }) => policy === name)!.allocation;
  expect(clear.ordered).toEqual([{ workload: 'small', kept: !(ours('fgd') > ours('random')), swapped: ours('fgd') > ours('random') ? ['fgd above random'] : [] }]);
  const noise = await placementAgainst(await folder(['small,06-FGD,130,90,5,10', 'small,01-Random,130,90.01,5,10']));
  expect(noise.ordered).toEqual([{ workload: 'small', kept: true, swapped: [] }]);
});

test('a table without a column is refused by its name', async () => {
  const options = await folder([]);
  await writeFile(options.file, 'workload,policy\nsmall,06-FGD\n');
  await expect(placementAgainst(options)).rejects.toThrow(/arrived_pct/);
});
