/**
 * Topology spread, counted as pods come and go instead of once per cycle. A matcher counts the pods of one
 * namespace that one selector means, per node; a tally sums a matcher over the domains of one constraint,
 * over the nodes that count for it.
 */
import type { Pod } from '../../api/pod';
import { selects, type Selector } from '../selector';
import type { SpreadConstraint } from '../spread-constraint';
import type { TopologyDomains } from './domains';

export type Matcher = {
  readonly selector: Selector;
  readonly namespace: string;
  readonly onNode: Int32Array;
  readonly tallies: SpreadTally[];
};

export type SpreadTally = {
  readonly constraint: SpreadConstraint;
  readonly matcher: Matcher;
  readonly domains: TopologyDomains;
  /** 1 where the pods of a node count. */
  readonly counted: Uint8Array;
  /** 1 for domains with a node that counts. */
  readonly present: Uint8Array;
  readonly presentCount: number;
  readonly inDomain: Int32Array;
  /** 1 if the pod means itself. */
  readonly self: number;
};

/** An empty selector counts nobody, as upstream. */
export const matches = ({ selector, namespace }: Pick<Matcher, 'selector' | 'namespace'>, pod: Pod) =>
  pod.terminating !== true && pod.namespace === namespace && selector.requirements.length > 0 && selects(selector, pod.labels);

export function spreadTally(constraint: SpreadConstraint, matcher: Matcher, domains: TopologyDomains, counts: (node: number) => boolean, self: boolean): SpreadTally {
  const counted = Uint8Array.from(domains.ofNode, (domain, node) => (domain >= 0 && counts(node) ? 1 : 0));
  const present = new Uint8Array(domains.count);
  const inDomain = new Int32Array(domains.count);
  domains.ofNode.forEach((domain, node) => {
    if (counted[node] === 0) return;
    present[domain] = 1;
    inDomain[domain] = inDomain[domain]! + matcher.onNode[node]!;
  });
  const tally = { constraint, matcher, domains, counted, present, presentCount: present.reduce((sum, one) => sum + one, 0), inDomain, self: self ? 1 : 0 };
  matcher.tallies.push(tally);
  return tally;
}

/** A matching pod arrived on (1) or left (−1) a node. */
export function changeMatcher(matcher: Matcher, node: number, sign: 1 | -1): void {
  matcher.onNode[node] = matcher.onNode[node]! + sign;
  for (const { counted, domains, inDomain } of matcher.tallies) {
    if (counted[node] === 0) continue;
    const domain = domains.ofNode[node]!;
    inDomain[domain] = inDomain[domain]! + sign;
  }
}

/** Smallest count over the domains that count (upstream starts at the largest int32); 0 below minDomains. */
export function leastInDomains({ present, presentCount, inDomain, constraint }: SpreadTally): number {
  if (presentCount < constraint.minDomains) return 0;
  let least = 2 ** 31 - 1;
  for (let domain = 0; domain < present.length; domain += 1) if (present[domain] === 1 && inDomain[domain]! < least) least = inDomain[domain]!;
  return least;
}
