/**
 * InterPodAffinity, required terms, both ways. Affinity: the node's domain of every term must hold a pod
 * that all terms mean; the first pod of a group may start alone when it means itself. Anti-affinity: no
 * domain of a term may hold a pod it means, and no running pod may keep the new one away.
 */
import { labelOf } from '../../api/labels';
import { allMean, meansExisting, meansIncoming, podTermsOf, type AffinityTerm, type PodTerms } from '../affinity-term';
import { never, no, type FilterPlugin, type Rejection } from '../filter';
import type { NodeInfo, Snapshot } from '../snapshot';
import type { Pod } from '../../api/pod';

/** How many terms match in a topology domain, by key and value. */
class DomainCounts {
  private readonly counts = new Map<string, number>();

  get size(): number {
    return this.counts.size;
  }

  add(term: AffinityTerm, { node }: NodeInfo): void {
    const value = labelOf(node.labels, term.topologyKey);
    if (value === undefined) return;
    const domain = domainOf(term.topologyKey, value);
    this.counts.set(domain, (this.counts.get(domain) ?? 0) + 1);
  }

  has(key: string, value: string): boolean {
    return this.counts.has(domainOf(key, value));
  }

  /** The first of the node's own labels that is a counted domain. */
  among({ node }: NodeInfo): string | undefined {
    if (this.counts.size === 0) return undefined;
    return Object.keys(node.labels).find((key) => this.has(key, node.labels[key]!));
  }
}

const domainOf = (key: string, value: string) => `${key}\u0000${value}`;

export const interPodAffinity: FilterPlugin = (pod, snapshot) => {
  const terms = podTermsOf(pod);
  if (terms.invalid) return () => never('a pod affinity term has an invalid selector');
  const existing = keptAway(pod, snapshot);
  const { affinity, antiAffinity } = countIncoming(terms, snapshot);
  const mayStartAlone = affinity.size === 0 && allMean(terms.requiredAffinity, pod, snapshot.namespaces);
  return (info) => affinityRefusal(info, terms, affinity, mayStartAlone) ?? antiAffinityRefusal(info, terms, antiAffinity) ?? existingRefusal(info, existing);
};

/** Domains from which the required anti-affinity of running pods keeps this pod away. */
function keptAway(pod: Pod, snapshot: Snapshot): DomainCounts {
  const counts = new DomainCounts();
  const labels = snapshot.namespaces.get(pod.namespace) ?? {};
  for (const info of snapshot.nodes) {
    for (const other of info.pods) {
      if (!other.affinity?.podAntiAffinity) continue;
      for (const term of podTermsOf(other).requiredAntiAffinity) if (meansIncoming(term, pod, labels)) counts.add(term, info);
    }
  }
  return counts;
}

function countIncoming(terms: PodTerms, snapshot: Snapshot): { readonly affinity: DomainCounts; readonly antiAffinity: DomainCounts } {
  const affinity = new DomainCounts();
  const antiAffinity = new DomainCounts();
  if (terms.requiredAffinity.length === 0 && terms.requiredAntiAffinity.length === 0) return { affinity, antiAffinity };
  for (const info of snapshot.nodes) {
    for (const other of info.pods) {
      if (allMean(terms.requiredAffinity, other, snapshot.namespaces)) for (const term of terms.requiredAffinity) affinity.add(term, info);
      for (const term of terms.requiredAntiAffinity) if (meansExisting(term, other, snapshot.namespaces)) antiAffinity.add(term, info);
    }
  }
  return { affinity, antiAffinity };
}

function affinityRefusal(info: NodeInfo, terms: PodTerms, counts: DomainCounts, mayStartAlone: boolean): Rejection | null {
  let present = true;
  for (const { topologyKey } of terms.requiredAffinity) {
    const value = labelOf(info.node.labels, topologyKey);
    if (value === undefined) return never(`the node has no label ${topologyKey} for pod affinity`);
    if (!counts.has(topologyKey, value)) present = false;
  }
  return present || mayStartAlone ? null : never('no pod that the pod affinity asks for is in reach of this node');
}

function antiAffinityRefusal(info: NodeInfo, terms: PodTerms, counts: DomainCounts): Rejection | null {
  for (const { topologyKey } of terms.requiredAntiAffinity) {
    const value = labelOf(info.node.labels, topologyKey);
    if (value !== undefined && counts.has(topologyKey, value)) return no(`a pod that the anti-affinity avoids is in ${topologyKey}=${value}`);
  }
  return null;
}

function existingRefusal(info: NodeInfo, existing: DomainCounts): Rejection | null {
  const key = existing.among(info);
  return key === undefined ? null : no(`a running pod keeps this one out of ${key}=${info.node.labels[key]}`);
}
