/**
 * Pods without a node. A pod that fitted nowhere sleeps until something has changed that may help it (a pod gone, a
 * node added or opened), or five minutes; then it is tried again, but not before its back-off is over: one second
 * after the first attempt, doubled up to ten. More important pods are tried first, then those that waited longest.
 * Source: kube-scheduler `backend/queue` (podInitialBackoff 1 s, podMaxBackoff 10 s, unschedulable for 5 min at most).
 */
import { schedule, timeUs, US_PER_SECOND } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import type { Replica } from '../../infra';

const FIRST_BACK_OFF_US = US_PER_SECOND;
const LONGEST_BACK_OFF_US = 10 * US_PER_SECOND;
const LONGEST_SLEEP_US = 300 * US_PER_SECOND;

const backOffUs = ({ attempts }: Replica) => Math.min(LONGEST_BACK_OFF_US, FIRST_BACK_OFF_US * 2 ** Math.min(10, Math.max(0, attempts - 1)));

const dueUs = (replica: Replica) => replica.triedAtUs + (replica.awake ? backOffUs(replica) : LONGEST_SLEEP_US);

/** The replica was tried and found no node. */
export function putToSleep(world: World, index: number): void {
  const { cluster, replicas } = world.infra;
  const replica = replicas[index]!;
  replica.attempts += 1;
  replica.triedAtUs = world.nowUs;
  replica.awake = false;
  if (!cluster.pending.includes(index)) cluster.pending.push(index);
  planPass(world);
}

export function leavePending({ infra: { cluster } }: World, index: number): void {
  const at = cluster.pending.indexOf(index);
  if (at >= 0) cluster.pending.splice(at, 1);
}

/** Something changed that may make room. */
export function wakePending(world: World): void {
  const { cluster, replicas } = world.infra;
  if (cluster.pending.length === 0) return;
  for (const index of cluster.pending) replicas[index]!.awake = true;
  planPass(world);
}

/** One event stands for the earliest pod that is due; a pass that was planned for later is void. */
export function planPass(world: World): void {
  const { cluster, replicas } = world.infra;
  if (cluster.pending.length === 0) return;
  const next = cluster.pending.reduce((least, index) => Math.min(least, dueUs(replicas[index]!)), Infinity);
  const at = Math.max(world.nowUs, next);
  if (cluster.passAtUs >= world.nowUs && cluster.passAtUs <= at) return;
  cluster.passAtUs = at;
  schedule(world.queue, timeUs(at), EventKind.schedulingPass, 0, at);
}

/** Replicas whose time has come, in the order of the queue. */
export function dueReplicas(world: World): number[] {
  const { cluster, replicas } = world.infra;
  const due = cluster.pending.filter((index) => dueUs(replicas[index]!) <= world.nowUs);
  return due.sort((x, y) => priorityOf(world, y) - priorityOf(world, x) || replicas[x]!.createdUs - replicas[y]!.createdUs || x - y);
}

export const priorityOf = ({ infra }: World, index: number) => infra.services[infra.replicas[index]!.service]!.rules.template.priority ?? 0;
