/** `bench cluster`: a simulated day of a whole cluster. Measures, asserts nothing. */
import { benchCluster, clusterGrowth } from '@/workers/bench/cluster';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { decimalNumber, wholeNumber } from '../numbers';

const machine = { nowSeconds: () => performance.now() / 1_000, peakRssMib: () => Math.round(process.resourceUsage().maxRSS / 1_024) };

export const command = defineCommand({
  about:
    'Simulates a made-up cluster: pods placed by the default profile, a horizontal autoscaler per workload, nodes that are added, drained and fail, and\nservices as flows. Prints {events, wallSeconds, simulatedPerWall, peakRssMib, stateHash, …}. Equal seeds give equal hashes.',
  positionals: { names: '', min: 0, max: 0 },
  options: {
    nodes: { type: 'string', value: 'N', default: '500', help: 'Nodes at the start; 30 % more may be added.' },
    pods: { type: 'string', value: 'M', default: '10000', help: 'Pods at the start.' },
    hours: { type: 'string', value: 'H', default: '24', help: 'Simulated hours.' },
    seed: { type: 'string', value: 'S', default: '1', help: 'Seed of cluster, load and failures.' },
    growth: { type: 'boolean', help: 'Instead: wall seconds per simulated hour at 100, 500, 2 000 and 5 000 nodes with twenty pods each.' },
  },
  examples: ['bench cluster', 'bench cluster --nodes 5000 --pods 100000 --hours 1', 'bench cluster --growth'],
  async run(values, _positionals, io) {
    const nodes = wholeNumber('--nodes', values.nodes, { min: 1, max: 50_000 });
    const pods = wholeNumber('--pods', values.pods, { min: 1, max: 1_000_000 });
    const hours = decimalNumber('--hours', values.hours, { min: 0.001, max: 8_784 });
    const seed = wholeNumber('--seed', values.seed, { min: 0, max: 2 ** 40 });
    await io.json(values.growth === true ? { growth: clusterGrowth(seed, machine) } : benchCluster(nodes, pods, hours, seed, machine));
    return EXIT.ok;
  },
});
