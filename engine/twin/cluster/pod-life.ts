/**
 * The life of a pod: pending until the scheduler finds a node, starting (image pull unless the node has it, then the
 * program), ready, stopping. Its room on the node is free only when it is gone.
 */
import { nextUnit, schedule, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { placePod, removePod } from '../infra/kubernetes/scheduling/fast/fast-scheduler';
import { ClusterEvent } from './cluster-event';
import { hasImage, keepImage, PodPhase, type ClusterRun, type Workload } from './cluster-run';

/** A registry's and a node's disk together. */
const PULL_MIB_PER_SECOND = 60;
/** Sandbox, volumes, network of a pod. */
const SANDBOX_SECONDS = 1;
/** Starts of equal pods differ by so much either way. */
const START_SPREAD = 0.2;

export function addPod(run: ClusterRun, workload: Workload): number {
  const { pods } = run;
  const slot = pods.freeSlots.pop() ?? nextSlot(run);
  pods.workload[slot] = workload.index;
  pods.node[slot] = -1;
  pods.phase[slot] = PodPhase.pending;
  pods.life[slot] = pods.life[slot]! + 1;
  pods.sinceUs[slot] = run.queue.now;
  workload.pods.push(slot);
  run.pending.push(slot);
  run.tryAgain = true;
  return slot;
}

function nextSlot({ pods }: ClusterRun): number {
  if (pods.used === pods.phase.length) {
    const size = pods.used * 2;
    const grown = <T extends Int32Array | Uint8Array | Float64Array>(fresh: T, old: T): T => {
      fresh.set(old);
      return fresh;
    };
    pods.workload = grown(new Int32Array(size), pods.workload);
    pods.node = grown(new Int32Array(size), pods.node);
    pods.phase = grown(new Uint8Array(size), pods.phase);
    pods.life = grown(new Int32Array(size), pods.life);
    pods.sinceUs = grown(new Float64Array(size), pods.sinceUs);
  }
  pods.used += 1;
  return pods.used - 1;
}

const podName = (slot: number) => `p${slot}`;

/** Tries every pending pod once, in order; what fits nowhere stays pending. One pod of a workload without room answers for its siblings. */
export function placePending(run: ClusterRun): void {
  run.tryAgain = false;
  const waiting = run.pending;
  run.pending = [];
  const full = new Set<number>();
  for (const slot of waiting) {
    if (run.pods.phase[slot] !== PodPhase.pending) continue;
    const workload = run.workloads[run.pods.workload[slot]!]!;
    const node = full.has(workload.index) ? -1 : placePod(run.scheduler, { ...workload.template, name: podName(slot) }, run.random);
    if (node < 0) {
      full.add(workload.index);
      run.pending.push(slot);
    } else startOn(run, slot, workload, node);
  }
}

function startOn(run: ClusterRun, slot: number, { index, spec }: Workload, node: number): void {
  const { pods, queue } = run;
  pods.node[slot] = node;
  pods.phase[slot] = PodPhase.starting;
  run.nodes.pods[node]!.push(slot);
  run.totals.placed += 1;
  run.totals.pendingPodSeconds += (queue.now - pods.sinceUs[slot]!) / US_PER_SECOND;
  const pullSeconds = hasImage(run, node, index) ? 0 : spec.imageMib / PULL_MIB_PER_SECOND;
  keepImage(run, node, index);
  const seconds = SANDBOX_SECONDS + pullSeconds + spec.startSeconds * (1 + START_SPREAD * (2 * nextUnit(run.random) - 1));
  schedule(queue, timeUs(queue.now + seconds * US_PER_SECOND), ClusterEvent.podReady, slot, pods.life[slot]!);
}

export function podReady({ pods, workloads, queue }: ClusterRun, slot: number, life: number): void {
  if (pods.life[slot] !== life || pods.phase[slot] !== PodPhase.starting) return;
  pods.phase[slot] = PodPhase.ready;
  pods.sinceUs[slot] = queue.now;
  workloads[pods.workload[slot]!]!.ready += 1;
}

/** Asks a pod to stop; a pending one is gone at once. It leaves the endpoints now and its node when it has stopped. */
export function stopPod(run: ClusterRun, slot: number): void {
  const { pods, queue } = run;
  const workload = run.workloads[pods.workload[slot]!]!;
  const phase = pods.phase[slot]!;
  workload.pods.splice(workload.pods.indexOf(slot), 1);
  if (phase === PodPhase.ready) workload.ready -= 1;
  if (phase === PodPhase.pending) return freeSlot(run, slot);
  pods.phase[slot] = PodPhase.stopping;
  workload.stopping += 1;
  schedule(queue, timeUs(queue.now + workload.spec.stopSeconds * US_PER_SECOND), ClusterEvent.podGone, slot, pods.life[slot]!);
}

/** It has stopped, or its node is given up: its room is free. */
export function podGone(run: ClusterRun, slot: number, life: number): void {
  const { pods } = run;
  if (pods.life[slot] !== life || pods.phase[slot] !== PodPhase.stopping) return;
  const workload = run.workloads[pods.workload[slot]!]!;
  workload.stopping -= 1;
  leaveNode(run, slot);
  freeSlot(run, slot);
}

function leaveNode(run: ClusterRun, slot: number): void {
  const onNode = run.nodes.pods[run.pods.node[slot]!]!;
  onNode.splice(onNode.indexOf(slot), 1);
  removePod(run.scheduler, 'default', podName(slot));
  run.tryAgain = true;
}

/** Dead with its node: no time to stop. */
export function losePod(run: ClusterRun, slot: number): void {
  const workload = run.workloads[run.pods.workload[slot]!]!;
  const phase = run.pods.phase[slot]!;
  if (phase === PodPhase.stopping) workload.stopping -= 1;
  else workload.pods.splice(workload.pods.indexOf(slot), 1);
  leaveNode(run, slot);
  freeSlot(run, slot);
}

function freeSlot({ pods }: ClusterRun, slot: number): void {
  pods.phase[slot] = PodPhase.free;
  pods.freeSlots.push(slot);
}

/** Makes the workload as large as it should be. The first to go are pending pods, then starting ones, then the youngest. */
export function matchReplicas(run: ClusterRun, workload: Workload): void {
  while (workload.pods.length < workload.wanted) addPod(run, workload);
  const rank = (slot: number) => run.pods.phase[slot]!;
  while (workload.pods.length > workload.wanted) {
    const goes = workload.pods.reduce((best, slot) => (rank(slot) < rank(best) || (rank(slot) === rank(best) && run.pods.sinceUs[slot]! >= run.pods.sinceUs[best]!) ? slot : best));
    stopPod(run, goes);
  }
}
