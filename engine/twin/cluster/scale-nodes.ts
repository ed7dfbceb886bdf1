/**
 * The cluster autoscaler at scale: nodes for pods that found no room, by first fit on fresh nodes of the pool that
 * wastes least; and away with a node of which less than half is requested for ten minutes, when its pods find room
 * elsewhere and no disruption budget forbids it. The thresholds are those of the rules (`SCALE_DOWN_DEFAULTS`).
 */
import { schedule, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { SCALE_DOWN_DEFAULTS } from '../infra/kubernetes/autoscaling/cluster-autoscaler';
import { AUTOSCALER_SECONDS } from './cluster-clock';
import { ClusterEvent } from './cluster-event';
import { NodePhase, type ClusterRun } from './cluster-run';
import { drainNode } from './drain-node';
import { openNode } from './open-node';

const MIB = 1_048_576;

export function scaleNodes(run: ClusterRun): void {
  const { queue } = run;
  schedule(queue, timeUs(queue.now + AUTOSCALER_SECONDS * US_PER_SECOND), ClusterEvent.autoscaler, 0);
  if (run.pending.length > 0) growPools(run);
  else shrinkPools(run);
}

function growPools(run: ClusterRun): void {
  const onTheWay = run.nodes.phase.filter((phase) => phase === NodePhase.booting).length;
  if (onTheWay > 0) return; // what was ordered comes first
  const needs = run.pending.map((slot) => run.workloads[run.pods.workload[slot]!]!.spec).map(({ cpuMillicores, memoryMib }) => ({ cpu: cpuMillicores, memory: memoryMib * MIB }));
  const options = run.pools.flatMap((_, pool) => {
    const option = nodesFor(run, pool, needs);
    return option === null ? [] : [option];
  });
  const best = options.sort((x, y) => y.placed - x.placed || x.waste - y.waste || x.pool - y.pool)[0];
  if (best !== undefined) orderNodes(run, best.pool, best.count);
}

type Need = { readonly cpu: number; readonly memory: number };
type Option = { readonly pool: number; readonly count: number; readonly placed: number; readonly waste: number };

/** First fit decreasing on nodes of one pool. */
function nodesFor(run: ClusterRun, pool: number, needs: readonly Need[]): Option | null {
  const absent = absentNodes(run, pool);
  const template = run.scheduler.columns.nodes[absent[0] ?? -1]?.allocatable;
  if (template === undefined) return null;
  const [cpu, memory, slots] = [template['cpu']!, template['memory']!, template['pods']!];
  const bins: { cpu: number; memory: number; slots: number }[] = [];
  let placed = 0;
  for (const need of [...needs].sort((x, y) => y.cpu / cpu + y.memory / memory - x.cpu / cpu - x.memory / memory || x.cpu - y.cpu)) {
    let bin = bins.find((each) => each.cpu >= need.cpu && each.memory >= need.memory && each.slots > 0);
    if (bin === undefined && bins.length < absent.length && need.cpu <= cpu && need.memory <= memory) bins.push((bin = { cpu, memory, slots }));
    if (bin === undefined) continue;
    bin.cpu -= need.cpu;
    bin.memory -= need.memory;
    bin.slots -= 1;
    placed += 1;
  }
  if (placed === 0) return null;
  const waste = bins.reduce((sum, bin) => sum + bin.cpu / cpu + bin.memory / memory, 0) / bins.length;
  return { pool, count: bins.length, placed, waste };
}

function absentNodes({ nodes }: ClusterRun, pool: number): number[] {
  const absent: number[] = [];
  for (let node = 0; node < nodes.phase.length; node += 1) if (nodes.pool[node] === pool && nodes.phase[node] === NodePhase.absent) absent.push(node);
  return absent;
}

function orderNodes(run: ClusterRun, pool: number, count: number): void {
  const { nodes, queue } = run;
  for (const node of absentNodes(run, pool).slice(0, count)) {
    nodes.phase[node] = NodePhase.booting;
    nodes.life[node] = nodes.life[node]! + 1;
    nodes.unneededSinceUs[node] = -1;
    run.totals.nodesAdded += 1;
    schedule(queue, timeUs(queue.now + run.pools[pool]!.bootSeconds * US_PER_SECOND), ClusterEvent.nodeReady, node, nodes.life[node]!);
  }
  run.lastNodeAddedUs = queue.now;
}

export function nodeReady(run: ClusterRun, node: number, life: number): void {
  if (run.nodes.life[node] !== life || run.nodes.phase[node] !== NodePhase.booting) return;
  run.nodes.phase[node] = NodePhase.ready;
  openNode(run, node);
}

function shrinkPools(run: ClusterRun): void {
  const { nodes, queue } = run;
  const { unneededSeconds, utilizationThreshold, delayAfterAddSeconds, delayAfterDeleteSeconds } = SCALE_DOWN_DEFAULTS;
  let candidate = -1;
  for (let node = 0; node < nodes.phase.length; node += 1) {
    if (nodes.phase[node] !== NodePhase.ready) continue;
    const idle = requestedShare(run, node) < utilizationThreshold;
    if (!idle) nodes.unneededSinceUs[node] = -1;
    else if (nodes.unneededSinceUs[node]! < 0) nodes.unneededSinceUs[node] = queue.now;
    else if (candidate < 0 && queue.now - nodes.unneededSinceUs[node]! >= unneededSeconds * US_PER_SECOND) candidate = node;
  }
  const rests = queue.now - run.lastNodeAddedUs < delayAfterAddSeconds * US_PER_SECOND || queue.now - run.lastNodeRemovedUs < delayAfterDeleteSeconds * US_PER_SECOND;
  if (candidate < 0 || rests) return;
  if (drainNode(run, candidate)) run.lastNodeRemovedUs = queue.now;
  else nodes.unneededSinceUs[candidate] = queue.now; // its pods have no other place: it is asked again in ten minutes
}

/** The larger of the shares of CPU and memory that are requested. */
function requestedShare({ scheduler: { columns } }: ClusterRun, node: number): number {
  let share = 0;
  for (const { name, allocatable, requested } of columns.resources) if (name === 'cpu' || name === 'memory') share = Math.max(share, requested[node]! / allocatable[node]!);
  return share;
}
