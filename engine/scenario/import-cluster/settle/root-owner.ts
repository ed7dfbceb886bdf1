/**
 * Whose pod it is: up the owner references to what a person wrote. Exports often lack the ReplicaSets in
 * between; then the hash in their name, which the pod carries as a label, is taken off.
 */
import { kubernetes } from '@/engine/twin';
import type { WorkloadKind } from '../cluster-import';
import { workloadKey, type Collected, type Owner } from '../collected';

/** Deployment → ReplicaSet → Pod is the longest chain there is; what is longer goes round in a circle. */
const CHAIN_MAX = 4;

const KINDS: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'];
export const workloadKindOf = (kind: string): WorkloadKind => KINDS.find((each) => each === kind) ?? 'Pod';

export function rootOwner({ pod }: { readonly pod: kubernetes.Pod }, { workloads }: Pick<Collected, 'workloads'>): Owner {
  if (pod.owner === undefined) return { kind: 'Pod', name: pod.name };
  if (pod.owner.kind === 'Node') return { kind: 'Pod', name: withoutEnding(pod.name, `-${pod.owner.name}`) };
  let owner: Owner = pod.owner;
  for (let step = 0; step < CHAIN_MAX; step += 1) {
    const known = workloads.get(workloadKey(owner.kind, pod.namespace, owner.name));
    if (known === undefined) return owner.kind === 'ReplicaSet' ? deploymentOf(owner, pod) : owner;
    if (known.owner === null || !workloads.has(workloadKey(known.owner.kind, pod.namespace, known.owner.name))) return known.owner?.kind === 'Deployment' ? known.owner : owner;
    owner = known.owner;
  }
  return pod.owner;
}

function deploymentOf(owner: Owner, pod: kubernetes.Pod): Owner {
  const hash = kubernetes.labelOf(pod.labels, 'pod-template-hash') ?? '';
  const name = hash === '' ? owner.name : withoutEnding(owner.name, `-${hash}`);
  return name === owner.name ? owner : { kind: 'Deployment', name };
}

const withoutEnding = (text: string, ending: string) => (text.endsWith(ending) && text.length > ending.length ? text.slice(0, -ending.length) : text);
