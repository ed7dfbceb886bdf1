/**
 * CPU of one node: runnable threads share the cores fairly (weighted max-min, a thread gets at most one
 * core), and a replica with a quota runs out of CFS bandwidth inside a period and stalls until the next
 * one. Rates are constant between events, so the node needs one event at a time: the earliest of a
 * finished span, an exhausted budget and a period's end.
 *
 * Source: Documentation/scheduler/sched-bwc.rst (period 100 ms, quota refilled at its start).
 */
import { schedule, timeUs, type TimeUs } from '@/engine/kernel';
import { EventKind } from '../event-kind';
import type { World } from '../world';
import type { Infra, Node, Replica } from './infra';
import { progressKernelNode } from './kernel-node/progress-kernel-node';
import { shareKernelNode } from './kernel-node/share-kernel-node';

export const CFS_PERIOD_US = 100_000;
const DONE_US = 0.5; // a span with less CPU left is done: times are whole microseconds

export const quotaPerPeriodUs = (quotaMillicores: number) => (quotaMillicores / 1_000) * CFS_PERIOD_US;

/** Brings the node's CPU accounts up to `now`; rates stay as they are. */
export function progressNode(infra: Infra, node: Node, now: number): void {
  if (node.kernel !== undefined) return progressKernelNode(infra, node, node.kernel, now);
  const elapsed = now - node.progressedUs;
  if (elapsed <= 0) return;
  node.progressedUs = now;
  let used = 0;
  let wanted = node.hogThreads;
  for (const index of node.replicas) {
    const replica = infra.replicas[index]!;
    if (replica.running.length === 0) continue;
    wanted += replica.running.length;
    if (replica.throttled) continue;
    const done = replica.ratePerLane * elapsed;
    for (const span of replica.running) infra.spans.remainingUs[span] = infra.spans.remainingUs[span]! - done * node.speed;
    const consumed = done * replica.running.length;
    replica.usedCoreUs += consumed;
    replica.budgetUs -= consumed;
    infra.services[replica.service]!.total.cpuCoreUs += consumed;
    used += consumed;
  }
  const capacity = node.capacityMillicores / 1_000;
  const hogs = node.hogThreads === 0 ? 0 : Math.min(node.hogThreads * elapsed, capacity * elapsed - used);
  node.usedCoreUs += used + Math.max(0, hogs);
  if (wanted > capacity) node.pressureUs += elapsed;
}

/** Refills periods that ended, throttles exhausted replicas. Call after `progressNode`. */
export function turnPeriods(infra: Infra, node: Node, now: number): void {
  for (const index of node.replicas) {
    const replica = infra.replicas[index]!;
    const quota = infra.services[replica.service]!.quotaMillicores;
    if (quota === null) {
      replica.throttled = false;
      continue;
    }
    if (now >= replica.periodEndsUs) {
      const passed = Math.floor((now - replica.periodEndsUs) / CFS_PERIOD_US) + 1;
      replica.periodEndsUs += passed * CFS_PERIOD_US;
      if (replica.running.length > 0 || replica.throttled) replica.periods += 1;
      replica.budgetUs = quotaPerPeriodUs(quota);
      replica.throttled = false;
    }
    if (!replica.throttled && replica.budgetUs <= DONE_US && replica.running.length > 0) {
      replica.throttled = true;
      replica.throttledPeriods += 1;
    }
  }
}

/** Works out every running span's share, then schedules the node's next event. */
export function shareNode(world: World, nodeIndex: number): void {
  const { infra } = world;
  const node = infra.nodes[nodeIndex]!;
  const next = node.kernel === undefined ? shareFairly(world, node) : shareKernelNode(infra, node, node.kernel, world.nowUs);
  node.stepVersion = (node.stepVersion + 1) | 0;
  if (next < Infinity) schedule(world.queue, timeUs(Math.max(Math.ceil(next), world.nowUs)), EventKind.nodeStep, nodeIndex, node.stepVersion);
}

function shareFairly({ infra, nowUs }: World, node: Node): number {
  turnPeriods(infra, node, nowUs);
  const rate = fairThreadRate(infra, node);
  let next = Infinity;
  for (const index of node.replicas) {
    const replica = infra.replicas[index]!;
    if (replica.running.length === 0) continue;
    next = Math.min(next, nextOfReplica(infra, replica, { rate, speed: node.speed }, nowUs));
  }
  return next;
}

/** Threads have equal weight, so everyone gets the same rate: all of a core, or an equal part of the node. */
function fairThreadRate(infra: Infra, node: Node): number {
  let threads = node.hogThreads;
  for (const index of node.replicas) {
    const replica = infra.replicas[index]!;
    if (!replica.throttled) threads += replica.running.length;
  }
  const capacity = node.capacityMillicores / 1_000;
  return threads <= capacity ? 1 : capacity / threads;
}

function nextOfReplica(infra: Infra, replica: Replica, { rate, speed }: { readonly rate: number; readonly speed: number }, now: TimeUs): number {
  if (replica.throttled) return replica.periodEndsUs;
  replica.ratePerLane = rate;
  let least = Infinity;
  for (const span of replica.running) least = Math.min(least, infra.spans.remainingUs[span]!);
  const finished = now + Math.max(0, least) / (rate * speed);
  if (infra.services[replica.service]!.quotaMillicores === null) return finished;
  const exhausted = now + replica.budgetUs / (rate * replica.running.length);
  return Math.min(finished, exhausted, replica.periodEndsUs);
}

/** Spans of the node whose CPU work is done, in the order of the replicas. */
export function finishedSpans(infra: Infra, node: Node): number[] {
  const finished: number[] = [];
  for (const index of node.replicas) {
    const { running } = infra.replicas[index]!;
    for (const span of running) if (infra.spans.remainingUs[span]! <= DONE_US) finished.push(span);
  }
  return finished;
}
