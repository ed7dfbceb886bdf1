/** Why a pod is where it is, as lines for a terminal. */
import type { ImportedExplanation } from '@/engine/scenario';
import type { kubernetes } from '@/engine/twin';

export function explanationText({ pod, node, explanation: { chosen, tiedWith, nodes } }: ImportedExplanation): string {
  const now = node === null ? 'waits for a node' : `is on ${node}`;
  const choice = chosen === null ? 'The scheduler finds no node for it' : `The scheduler would choose ${chosen}${tiedWith.length === 0 ? '' : ` (as good: ${tiedWith.join(', ')})`}`;
  return [`${pod} ${now}. ${choice}.`, ...nodes.map((each) => `  ${each.node}: ${outcome(each)}`), ''].join('\n');
}

function outcome(each: kubernetes.NodeExplanation): string {
  switch (each.outcome) {
    case 'chosen':
      return each.total === null ? 'chosen: nothing else fits' : `chosen with ${each.total} points`;
    case 'outscored':
      return `${each.behindBy} points behind, most of them by ${each.decisivePlugin}${flipText(each.flip)}`;
    case 'refused':
      return `refused: ${each.refusals.map(({ filter, reason }) => `${filter}, ${reason}`).join('; ')}${flipText(each.flip)}`;
  }
}

const flipText = (flip: kubernetes.Flip | null) => (flip === null ? '' : `. It would go there after: ${flip.changes.map((change) => words(change)).join(', then ')}`);

function words(change: kubernetes.Change): string {
  const { kind, ...details } = change;
  return `${kind} ${Object.values(details).map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join(' ')}`.trim();
}
