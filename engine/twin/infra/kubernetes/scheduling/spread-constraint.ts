/**
 * Topology spread constraints, ready to count with: selector (with matchLabelKeys), and which nodes count
 * (nodeAffinityPolicy Honor, nodeTaintsPolicy Ignore unless said otherwise).
 *
 * A pod without constraints of its own gets the profile's defaults: "System" spreads softly over hosts
 * (skew 3) and zones (skew 5), selecting what the services and the controller of the pod select.
 */
import { labelOf, type Labels } from '../api/labels';
import type { Node } from '../api/node';
import type { Pod, TopologySpreadConstraint } from '../api/pod';
import type { FilterSettings } from './filter';
import { requiredNodeMatcher, type NodeMatcher } from './node-affinity';
import { labelSelectorOf, selects, withLabels, type Selector } from './selector';
import type { NodeInfo, Snapshot } from './snapshot';
import { untoleratedTaint } from './taint';

export const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

export type SpreadSettings = Pick<FilterSettings, 'spreadDefaulting' | 'spreadDefaults'>;
export type SpreadAction = 'DoNotSchedule' | 'ScheduleAnyway';
export type SpreadConstraint = {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly selector: Selector;
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
};

const SYSTEM_DEFAULTS: readonly TopologySpreadConstraint[] = [
  { topologyKey: HOSTNAME, maxSkew: 3, whenUnsatisfiable: 'ScheduleAnyway' },
  { topologyKey: ZONE, maxSkew: 5, whenUnsatisfiable: 'ScheduleAnyway' },
];

export const hasOwnConstraints = (pod: Pod) => (pod.topologySpreadConstraints ?? []).length > 0;

/** Constraints of one kind; null when a selector is invalid, which makes the pod unschedulable upstream. */
export function spreadConstraintsOf(pod: Pod, snapshot: Snapshot, action: SpreadAction, settings: SpreadSettings): readonly SpreadConstraint[] | null {
  if (!hasOwnConstraints(pod)) return defaultConstraintsOf(pod, snapshot, action, settings);
  const constraints: SpreadConstraint[] = [];
  for (const constraint of pod.topologySpreadConstraints ?? []) {
    if (constraint.whenUnsatisfiable !== action) continue;
    const selector = labelSelectorOf(constraint.labelSelector);
    if (selector === null) return null;
    constraints.push(compile(constraint, withMatchLabelKeys(selector, constraint.matchLabelKeys ?? [], pod.labels)));
  }
  return constraints;
}

function defaultConstraintsOf(pod: Pod, snapshot: Snapshot, action: SpreadAction, { spreadDefaulting = 'System', spreadDefaults = [] }: SpreadSettings): readonly SpreadConstraint[] {
  const defaults = (spreadDefaulting === 'System' ? SYSTEM_DEFAULTS : spreadDefaults).filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action);
  if (defaults.length === 0) return [];
  const selector = defaultSelectorOf(pod, snapshot);
  return selector.requirements.length === 0 ? [] : defaults.map((constraint) => compile(constraint, selector));
}

/** What the services of the pod and its controller select, taken together. */
function defaultSelectorOf(pod: Pod, snapshot: Snapshot): Selector {
  const requirements = snapshot.selectors.flatMap(({ kind, name, namespace, selector }) => {
    const compiled = namespace === pod.namespace ? labelSelectorOf(selector) : null;
    if (compiled === null || compiled.nothing || compiled.requirements.length === 0) return [];
    const concerns = kind === 'Service' || pod.owner === undefined ? selects(compiled, pod.labels) : pod.owner.kind === kind && pod.owner.name === name;
    return concerns ? compiled.requirements : [];
  });
  return { nothing: false, requirements };
}

function withMatchLabelKeys(selector: Selector, keys: readonly string[], labels: Labels): Selector {
  const pairs = keys.flatMap((key) => {
    const value = labelOf(labels, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return pairs.length === 0 ? selector : withLabels(selector, Object.fromEntries(pairs));
}

const compile = (constraint: TopologySpreadConstraint, selector: Selector): SpreadConstraint => ({
  topologyKey: constraint.topologyKey,
  maxSkew: constraint.maxSkew,
  minDomains: constraint.minDomains ?? 1,
  selector,
  honorsAffinity: constraint.nodeAffinityPolicy !== 'Ignore',
  honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
});

/** Whether a node's pods count for a constraint. */
export function inclusionOf(pod: Pod): (constraint: SpreadConstraint, node: Node) => boolean {
  const affine: NodeMatcher = requiredNodeMatcher(pod);
  const tolerations = pod.tolerations ?? [];
  return (constraint, node) =>
    (!constraint.honorsAffinity || affine(node)) && (!constraint.honorsTaints || untoleratedTaint(node.taints ?? [], tolerations) === undefined);
}

export const hasAllKeys = (node: Node, constraints: readonly SpreadConstraint[]) => constraints.every(({ topologyKey }) => labelOf(node.labels, topologyKey) !== undefined);

/** Pods of the namespace that the selector matches and that are not terminating; an empty selector counts none. */
export function countMatching(info: NodeInfo, selector: Selector, namespace: string): number {
  if (!selector.nothing && selector.requirements.length === 0) return 0;
  let count = 0;
  for (const pod of info.pods) if (pod.terminating !== true && pod.namespace === namespace && selects(selector, pod.labels)) count += 1;
  return count;
}
