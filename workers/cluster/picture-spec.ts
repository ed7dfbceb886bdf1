/**
 * A made-up cluster to look at: four pools over three zones, and workloads of very different sizes (the k-th largest has
 * about 1/k of the largest one's pods, as services in large fleets do). Machines fit the number of pods and pods fit the
 * machines, so that about two thirds of the CPU is requested at every size; a tenth of the slots is room to grow.
 */
import { nextBelow, nextUnit, randomStream } from '@/engine/kernel';
import type { cluster } from '@/engine/twin';
import type { ClusterSize } from '../cluster-api';

const POOLS = [
  { name: 'general', share: 0.6, cpuFactor: 1, memoryMibPerCore: 4_096, usdPerCoreHour: 0.048 },
  { name: 'compute', share: 0.2, cpuFactor: 2, memoryMibPerCore: 2_048, usdPerCoreHour: 0.042 },
  { name: 'memory', share: 0.1, cpuFactor: 1, memoryMibPerCore: 8_192, usdPerCoreHour: 0.063 },
  { name: 'spot', share: 0.1, cpuFactor: 1, memoryMibPerCore: 4_096, usdPerCoreHour: 0.015 },
] as const;
const ZONES = ['a', 'b', 'c'];
const REQUESTED_SHARE = 0.66;
const ROOM_TO_GROW = 1.1;
/** Whole cores a machine may have. */
const CORES = [2, 4, 8, 16, 32, 64, 96] as const;
const CPU_MILLICORES = [100, 200, 250, 500, 1_000] as const;
const MEMORY_MIB_PER_MILLICORE = [1, 2, 2, 4] as const;
const JOBS = ['checkout', 'search', 'catalog', 'cart', 'ledger', 'ingest', 'render', 'session', 'mailer', 'router', 'profile', 'index', 'feed', 'quota', 'billing', 'export'] as const;
const KINDS = ['api', 'worker', 'cache', 'gateway', 'sync', 'batch'] as const;
const WORKLOADS_MAX = 240;
const NODE_FAILURE_HOURS = 1_000;

/** Pods of each workload, largest first; they sum to `pods`. */
function sizesOf(pods: number): number[] {
  const count = Math.max(1, Math.min(WORKLOADS_MAX, Math.floor(pods / 8)));
  const weights = Array.from({ length: count }, (_, i) => 1 / (i + 4));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const sizes = weights.map((weight) => Math.max(1, Math.floor((pods * weight) / sum)));
  sizes[0] = sizes[0]! + pods - sizes.reduce((total, size) => total + size, 0);
  return sizes;
}

function workloadOf(replicas: number, i: number, cpuMillicores: number, random: ReturnType<typeof randomStream>): cluster.WorkloadSpec {
  const cpuMsPerRequest = 2 + 20 * nextUnit(random);
  const job = JOBS[i % JOBS.length]!;
  const kind = KINDS[Math.floor(i / JOBS.length) % KINDS.length]!;
  const round = Math.floor(i / (JOBS.length * KINDS.length));
  return {
    name: round === 0 ? `${job}-${kind}` : `${job}-${kind}-${round + 1}`,
    replicas,
    cpuMillicores,
    memoryMib: cpuMillicores * MEMORY_MIB_PER_MILLICORE[nextBelow(random, MEMORY_MIB_PER_MILLICORE.length)]!,
    imageMib: 40 + nextBelow(random, 400),
    startSeconds: 2 + 20 * nextUnit(random),
    stopSeconds: 5,
    cpuMsPerRequest,
    load: { meanRps: (replicas * cpuMillicores * 0.6) / cpuMsPerRequest / (1 - 0.3), dayAmplitude: 0.3, peakHour: 12 + 4 * nextUnit(random), noise: 0.03 },
    ...(nextBelow(random, 3) === 0 ? {} : { hpa: { min: Math.ceil(replicas / 2), max: replicas * 2, utilizationPercent: 60 } }),
    maxUnavailable: Math.max(1, Math.floor(replicas / 5)),
  };
}

export function pictureClusterSpec({ nodes, pods }: ClusterSize, seed: number): cluster.ClusterSpec {
  const random = randomStream(seed, 'picture-cluster');
  const sizes = sizesOf(pods).map((replicas) => ({ replicas, millicores: CPU_MILLICORES[nextBelow(random, CPU_MILLICORES.length)]! }));
  const asked = sizes.reduce((sum, { replicas, millicores }) => sum + replicas * millicores, 0);
  const coresPerNode = POOLS.reduce((sum, { share, cpuFactor }) => sum + share * cpuFactor, 0);
  const aimed = asked / 1_000 / nodes / coresPerNode / REQUESTED_SHARE;
  const cores = CORES.find((each) => each >= 0.8 * aimed) ?? CORES.at(-1)!;
  const fitted = (millicores: number) => Math.max(10, Math.round((millicores * cores) / aimed / 10) * 10);
  const workloads = sizes.map(({ replicas, millicores }, i) => workloadOf(replicas, i, fitted(millicores), random));
  let left = nodes;
  const pools = POOLS.map(({ name, share, cpuFactor, memoryMibPerCore, usdPerCoreHour }, i): cluster.NodePoolSpec => {
    const count = i === POOLS.length - 1 ? left : Math.round(nodes * share);
    left -= count;
    const own = cores * cpuFactor;
    return { name, zones: ZONES, count, countMax: Math.max(1, Math.ceil(count * ROOM_TO_GROW)), cpuMillicores: own * 1_000, memoryMib: own * memoryMibPerCore, podsMax: 110, usdPerHour: own * usdPerCoreHour, bootSeconds: 75 };
  });
  return { pools, workloads, autoscalesNodes: true, nodeFailureHours: NODE_FAILURE_HOURS };
}
