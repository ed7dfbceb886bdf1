/**
 * What could be done about a refusal, in the order in which a person would try it: the change with the
 * smallest reach first (the pod before the node, one request before whole terms). Amounts come from the
 * refusal's own numbers, so they are the smallest that can work.
 */
import { labelOf, type SelectorRequirement } from '../../api/labels';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { hostPortsOf } from '../filters/node-ports';
import type { NamedRejection } from '../judge';
import type { NodeInfo } from '../snapshot';
import { untoleratedTaint } from '../taint';
import type { Change } from './change';

const MAX_SKEW_STEPS = 64;

/** Changes to try, each on its own; an empty list means that only another node helps. */
export function remediesFor(rejection: NamedRejection, pod: Pod, info: NodeInfo): readonly (readonly Change[])[] {
  const { node } = info;
  switch (rejection.filter) {
    case 'NodeUnschedulable':
      return [[{ kind: 'uncordon', node: node.name }]];
    case 'NodeName':
      return [[{ kind: 'unpin-node', from: pod.nodeName ?? '' }]];
    case 'TaintToleration': {
      const taint = untoleratedTaint(node.taints ?? [], pod.tolerations ?? []);
      return taint === undefined ? [] : [[{ kind: 'tolerate', taint }]];
    }
    case 'NodeAffinity':
      return [...labelRemedies(pod, node), [{ kind: 'drop-node-affinity' }]];
    case 'NodePorts':
      return [...portRemedies(pod, info), [{ kind: 'drop-host-ports' }]];
    case 'NodeResourcesFit':
      return [resourceRemedy(rejection, node)];
    case 'PodTopologySpread':
      return spreadRemedies(pod);
    case 'InterPodAffinity':
      return [[{ kind: 'drop-pod-affinity', which: 'anti-affinity' }], [{ kind: 'drop-pod-affinity', which: 'affinity' }], ...repellingRemedies(info)];
    case 'VolumeZone':
      return [];
  }
}

/** Requests lowered by what is missing; slots where they are full. */
function resourceRemedy({ short = [] }: NamedRejection, node: Node): readonly Change[] {
  return short.map(({ resource, requested, used, capacity }): Change => (resource === 'pods' ? { kind: 'add-pod-slots', node: node.name, by: used + 1 - capacity } : { kind: 'lower-request', resource, by: requested - Math.max(0, capacity - used) }));
}

/** Labels that would make the node selector, or one required term, match. */
function labelRemedies(pod: Pod, node: Node): readonly (readonly Change[])[] {
  const selected = Object.entries(pod.nodeSelector ?? {}).filter(([key, value]) => labelOf(node.labels, key) !== value);
  const terms = pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? null;
  const perTerm = terms === null ? [[]] : terms.map(({ matchExpressions }) => (matchExpressions ?? []).flatMap(labelFor));
  return perTerm.map((labels) => Object.fromEntries([...labels, ...selected])).filter((labels) => Object.keys(labels).length > 0).map((labels): Change[] => [{ kind: 'label-node', node: node.name, labels }]);
}

function labelFor({ key, operator, values }: SelectorRequirement): readonly (readonly [string, string])[] {
  if (operator === 'In') return values?.[0] === undefined ? [] : [[key, values[0]]];
  return operator === 'Exists' ? [[key, '']] : [];
}

/** The pods that hold the wanted host ports. */
function portRemedies(pod: Pod, { pods }: NodeInfo): readonly (readonly Change[])[] {
  const wanted = new Set(hostPortsOf(pod, true).map(({ slot }) => slot));
  const holders = pods.filter((other) => hostPortsOf(other, true).some(({ slot }) => wanted.has(slot)));
  return holders.length === 0 ? [] : [[{ kind: 'remove-pods', names: holders.map(nameOf) }]];
}

function spreadRemedies(pod: Pod): readonly (readonly Change[])[] {
  const keys = (pod.topologySpreadConstraints ?? []).filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule').map(({ topologyKey }) => topologyKey);
  return Array.from({ length: MAX_SKEW_STEPS }, (_, i) => i + 1).flatMap((by) => keys.map((topologyKey): Change[] => [{ kind: 'raise-max-skew', topologyKey, by }]));
}

/** Pods on this node whose own anti-affinity may be what keeps the pod away. */
function repellingRemedies({ pods }: NodeInfo): readonly (readonly Change[])[] {
  const repelling = pods.filter((other) => (other.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).length > 0);
  return repelling.length === 0 ? [] : [[{ kind: 'remove-pods', names: repelling.map(nameOf) }]];
}

const nameOf = ({ namespace, name }: Pod) => `${namespace}/${name}`;
