/** Why a pod found no node, counted per reason, in kube-scheduler's words: "0/6 nodes are available: 4 Insufficient cpu, 2 node(s) were unschedulable." */
import { judgementWithNominated, type FilterName, type NamedRejection, type Pod, type SchedulerProfile, type Snapshot } from '../../kubernetes';

const WORDS: Readonly<Record<Exclude<FilterName, 'NodeResourcesFit' | 'TaintToleration'>, string>> = {
  NodeUnschedulable: 'node(s) were unschedulable',
  NodeName: "node(s) didn't match the requested node name",
  NodeAffinity: "node(s) didn't match Pod's node affinity/selector",
  NodePorts: "node(s) didn't have free ports for the requested pod ports",
  VolumeZone: 'node(s) had volume node affinity conflict',
  PodTopologySpread: "node(s) didn't match pod topology spread constraints",
  InterPodAffinity: "node(s) didn't match pod affinity/anti-affinity rules",
};

function wordsOf({ filter, reason, short = [] }: NamedRejection): readonly string[] {
  if (filter === 'NodeResourcesFit') return short.map(({ resource }) => (resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`));
  if (filter === 'TaintToleration') return [`node(s) had untolerated taint {${reason.replace(/^the pod does not tolerate the taint /, '').replace(/:[^:]*$/, '')}}`];
  return [WORDS[filter]];
}

/** The first refusal of each node counts, as upstream. */
export function unschedulableMessage(pod: Pod, snapshot: Snapshot, profile: SchedulerProfile): string {
  const judgement = judgementWithNominated(pod, snapshot, profile);
  const counts = new Map<string, number>();
  for (const info of snapshot.nodes) {
    const rejection = judgement.first(info);
    if (rejection !== null) for (const words of wordsOf(rejection)) counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const reasons = [...counts].map(([words, count]) => `${count} ${words}`).sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
  return `0/${snapshot.nodes.length} nodes are available: ${reasons.length === 0 ? 'there are none' : reasons.join(', ')}.`;
}
