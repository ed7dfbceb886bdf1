/**
 * Pod affinity terms, ready to match. A term without namespaces and without a namespace selector means the
 * namespace of the pod that carries it; a namespace selector adds namespaces to the list.
 *
 * Upstream resolves the selector of the incoming pod over the namespaces it knows, and that of an existing
 * pod against the labels of the incoming pod's namespace (none when unknown); both are kept apart here.
 */
import { labelOf, type Labels } from '../api/labels';
import type { Pod, PodAffinityTerm, WeightedPodAffinityTerm } from '../api/pod';
import { labelSelectorOf, selects, type Requirement, type Selector } from './selector';

export type AffinityTerm = {
  readonly topologyKey: string;
  readonly selector: Selector;
  readonly namespaces: ReadonlySet<string>;
  readonly namespaceSelector: Selector;
};
export type WeightedTerm = AffinityTerm & { readonly weight: number };

export type PodTerms = {
  readonly requiredAffinity: readonly AffinityTerm[];
  readonly requiredAntiAffinity: readonly AffinityTerm[];
  readonly preferredAffinity: readonly WeightedTerm[];
  readonly preferredAntiAffinity: readonly WeightedTerm[];
  /** A selector is invalid: a pod with such a term cannot be scheduled; on a running pod that list is ignored. */
  readonly invalid: boolean;
};

const NO_TERMS: PodTerms = { requiredAffinity: [], requiredAntiAffinity: [], preferredAffinity: [], preferredAntiAffinity: [], invalid: false };

export function podTermsOf(pod: Pod): PodTerms {
  const affinity = pod.affinity?.podAffinity;
  const antiAffinity = pod.affinity?.podAntiAffinity;
  if (!affinity && !antiAffinity) return NO_TERMS;
  const lists = [
    (affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => termOf(pod, term)),
    (antiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => termOf(pod, term)),
  ];
  const weighted = [
    (affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => weightedTermOf(pod, term)),
    (antiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => weightedTermOf(pod, term)),
  ];
  return {
    requiredAffinity: allOrNone(lists[0]!),
    requiredAntiAffinity: allOrNone(lists[1]!),
    preferredAffinity: allOrNone(weighted[0]!),
    preferredAntiAffinity: allOrNone(weighted[1]!),
    invalid: [...lists, ...weighted].some((list) => list.includes(null)),
  };
}

function allOrNone<T>(terms: readonly (T | null)[]): readonly T[] {
  const valid = terms.filter((term) => term !== null);
  return valid.length === terms.length ? valid : [];
}

function weightedTermOf(pod: Pod, { weight, podAffinityTerm }: WeightedPodAffinityTerm): WeightedTerm | null {
  const term = termOf(pod, podAffinityTerm);
  return term === null ? null : { ...term, weight };
}

function termOf(pod: Pod, term: PodAffinityTerm): AffinityTerm | null {
  const selector = labelSelectorOf(term.labelSelector);
  const namespaceSelector = labelSelectorOf(term.namespaceSelector);
  if (selector === null || namespaceSelector === null) return null;
  const named = term.namespaces ?? [];
  const ownOnly = named.length === 0 && (term.namespaceSelector === null || term.namespaceSelector === undefined);
  const requirements = [...keysAs('In', term.matchLabelKeys ?? [], pod.labels), ...keysAs('NotIn', term.mismatchLabelKeys ?? [], pod.labels)];
  return {
    topologyKey: term.topologyKey,
    selector: requirements.length === 0 ? selector : { nothing: selector.nothing, requirements: [...selector.requirements, ...requirements] },
    namespaces: new Set(ownOnly ? [pod.namespace] : named),
    namespaceSelector,
  };
}

const keysAs = (operator: 'In' | 'NotIn', keys: readonly string[], labels: Labels): Requirement[] =>
  keys.flatMap((key) => {
    const value = labelOf(labels, key);
    return value === undefined ? [] : [{ key, operator, values: [value], bound: null }];
  });

const isEverything = (selector: Selector) => !selector.nothing && selector.requirements.length === 0;

/** Whether a term of the incoming pod means the other pod. */
export function meansExisting(term: AffinityTerm, other: Pod, namespaces: ReadonlyMap<string, Labels>): boolean {
  return (term.namespaces.has(other.namespace) || selectsKnown(term.namespaceSelector, other.namespace, namespaces)) && selects(term.selector, other.labels);
}

function selectsKnown(selector: Selector, namespace: string, namespaces: ReadonlyMap<string, Labels>): boolean {
  if (isEverything(selector)) return true;
  const labels = namespaces.get(namespace);
  return labels !== undefined && selects(selector, labels);
}

/** Whether a term of an existing pod means the incoming pod, whose namespace has these labels. */
export const meansIncoming = (term: AffinityTerm, incoming: Pod, namespaceLabels: Labels): boolean =>
  (term.namespaces.has(incoming.namespace) || selects(term.namespaceSelector, namespaceLabels)) && selects(term.selector, incoming.labels);

/** All terms mean the pod; false for no terms. */
export const allMean = (terms: readonly AffinityTerm[], other: Pod, namespaces: ReadonlyMap<string, Labels>) =>
  terms.length > 0 && terms.every((term) => meansExisting(term, other, namespaces));
