/**
 * Cordon and drain: every pod is evicted and its workload gets another one elsewhere, but only when all of them find
 * room and the disruption budgets allow it. Otherwise the node stays as it was.
 */
import { placePod, removePod } from '../infra/kubernetes/scheduling/fast/fast-scheduler';
import { NodePhase, PodPhase, type ClusterRun } from './cluster-run';
import { closeNode, openNode } from './open-node';
import { addPod, stopPod } from './pod-life';
import { leaveIfEmpty } from './leave-pool';

export function drainNode(run: ClusterRun, node: number): boolean {
  const leaving = run.nodes.pods[node]!.filter((slot) => run.pods.phase[slot] !== PodPhase.stopping);
  if (!budgetsAllow(run, leaving)) return false;
  closeNode(run, node);
  if (!fitElsewhere(run, leaving)) {
    openNode(run, node);
    return false;
  }
  run.nodes.phase[node] = NodePhase.draining;
  for (const slot of leaving) {
    const workload = run.workloads[run.pods.workload[slot]!]!;
    stopPod(run, slot);
    addPod(run, workload);
    run.totals.evicted += 1;
  }
  leaveIfEmpty(run, node);
  return true;
}

/** A budget counts what is not ready already. */
function budgetsAllow(run: ClusterRun, leaving: readonly number[]): boolean {
  const asked = new Map<number, number>();
  for (const slot of leaving) asked.set(run.pods.workload[slot]!, (asked.get(run.pods.workload[slot]!) ?? 0) + 1);
  return [...asked].every(([index, count]) => {
    const { spec, pods, ready, wanted } = run.workloads[index]!;
    const readyHere = leaving.filter((slot) => run.pods.workload[slot] === index && run.pods.phase[slot] === PodPhase.ready).length;
    return ready - readyHere >= Math.min(wanted, pods.length) - Math.max(spec.maxUnavailable ?? 1, count === 1 ? 1 : 0);
  });
}

/** Places stand-ins and takes them away again. */
function fitElsewhere(run: ClusterRun, leaving: readonly number[]): boolean {
  const tried: string[] = [];
  const fits = leaving.every((slot, i) => {
    const name = `try${i}`;
    tried.push(name);
    return placePod(run.scheduler, { ...run.workloads[run.pods.workload[slot]!]!.template, name }, run.random) >= 0;
  });
  for (const name of tried) removePod(run.scheduler, 'default', name);
  return fits;
}
