/** A made-up cluster for measuring: one pool over three zones, workloads of twenty pods on average with days of their own. */
import { nextBelow, nextUnit, randomStream } from '@/engine/kernel';
import type { cluster } from '@/engine/twin';

const PODS_PER_WORKLOAD = 20;
const CPU_MILLICORES = [100, 200, 250, 500, 750] as const;

export function benchClusterSpec(nodes: number, pods: number, seed: number): cluster.ClusterSpec {
  const random = randomStream(seed, 'bench-cluster');
  const count = Math.max(1, Math.round(pods / PODS_PER_WORKLOAD));
  const workloads = Array.from({ length: count }, (_, i): cluster.WorkloadSpec => {
    const replicas = i === count - 1 ? Math.max(1, pods - (count - 1) * PODS_PER_WORKLOAD) : PODS_PER_WORKLOAD;
    const cpuMillicores = CPU_MILLICORES[nextBelow(random, CPU_MILLICORES.length)]!;
    const cpuMsPerRequest = 2 + 20 * nextUnit(random);
    const rpsAtTarget = (replicas * cpuMillicores * 0.6) / cpuMsPerRequest;
    return {
      name: `app-${i}`,
      replicas,
      cpuMillicores,
      memoryMib: 128 * (1 + nextBelow(random, 8)),
      imageMib: 40 + nextBelow(random, 400),
      startSeconds: 2 + 20 * nextUnit(random),
      stopSeconds: 5,
      cpuMsPerRequest,
      load: { meanRps: rpsAtTarget, dayAmplitude: 0.2 + 0.4 * nextUnit(random), peakHour: 12 + 4 * nextUnit(random), noise: 0.03 },
      ...(nextBelow(random, 4) === 0 ? {} : { hpa: { min: Math.ceil(replicas / 4), max: replicas * 3, utilizationPercent: 60 } }),
      maxUnavailable: Math.max(1, Math.floor(replicas / 5)),
    };
  });
  const pool: cluster.NodePoolSpec = { name: 'general', zones: ['a', 'b', 'c'], count: nodes, countMax: Math.ceil(nodes * 1.3), cpuMillicores: 16_000, memoryMib: 65_536, podsMax: 110, usdPerHour: 0.768, bootSeconds: 75 };
  return { pools: [pool], workloads, autoscalesNodes: true, nodeFailureHours: 4_000 };
}
