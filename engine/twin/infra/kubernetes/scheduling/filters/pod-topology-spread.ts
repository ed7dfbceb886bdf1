/**
 * PodTopologySpread, DoNotSchedule: matching pods in the domain + the pod itself − the smallest domain must
 * not exceed maxSkew. Only nodes with every topology key count; with fewer domains than minDomains the
 * smallest counts as 0. A node without a key is out for good, a skew may change.
 */
import { labelOf } from '../../api/labels';
import { never, no, type FilterPlugin } from '../filter';
import { selects } from '../selector';
import type { NodeInfo } from '../snapshot';
import { countMatching, hasAllKeys, inclusionOf, spreadConstraintsOf, type SpreadConstraint } from '../spread-constraint';

/** Smallest count when no node counts at all (upstream starts at the largest int32). */
const NO_DOMAIN = 2 ** 31 - 1;

type Domains = { readonly constraint: SpreadConstraint; readonly counts: Map<string, number>; readonly self: number; least: number };

export const podTopologySpread: FilterPlugin = (pod, snapshot, settings) => {
  const constraints = spreadConstraintsOf(pod, snapshot, 'DoNotSchedule', settings);
  if (constraints === null) return () => never('a topology spread constraint has an invalid selector');
  if (constraints.length === 0) return () => null;
  const includes = inclusionOf(pod);
  const counted = snapshot.nodes.filter(({ node }) => hasAllKeys(node, constraints));
  const domains = constraints.map((constraint): Domains => {
    const counts = countDomains(counted.filter(({ node }) => includes(constraint, node)), constraint, pod.namespace);
    const enough = counts.size >= constraint.minDomains;
    let least = NO_DOMAIN;
    for (const count of counts.values()) if (count < least) least = count;
    return { constraint, counts, self: selects(constraint.selector, pod.labels) ? 1 : 0, least: enough ? least : 0 };
  });
  return (info) => judge(info, domains);
};

function countDomains(nodes: readonly NodeInfo[], { topologyKey, selector }: SpreadConstraint, namespace: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const info of nodes) {
    const domain = labelOf(info.node.labels, topologyKey)!;
    counts.set(domain, (counts.get(domain) ?? 0) + countMatching(info, selector, namespace));
  }
  return counts;
}

function judge({ node }: NodeInfo, domains: readonly Domains[]) {
  for (const { constraint, counts, self, least } of domains) {
    const domain = labelOf(node.labels, constraint.topologyKey);
    if (domain === undefined) return never(`the node has no label ${constraint.topologyKey} to spread over`);
    const skew = (counts.get(domain) ?? 0) + self - least;
    if (skew > constraint.maxSkew) return no(`${constraint.topologyKey}=${domain} would be ${skew} ahead of the smallest domain (at most ${constraint.maxSkew})`);
  }
  return null;
}
