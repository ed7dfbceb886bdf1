/**
 * Pod affinity, counted as pods come and go. For each class of pods there are tables by topology key: where
 * the pods are that its required terms mean, that it avoids, that keep it away, and how its preferences (and
 * theirs) weigh. What one pod of a class does to the tables of all classes is worked out once per pair.
 */
import type { Labels } from '../../api/labels';
import { allMean, meansExisting, meansIncoming, podTermsOf, type PodTerms } from '../affinity-term';
import type { Pod } from '../../api/pod';
import type { TopologyDomains } from './domains';

export type AffinityTable = { readonly domains: TopologyDomains; readonly inDomain: Float64Array; total: number };

const KINDS = ['required', 'avoided', 'keptAway', 'weights'] as const;
type Kind = (typeof KINDS)[number];

export type AffinityTables = { readonly terms: PodTerms; readonly selfMeant: boolean } & Readonly<Record<Kind, AffinityTable[]>>;

export type AffinitySettings = {
  readonly hardPodAffinityWeight: number;
  readonly ignorePreferredTermsOfExistingPods: boolean;
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly domainsOf: (key: string) => TopologyDomains;
};

export type AffinityEffect = { readonly table: AffinityTable; readonly amount: number };

export function affinityTables(pod: Pod, { namespaces, domainsOf }: AffinitySettings): AffinityTables {
  const terms = podTermsOf(pod);
  const tables: AffinityTables = { terms, selfMeant: allMean(terms.requiredAffinity, pod, namespaces), required: [], avoided: [], keptAway: [], weights: [] };
  for (const { topologyKey } of terms.requiredAffinity) tableOf(tables, 'required', topologyKey, domainsOf);
  return tables;
}

function tableOf(tables: AffinityTables, kind: Kind, key: string, domainsOf: AffinitySettings['domainsOf']): AffinityTable {
  const known = tables[kind].find(({ domains }) => domains.key === key);
  if (known !== undefined) return known;
  const domains = domainsOf(key);
  const table = { domains, inDomain: new Float64Array(domains.count), total: 0 };
  tables[kind].push(table);
  return table;
}

/** What a running pod does to the tables of a class of incoming pods. */
export function effectsOn(incoming: Pod, tables: AffinityTables, existing: Pod, existingTerms: PodTerms, settings: AffinitySettings): readonly AffinityEffect[] {
  if (hasNoTerms(tables.terms) && hasNoTerms(existingTerms)) return NO_EFFECTS; // most pairs of classes
  const { namespaces, domainsOf } = settings;
  const labels = namespaces.get(incoming.namespace) ?? {};
  const amounts: Record<Kind, Map<string, number>> = { required: new Map(), avoided: new Map(), keptAway: new Map(), weights: new Map() };
  const add = (kind: Kind, key: string, amount: number) => amounts[kind].set(key, (amounts[kind].get(key) ?? 0) + amount);
  const { terms } = tables;
  if (allMean(terms.requiredAffinity, existing, namespaces)) for (const { topologyKey } of terms.requiredAffinity) add('required', topologyKey, 1);
  for (const term of terms.requiredAntiAffinity) if (meansExisting(term, existing, namespaces)) add('avoided', term.topologyKey, 1);
  for (const term of existingTerms.requiredAntiAffinity) if (meansIncoming(term, incoming, labels)) add('keptAway', term.topologyKey, 1);
  if (weighs(terms, settings)) addWeights(incoming, labels, terms, existing, existingTerms, settings, (key, amount) => add('weights', key, amount));
  return KINDS.flatMap((kind) => [...amounts[kind]].map(([key, amount]) => ({ table: tableOf(tables, kind, key, domainsOf), amount })));
}

const NO_EFFECTS: readonly AffinityEffect[] = [];
const hasNoTerms = ({ requiredAffinity, requiredAntiAffinity, preferredAffinity, preferredAntiAffinity }: PodTerms) =>
  requiredAffinity.length + requiredAntiAffinity.length + preferredAffinity.length + preferredAntiAffinity.length === 0;

const weighs = (terms: PodTerms, { ignorePreferredTermsOfExistingPods }: AffinitySettings) =>
  !ignorePreferredTermsOfExistingPods || terms.preferredAffinity.length > 0 || terms.preferredAntiAffinity.length > 0;

function addWeights(incoming: Pod, labels: Labels, terms: PodTerms, existing: Pod, existingTerms: PodTerms, { namespaces, hardPodAffinityWeight }: AffinitySettings, add: (key: string, amount: number) => void): void {
  for (const term of terms.preferredAffinity) if (meansExisting(term, existing, namespaces)) add(term.topologyKey, term.weight);
  for (const term of terms.preferredAntiAffinity) if (meansExisting(term, existing, namespaces)) add(term.topologyKey, -term.weight);
  if (hardPodAffinityWeight > 0) for (const term of existingTerms.requiredAffinity) if (meansIncoming(term, incoming, labels)) add(term.topologyKey, hardPodAffinityWeight);
  for (const term of existingTerms.preferredAffinity) if (meansIncoming(term, incoming, labels)) add(term.topologyKey, term.weight);
  for (const term of existingTerms.preferredAntiAffinity) if (meansIncoming(term, incoming, labels)) add(term.topologyKey, -term.weight);
}

/** `times` pods with this effect arrived on (or, negative, left) a node. */
export function applyEffect({ table, amount }: AffinityEffect, node: number, times: number): void {
  const domain = table.domains.ofNode[node]!;
  if (domain < 0) return;
  table.inDomain[domain] = table.inDomain[domain]! + amount * times;
  table.total += amount * times;
}
