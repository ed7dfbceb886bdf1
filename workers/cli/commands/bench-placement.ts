/** `bench placement`: a published placement experiment repeated with one policy and one seed. */
import { kubernetes } from '@/engine/twin';
import { benchPlacement } from '@/workers/bench/placement';
import { placementAgainst } from '@/workers/bench/placement-against';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumber, wholeNumberRange } from '../numbers';

export const command = defineCommand({
  about:
    'Places the pods of an openb workload (FGD, ATC 2023) on its GPU nodes until 130 % of the GPU capacity has been asked for, and prints\n{workload, policy, seed, allocation, arrived, placed}: allocation[p] is the % of GPU capacity allocated when p % has been asked for (0…130).\nWith --against all policies place all workloads of the published table: {arrivedPercent, seeds, rows:[{workload, policy, allocation, published, points, bar, within}], ordered}.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    data: { type: 'string', value: 'DIR', help: 'Folder with openb_node_list_gpu_node.csv and openb_pod_list_WORKLOAD.csv.' },
    workload: { type: 'string', value: 'NAME', default: 'default', help: 'Which pod list, such as default, cpu050, multigpu20.' },
    policy: { type: 'string', value: 'NAME', default: 'fgd', help: `One of ${kubernetes.PLACEMENT_POLICIES.join(', ')}.` },
    against: { type: 'string', value: 'FILE', help: 'published_allocation.csv: run every policy on every workload and compare.' },
    seeds: { type: 'string', value: 'A..B', default: '42..51', help: 'Seeds of --against, both ends included.' },
    seed: { type: 'string', value: 'S', default: '42', help: 'Seed of the order of nodes and pods, of re-draws and of random choices.' },
  },
  examples: ['bench placement --data ./openb --workload default --policy fgd --seed 42', 'bench placement --data ./openb --against ./openb/published_allocation.csv --seeds 42..51'],
  async run(values, _positionals, io) {
    if (values.data === undefined) throw new BadInput('bench placement needs --data DIR, the folder with the openb files.');
    if (values.against !== undefined) {
      const seeds = wholeNumberRange('--seeds', values.seeds, { min: 0, max: Number.MAX_SAFE_INTEGER, maxCount: 100 });
      await io.json(await placementAgainst({ folder: values.data, file: values.against, seeds, progress: io.progress }));
      return EXIT.ok;
    }
    if (!/^[\w.-]+$/.test(values.workload)) throw new BadInput(`--workload takes a name such as default, not "${values.workload}".`);
    const policy = kubernetes.PLACEMENT_POLICIES.find((known) => known === values.policy);
    if (policy === undefined) throw new BadInput(`--policy takes ${kubernetes.PLACEMENT_POLICIES.join(', ')}, not "${values.policy}".`);
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
    const run = await benchPlacement(values.data, values.workload, policy, seed);
    await io.json({ workload: values.workload, policy, seed, ...run });
    return EXIT.ok;
  },
});
