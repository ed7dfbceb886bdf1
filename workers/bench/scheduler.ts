/** How many pods a second the scheduler places with the default profile: every filter, every score. */
import { randomStream } from '@/engine/kernel';
import { kubernetes } from '@/engine/twin';
import { benchCluster } from './scheduler-cluster';

export type SchedulerBench = { readonly placed: number; readonly unschedulable: number; readonly wallSeconds: number; readonly placementsPerSecond: number; readonly placementHash: number };

export function benchScheduler(nodeCount: number, podCount: number, seed: number, version: kubernetes.KubernetesVersion, nowSeconds: () => number): SchedulerBench {
  const cluster = benchCluster(nodeCount, seed);
  const scheduler = kubernetes.fastScheduler({ nodes: cluster.nodes, pods: [], selectors: cluster.selectors }, kubernetes.defaultProfile(version));
  const random = randomStream(seed, 'scheduler-ties');
  let placed = 0;
  let placementHash = 0;
  const started = nowSeconds();
  for (let i = 0; i < podCount; i += 1) {
    const node = kubernetes.placePod(scheduler, cluster.pod(i), random);
    if (node >= 0) placed += 1;
    placementHash = (Math.imul(placementHash, 31) + node) | 0;
  }
  const wallSeconds = nowSeconds() - started;
  return { placed, unschedulable: podCount - placed, wallSeconds, placementsPerSecond: Math.round(podCount / wallSeconds), placementHash: placementHash >>> 0 };
}
