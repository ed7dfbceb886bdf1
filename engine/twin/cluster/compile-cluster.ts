/** A cluster at time 0: the nodes of every pool up, every workload at its size, placed by the scheduler and ready. */
import { eventQueue, nextExponential, nextUnit, quantileSketch, randomStream, schedule, timeUs, US_PER_HOUR, US_PER_SECOND } from '@/engine/kernel';
import type { Node } from '../infra/kubernetes/api/node';
import { fastScheduler } from '../infra/kubernetes/scheduling/fast/fast-scheduler';
import { AUTOSCALER_SECONDS, FLOW_SECONDS, HPA_SECONDS } from './cluster-clock';
import { ClusterEvent } from './cluster-event';
import { imageWords, NodePhase, PodPhase, type ClusterRun, type Workload } from './cluster-run';
import type { ClusterSpec, NodePoolSpec, WorkloadSpec } from './cluster-spec';
import { closeNode } from './open-node';
import { addPod, placePending, podReady } from './pod-life';

const MIB = 1_048_576;
const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';
/** What the system and the kubelet keep for themselves. */
const RESERVED_MILLICORES = 80;
const RESERVED_MIB = 356;

export function compileCluster(spec: ClusterSpec, seed: number): ClusterRun {
  const poolOf = spec.pools.flatMap((pool, i) => Array.from({ length: pool.countMax }, () => i));
  const nodes = spec.pools.flatMap((pool) => Array.from({ length: pool.countMax }, (_, i) => nodeOf(pool, i)));
  const workloads = spec.workloads.map((workload, i) => compileWorkload(workload, i, seed));
  const selectors = spec.workloads.map(({ name }) => ({ kind: 'Service', name, namespace: 'default', selector: { matchLabels: { app: name } } }));
  const size = Math.max(64, spec.workloads.reduce((sum, { replicas }) => sum + replicas, 0) * 2);
  const run: ClusterRun = {
    spec,
    pools: spec.pools,
    queue: eventQueue(),
    events: 0,
    scheduler: fastScheduler({ nodes, pods: [], selectors }),
    nodes: {
      pool: Int32Array.from(poolOf),
      phase: new Uint8Array(nodes.length),
      life: new Int32Array(nodes.length),
      unneededSinceUs: new Float64Array(nodes.length).fill(-1),
      pods: nodes.map(() => []),
      images: new Uint32Array(nodes.length * imageWords(workloads.length)),
    },
    pods: { used: 0, freeSlots: [], workload: new Int32Array(size), node: new Int32Array(size), phase: new Uint8Array(size), life: new Int32Array(size), sinceUs: new Float64Array(size) },
    workloads,
    pending: [],
    tryAgain: false,
    scheduling: false,
    random: randomStream(seed, 'cluster'),
    lastNodeAddedUs: -Infinity,
    lastNodeRemovedUs: -Infinity,
    lastFlowUs: 0,
    totals: { requests: 0, failed: 0, latency: quantileSketch(), usd: 0, nodeSeconds: 0, podSeconds: 0, pendingPodSeconds: 0, cpuCoreSeconds: 0, scaleUps: 0, scaleDowns: 0, nodesAdded: 0, nodesRemoved: 0, nodesFailed: 0, placed: 0, evicted: 0 },
  };
  openPools(run);
  startWorkloads(run);
  startClocks(run);
  return run;
}

function nodeOf(pool: NodePoolSpec, i: number): Node {
  const name = `${pool.name}-${i}`;
  return {
    name,
    labels: { [HOSTNAME]: name, [ZONE]: pool.zones[i % pool.zones.length]!, pool: pool.name },
    allocatable: { cpu: pool.cpuMillicores - RESERVED_MILLICORES, memory: (pool.memoryMib - RESERVED_MIB) * MIB, pods: pool.podsMax },
  };
}

function compileWorkload(spec: WorkloadSpec, index: number, seed: number): Workload {
  const labels = { app: spec.name };
  return {
    index,
    spec,
    template: {
      namespace: 'default',
      labels,
      owner: { kind: 'ReplicaSet', name: spec.name },
      containers: [{ name: spec.name, image: `registry.test/${spec.name}:v1`, requests: { cpu: spec.cpuMillicores, memory: spec.memoryMib * MIB } }],
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: labels } }],
    },
    pods: [], stopping: 0, ready: 0, wanted: spec.replicas,
    history: { recommendations: [], upEvents: [], downEvents: [] },
    scrapedMillicores: 0, scrapedReady: 0, scrapedAtUs: -1, backlog: 0,
    noise: randomStream(seed, `load/${spec.name}`),
  };
}

function openPools(run: ClusterRun): void {
  let index = 0;
  for (const pool of run.pools) {
    for (let i = 0; i < pool.countMax; i += 1, index += 1) {
      if (i < pool.count) run.nodes.phase[index] = NodePhase.ready;
      else closeNode(run, index);
    }
  }
}

/** Their start lies in the past: what was placed is ready. */
function startWorkloads(run: ClusterRun): void {
  for (const workload of run.workloads) for (let i = 0; i < workload.spec.replicas; i += 1) addPod(run, workload);
  placePending(run);
  for (let pod = 0; pod < run.pods.used; pod += 1) if (run.pods.phase[pod] === PodPhase.starting) podReady(run, pod, run.pods.life[pod]!);
}

function startClocks(run: ClusterRun): void {
  const { queue, random } = run;
  const at = (seconds: number, kind: number, subject = 0) => schedule(queue, timeUs(seconds * US_PER_SECOND), kind, subject);
  at(FLOW_SECONDS, ClusterEvent.flow);
  if (run.spec.autoscalesNodes) at(AUTOSCALER_SECONDS, ClusterEvent.autoscaler);
  for (const { index, spec } of run.workloads) if (spec.hpa !== undefined) at(HPA_SECONDS * (1 + nextUnit(random)), ClusterEvent.hpa, index);
  const { nodeFailureHours } = run.spec;
  if (nodeFailureHours !== undefined) run.nodes.phase.forEach((_, node) => schedule(queue, timeUs(nextExponential(random, nodeFailureHours * US_PER_HOUR)), ClusterEvent.nodeFails, node));
}
