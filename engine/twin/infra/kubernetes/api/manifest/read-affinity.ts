/** Affinity, tolerations and spread constraints of a pod manifest. */
import type { LabelSelector, NodeSelectorTerm, SelectorRequirement } from '../labels';
import type { Affinity, NodeAffinity, PodAffinity, PodAffinityTerm, Toleration, TopologySpreadConstraint } from '../pod';
import { child, integerAt, itemsAt, labelsAt, textAt, textsAt, type Cursor } from './cursor';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

const present = (at: Cursor) => at.value !== undefined && at.value !== null;

const requirements = (at: Cursor): readonly SelectorRequirement[] | undefined =>
  itemsAt(at)?.map((item) => ({ key: textAt(child(item, 'key')) ?? '', operator: textAt(child(item, 'operator')) ?? '', values: textsAt(child(item, 'values')) ?? null }));

export const readLabelSelector = (at: Cursor): LabelSelector | null => (present(at) ? { matchLabels: labelsAt(child(at, 'matchLabels')) ?? null, matchExpressions: requirements(child(at, 'matchExpressions')) ?? null } : null);

const nodeTerm = (at: Cursor): NodeSelectorTerm => ({ matchExpressions: requirements(child(at, 'matchExpressions')) ?? null, matchFields: requirements(child(at, 'matchFields')) ?? null });

export function readNodeAffinity(at: Cursor): NodeAffinity | null {
  if (!present(at)) return null;
  const required = child(at, REQUIRED);
  const preferred = itemsAt(child(at, PREFERRED))?.map((item) => ({ weight: integerAt(child(item, 'weight')) ?? 0, preference: nodeTerm(child(item, 'preference')) }));
  return { [REQUIRED]: present(required) ? { nodeSelectorTerms: itemsAt(child(required, 'nodeSelectorTerms'))?.map(nodeTerm) ?? null } : null, [PREFERRED]: preferred ?? null };
}

const podTerm = (at: Cursor): PodAffinityTerm => ({
  labelSelector: readLabelSelector(child(at, 'labelSelector')),
  namespaceSelector: readLabelSelector(child(at, 'namespaceSelector')),
  namespaces: textsAt(child(at, 'namespaces')) ?? null,
  topologyKey: textAt(child(at, 'topologyKey')) ?? '',
  matchLabelKeys: textsAt(child(at, 'matchLabelKeys')) ?? null,
  mismatchLabelKeys: textsAt(child(at, 'mismatchLabelKeys')) ?? null,
});

function podAffinity(at: Cursor): PodAffinity | null {
  if (!present(at)) return null;
  const preferred = itemsAt(child(at, PREFERRED))?.map((item) => ({ weight: integerAt(child(item, 'weight')) ?? 0, podAffinityTerm: podTerm(child(item, 'podAffinityTerm')) }));
  return { [REQUIRED]: itemsAt(child(at, REQUIRED))?.map(podTerm) ?? null, [PREFERRED]: preferred ?? null };
}

export const readAffinity = (at: Cursor): Affinity | null =>
  present(at) ? { nodeAffinity: readNodeAffinity(child(at, 'nodeAffinity')), podAffinity: podAffinity(child(at, 'podAffinity')), podAntiAffinity: podAffinity(child(at, 'podAntiAffinity')) } : null;

export function readToleration(at: Cursor): Toleration {
  const entries = (['key', 'operator', 'value', 'effect'] as const).flatMap((name) => {
    const value = textAt(child(at, name));
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

export const readSpreadConstraint = (at: Cursor): TopologySpreadConstraint => ({
  maxSkew: integerAt(child(at, 'maxSkew')) ?? 1,
  topologyKey: textAt(child(at, 'topologyKey')) ?? '',
  whenUnsatisfiable: textAt(child(at, 'whenUnsatisfiable')) ?? 'DoNotSchedule',
  labelSelector: readLabelSelector(child(at, 'labelSelector')),
  minDomains: integerAt(child(at, 'minDomains')) ?? null,
  matchLabelKeys: textsAt(child(at, 'matchLabelKeys')) ?? null,
  nodeAffinityPolicy: textAt(child(at, 'nodeAffinityPolicy')) ?? null,
  nodeTaintsPolicy: textAt(child(at, 'nodeTaintsPolicy')) ?? null,
});
