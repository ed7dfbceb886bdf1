/** Who adds and removes nodes: the cluster autoscaler, or Karpenter with consolidation. Defaults are upstream's. */
import { onlyKeys, optional, readChoice, readList, readNumber, readText, member, note, type SpecReader } from '../../../spec-reader';

export const EXPANDERS = ['least-waste', 'least-nodes', 'most-pods', 'random'] as const;
export type ExpanderName = (typeof EXPANDERS)[number];

export type ClusterAutoscalerSpec = {
  readonly kind: 'cluster-autoscaler';
  readonly expander?: ExpanderName;
  readonly scanSeconds?: number;
  readonly utilizationThreshold?: number;
  readonly unneededSeconds?: number;
  readonly delayAfterAddSeconds?: number;
  readonly delayAfterDeleteSeconds?: number;
};

export type KarpenterSpec = {
  readonly kind: 'karpenter';
  readonly policy?: 'WhenEmpty' | 'WhenEmptyOrUnderutilized' | 'Balanced';
  /** How long nothing must have come to or left a node. */
  readonly consolidateAfterSeconds?: number;
  /** How many nodes may go at once: numbers or percentages; default 10 %. */
  readonly budgets?: readonly { readonly nodes: string }[];
};

export type NodeAutoscalerSpec = ClusterAutoscalerSpec | KarpenterSpec;

export function readNodeAutoscaler(at: SpecReader): NodeAutoscalerSpec {
  const kind = readChoice(member(at, 'kind'), ['cluster-autoscaler', 'karpenter']);
  const seconds = (key: string, min: number) => optional(at, key, (m) => readNumber(m, { min, max: 86_400 }));
  if (kind === 'karpenter') {
    onlyKeys(at, ['kind', 'policy', 'consolidateAfterSeconds', 'budgets']);
    return {
      kind,
      policy: optional(at, 'policy', (m) => readChoice(m, ['WhenEmpty', 'WhenEmptyOrUnderutilized', 'Balanced'])),
      consolidateAfterSeconds: seconds('consolidateAfterSeconds', 0),
      budgets: optional(at, 'budgets', (m) => readList(m, readPoolBudget, { min: 1, max: 50 })),
    };
  }
  onlyKeys(at, ['kind', 'expander', 'scanSeconds', 'utilizationThreshold', 'unneededSeconds', 'delayAfterAddSeconds', 'delayAfterDeleteSeconds']);
  return {
    kind,
    expander: optional(at, 'expander', (m) => readChoice(m, EXPANDERS)),
    scanSeconds: seconds('scanSeconds', 1),
    utilizationThreshold: optional(at, 'utilizationThreshold', (m) => readNumber(m, { min: 0, max: 1 })),
    unneededSeconds: seconds('unneededSeconds', 0),
    delayAfterAddSeconds: seconds('delayAfterAddSeconds', 0),
    delayAfterDeleteSeconds: seconds('delayAfterDeleteSeconds', 0),
  };
}

function readPoolBudget(at: SpecReader): { readonly nodes: string } {
  onlyKeys(at, ['nodes']);
  const nodes = readText(member(at, 'nodes'));
  if (nodes !== '' && !/^(\d{1,9}|\d{1,3}%)$/.test(nodes)) note(member(at, 'nodes'), 'not-parsable', `"${nodes.slice(0, 40)}" is neither a number nor a percentage`, 'write "1" or "10%"');
  return { nodes };
}
