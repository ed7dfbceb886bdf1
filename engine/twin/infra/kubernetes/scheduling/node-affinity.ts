/**
 * Which nodes a pod asks for: `nodeSelector` AND the required terms of its node affinity. Terms are OR-ed,
 * the expressions inside one are AND-ed, an empty term and an invalid one match no node; an empty list of
 * terms matches nothing, an absent one everything.
 */
import { labelOf, type NodeSelector, type NodeSelectorTerm, type SelectorRequirement } from '../api/labels';
import type { Node } from '../api/node';
import type { Pod } from '../api/pod';
import { allOf, selects, type Selector } from './selector';

type FieldRequirement = { readonly key: string; readonly value: string; readonly equal: boolean };
export type NodeTerm = { readonly labels: Selector; readonly fields: readonly FieldRequirement[] };
export type NodeMatcher = (node: Node) => boolean;

/** Null when the term matches nothing: it is empty, or the API machinery would refuse it. */
export function nodeTermOf(term: NodeSelectorTerm): NodeTerm | null {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length === 0 && fields.length === 0) return null;
  const labels = allOf(expressions);
  const fieldRequirements = fields.map(fieldRequirementOf);
  if (labels === null || fieldRequirements.includes(null)) return null;
  return { labels, fields: fieldRequirements.filter((field) => field !== null) };
}

function fieldRequirementOf({ key, operator, values }: SelectorRequirement): FieldRequirement | null {
  if (values?.length !== 1 || (operator !== 'In' && operator !== 'NotIn')) return null;
  return { key, value: values[0]!, equal: operator === 'In' };
}

export function termMatches(term: NodeTerm, node: Node): boolean {
  if (!selects(term.labels, node.labels)) return false;
  return term.fields.every(({ key, value, equal }) => ((key === 'metadata.name' ? node.name : '') === value) === equal);
}

export function nodeSelectorMatcher(selector: NodeSelector | null | undefined): NodeMatcher {
  if (selector === null || selector === undefined) return () => true;
  const terms = (selector.nodeSelectorTerms ?? []).map(nodeTermOf).filter((term) => term !== null);
  return (node) => terms.some((term) => termMatches(term, node));
}

/** nodeSelector AND required node affinity of the pod. */
export function requiredNodeMatcher(pod: Pod): NodeMatcher {
  const wanted = Object.entries(pod.nodeSelector ?? {});
  const affine = nodeSelectorMatcher(pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution);
  return (node) => wanted.every(([key, value]) => labelOf(node.labels, key) === value) && affine(node);
}
