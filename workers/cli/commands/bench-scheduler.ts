/** `bench scheduler`: placements per second with the default Kubernetes profile. Measures, asserts nothing. */
import { kubernetes } from '@/engine/twin';
import { benchScheduler } from '@/workers/bench/scheduler';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { wholeNumber } from '../numbers';

export const command = defineCommand({
  about:
    'Places pods of forty made-up deployments on a made-up cluster with all filters and scores of the default profile, one by one, and prints\n{placed, unschedulable, wallSeconds, placementsPerSecond, placementHash}. The hash names the placements: equal seeds give equal hashes.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    nodes: { type: 'string', value: 'N', default: '1000', help: 'Nodes of the cluster.' },
    pods: { type: 'string', value: 'M', default: '20000', help: 'Pods to place.' },
    seed: { type: 'string', value: 'S', default: '1', help: 'Seed of cluster, pods and ties.' },
    kubernetes: { type: 'string', value: 'VERSION', default: kubernetes.DEFAULT_KUBERNETES_VERSION, help: `Rules of this release: ${kubernetes.KUBERNETES_VERSIONS.join(', ')}.` },
  },
  examples: ['bench scheduler', 'bench scheduler --nodes 5000 --pods 100000 --seed 7'],
  async run(values, _positionals, io) {
    const nodes = wholeNumber('--nodes', values.nodes, { min: 1, max: 100_000 });
    const pods = wholeNumber('--pods', values.pods, { min: 1, max: 10_000_000 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
    const version = kubernetes.KUBERNETES_VERSIONS.find((known) => known === values.kubernetes);
    if (version === undefined) throw new BadInput(`--kubernetes takes ${kubernetes.KUBERNETES_VERSIONS.join(', ')}, not "${values.kubernetes}".`);
    await io.json(benchScheduler(nodes, pods, seed, version, () => performance.now() / 1_000));
    return EXIT.ok;
  },
});
