/**
 * Why a pending pod has no node, as `kubectl describe pod` says it: how many nodes refuse it for which reason. Nodes
 * that are not ready to take pods are counted by that; the others are asked by every filter of the default profile.
 */
import { defaultProfile } from '../infra/kubernetes/scheduling/profile';
import { judgementOf, type NamedRejection } from '../infra/kubernetes/scheduling/judge';
import { snapshotOf } from '../infra/kubernetes/scheduling/snapshot';
import { NodePhase, PodPhase, type ClusterRun } from './cluster-run';

export type PendingReason = { readonly reason: string; readonly nodes: number };
export type PendingExplanation = {
  readonly workload: string;
  readonly waitsSeconds: number;
  /** Nodes of the cluster now, and how many of them would take the pod. */
  readonly nodes: number;
  readonly fits: number;
  /** Most frequent first. A node that refuses for two reasons counts in both. */
  readonly reasons: readonly PendingReason[];
};

const NOT_TAKING: Readonly<Record<number, string>> = { [NodePhase.booting]: 'node is still booting', [NodePhase.draining]: 'node is draining', [NodePhase.lost]: 'node is not ready' };

/** Null when the slot holds no pending pod. */
export function explainPending(run: ClusterRun, slot: number): PendingExplanation | null {
  const { pods, nodes, queue, workloads } = run;
  if (slot < 0 || slot >= pods.used || pods.phase[slot] !== PodPhase.pending) return null;
  const { template, spec } = workloads[pods.workload[slot]!]!;
  const reasons = new Map<string, number>();
  const add = (reason: string) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const snapshot = readySnapshot(run);
  const judgement = judgementOf({ ...template, name: `p${slot}` }, snapshot, defaultProfile());
  let fits = 0;
  let present = 0;
  for (const phase of nodes.phase) {
    if (phase === NodePhase.absent) continue;
    present += 1;
    const why = NOT_TAKING[phase];
    if (why !== undefined) add(why);
  }
  for (const info of snapshot.nodes) {
    const refusals = judgement.all(info);
    if (refusals.length === 0) fits += 1;
    for (const reason of new Set(refusals.flatMap(wordsOf))) add(reason);
  }
  const sorted = [...reasons].map(([reason, count]) => ({ reason, nodes: count })).sort((x, y) => y.nodes - x.nodes || (x.reason < y.reason ? -1 : 1));
  return { workload: spec.name, waitsSeconds: (queue.now - pods.sinceUs[slot]!) / 1e6, nodes: present, fits, reasons: sorted };
}

/** A shortage in upstream's words, without the node's own numbers, so that equal reasons count together. */
const wordsOf = ({ reason, short }: NamedRejection) => short?.map(({ resource }) => (resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`)) ?? [reason];

function readySnapshot({ nodes, scheduler: { spec, running, columns } }: ClusterRun) {
  const ready = columns.nodes.filter((_, node) => nodes.phase[node] === NodePhase.ready);
  const placed = [...running.values()].map(({ pod, node }) => ({ ...pod, nodeName: columns.nodes[node]!.name }));
  return snapshotOf({ ...spec, nodes: ready, pods: placed });
}
