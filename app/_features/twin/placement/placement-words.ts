/** The scheduler's reasons in plain words: what a plugin looks at, and what a change would be. */
import type { kubernetes } from '@/engine/twin';

const LOOKS_AT: Readonly<Record<kubernetes.ScoreName, string>> = {
  NodeResourcesFit: 'free room',
  NodeResourcesBalancedAllocation: 'balance of CPU and memory',
  ImageLocality: 'images it has already',
  TaintToleration: 'its taints',
  NodeAffinity: 'preferred labels',
  PodTopologySpread: 'spread of the replicas',
  InterPodAffinity: 'its neighbours',
};

const MIB = 1_048_576;
const listed = (names: readonly string[]) => names.map((name) => name.replace(/^default\//, '')).join(', ');
const amount = (resource: string, value: number) => (resource === 'cpu' ? `${value} mCPU` : resource === 'memory' ? `${Math.ceil(value / MIB)} MiB` : `${value} ${resource}`);

export function changeWords(change: kubernetes.Change): string {
  switch (change.kind) {
    case 'uncordon':
      return `uncordon ${change.node}`;
    case 'cordon':
      return `cordon ${listed(change.nodes)}`;
    case 'tolerate':
      return `tolerate ${change.taint.key}${change.taint.value === undefined ? '' : `=${change.taint.value}`}:${change.taint.effect}`;
    case 'label-node':
      return `label ${change.node} ${Object.entries(change.labels).map(([key, value]) => `${key}=${value}`).join(', ')}`;
    case 'drop-node-affinity':
      return 'drop its node selector';
    case 'unpin-node':
      return `unpin it from ${change.from}`;
    case 'drop-host-ports':
      return 'drop its host ports';
    case 'lower-request':
      return `ask for ${amount(change.resource, change.by)} less`;
    case 'add-pod-slots':
      return `allow ${change.by} more pods on ${change.node}`;
    case 'raise-max-skew':
      return `bear a skew of ${change.by} more over ${change.topologyKey}`;
    case 'drop-pod-affinity':
      return `drop its pod ${change.which}`;
    case 'remove-pods':
      return `move ${listed(change.names)} away`;
    case 'prefer-node':
      return `prefer ${change.node} with weight ${change.weight}`;
  }
}

export const flipWords = (flip: kubernetes.Flip | null): string | null => (flip === null ? null : flip.changes.length === 0 ? 'as good: drawn by lot' : flip.changes.map(changeWords).join(', then '));

/** What became of one node, in a sentence. */
export function outcomeWords(each: kubernetes.NodeExplanation): string {
  switch (each.outcome) {
    case 'chosen':
      return each.total === null ? 'The only node that takes it.' : `${each.total} points.`;
    case 'outscored':
      return each.behindBy === 0 ? `${each.total} points, as many.` : `${each.total} points, ${each.behindBy} behind, most of them for ${LOOKS_AT[each.decisivePlugin]}.`;
    case 'refused':
      return sentence(each.refusals.map(({ reason }) => reason).join('; '));
  }
}

const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;

/** Chosen first, then those it might have been, the nearest first, then those that cannot. */
export function inOrder(nodes: readonly kubernetes.NodeExplanation[]): readonly kubernetes.NodeExplanation[] {
  const rank = (each: kubernetes.NodeExplanation) => (each.outcome === 'chosen' ? -1 : each.outcome === 'outscored' ? each.behindBy : Infinity);
  return [...nodes].sort((x, y) => (rank(x) === rank(y) ? (x.node < y.node ? -1 : 1) : rank(x) - rank(y)));
}
