/**
 * Nodes come and go while the scheduler's columns stay: a closed node has no pod slots, so the fit filter refuses it.
 * In topology spread it still counts as a domain, an empty one.
 */
import type { ClusterRun } from './cluster-run';

const CLOSED_SLOTS = 1_000_000;

export function closeNode({ scheduler: { columns } }: ClusterRun, node: number): void {
  if (isOpen(columns.freeSlots[node]!)) columns.freeSlots[node] = columns.freeSlots[node]! - CLOSED_SLOTS;
}

export function openNode(run: ClusterRun, node: number): void {
  const { columns } = run.scheduler;
  if (!isOpen(columns.freeSlots[node]!)) columns.freeSlots[node] = columns.freeSlots[node]! + CLOSED_SLOTS;
  run.tryAgain = true;
}

const isOpen = (freeSlots: number) => freeSlots > -CLOSED_SLOTS / 2;
