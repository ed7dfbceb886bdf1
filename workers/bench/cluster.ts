/** How fast a whole cluster is simulated: control plane, services as flows, autoscalers of pods and nodes, failing nodes. */
import { cluster } from '@/engine/twin';
import { benchClusterSpec } from './cluster-spec';

export type ClusterBench = cluster.ClusterReport & { readonly events: number; readonly wallSeconds: number; readonly simulatedPerWall: number; readonly peakRssMib: number; readonly stateHash: string };

export function benchCluster(nodes: number, pods: number, hours: number, seed: number, machine: { readonly nowSeconds: () => number; readonly peakRssMib: () => number }): ClusterBench {
  const began = machine.nowSeconds();
  const run = cluster.compileCluster(benchClusterSpec(nodes, pods, seed), seed);
  cluster.advanceCluster(run, hours * 3_600);
  const wallSeconds = machine.nowSeconds() - began;
  return { events: run.events, wallSeconds, simulatedPerWall: (hours * 3_600) / wallSeconds, peakRssMib: machine.peakRssMib(), stateHash: cluster.clusterHash(run), ...cluster.reportCluster(run) };
}

/** Wall seconds of one simulated hour at several sizes, twenty pods a node. */
export function clusterGrowth(seed: number, machine: { readonly nowSeconds: () => number; readonly peakRssMib: () => number }): readonly { readonly nodes: number; readonly pods: number; readonly wallSecondsPerHour: number; readonly peakRssMib: number }[] {
  return [100, 500, 2_000, 5_000].map((nodes) => {
    const { wallSeconds, peakRssMib } = benchCluster(nodes, nodes * 20, 1, seed, machine);
    return { nodes, pods: nodes * 20, wallSecondsPerHour: wallSeconds, peakRssMib };
  });
}
