/**
 * A node dies without a word. Its pods leave the endpoints when its lease has run out, are given up when the taint's
 * toleration has (300 s), and the node comes back repaired later. Times are those of the node life-cycle controller.
 */
import { nextExponential, schedule, timeUs, US_PER_HOUR, US_PER_SECOND } from '@/engine/kernel';
import { ClusterEvent } from './cluster-event';
import { NodePhase, PodPhase, type ClusterRun } from './cluster-run';
import { closeNode, openNode } from './open-node';
import { losePod, matchReplicas } from './pod-life';

/** Lease of 40 s checked every 5 to 10 s since 1.32. */
const NOT_READY_SECONDS = 50;
const TOLERATION_SECONDS = 300;
const REPAIR_SECONDS = 1_200;

export function nodeFails(run: ClusterRun, node: number): void {
  const { nodes, queue, random, spec } = run;
  schedule(queue, timeUs(queue.now + nextExponential(random, spec.nodeFailureHours! * US_PER_HOUR)), ClusterEvent.nodeFails, node);
  if (nodes.phase[node] !== NodePhase.ready) return;
  nodes.phase[node] = NodePhase.lost;
  nodes.life[node] = nodes.life[node]! + 1;
  run.totals.nodesFailed += 1;
  closeNode(run, node);
  for (const slot of nodes.pods[node]!) {
    if (run.pods.phase[slot] !== PodPhase.ready) continue;
    run.pods.phase[slot] = PodPhase.starting; // it answers nobody; its own ready timer is void
    run.pods.life[slot] = run.pods.life[slot]! + 1;
    run.workloads[run.pods.workload[slot]!]!.ready -= 1;
  }
  const after = (seconds: number, kind: number) => schedule(queue, timeUs(queue.now + seconds * US_PER_SECOND), kind, node, nodes.life[node]!);
  after(NOT_READY_SECONDS + TOLERATION_SECONDS, ClusterEvent.podsEvicted);
  after(REPAIR_SECONDS, ClusterEvent.nodeRepaired);
}

/** What was on the node is given up, and its workloads get new pods. */
export function podsEvicted(run: ClusterRun, node: number, life: number): void {
  if (run.nodes.life[node] !== life || run.nodes.phase[node] !== NodePhase.lost) return;
  const workloads = new Set<number>();
  for (const slot of [...run.nodes.pods[node]!]) {
    workloads.add(run.pods.workload[slot]!);
    losePod(run, slot);
  }
  for (const index of [...workloads].sort((x, y) => x - y)) matchReplicas(run, run.workloads[index]!);
}

export function nodeRepaired(run: ClusterRun, node: number, life: number): void {
  if (run.nodes.life[node] !== life || run.nodes.phase[node] !== NodePhase.lost) return;
  run.nodes.phase[node] = NodePhase.ready;
  run.nodes.unneededSinceUs[node] = -1;
  openNode(run, node);
}
