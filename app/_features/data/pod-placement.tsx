/** Any pod of the imported cluster: why it is on its node and on no other, and the smallest change that would move it. */
'use client';

import { useState } from 'react';
import { Field, FIELD_LOOK } from '@/app/_ui/field';
import { DataTable, type Column } from '@/app/_ui/data-table';
import type { ImportedExplanation } from '@/engine/scenario';
import type { kubernetes } from '@/engine/twin';

type PodPlacementProps = { readonly pods: readonly string[]; readonly waiting: readonly string[]; readonly explain: (pod: string) => Promise<ImportedExplanation | null> };

const COLUMNS: readonly Column<kubernetes.NodeExplanation>[] = [
  { key: 'node', header: 'Node', value: (each) => each.node },
  { key: 'outcome', header: 'Outcome', value: (each) => each.outcome, render: (each) => <span className={each.outcome === 'chosen' ? 'font-medium' : ''}>{each.outcome}</span> },
  { key: 'why', header: 'Why', value: whyOf },
  { key: 'flip', header: 'It would go there after', value: (each) => (each.outcome === 'chosen' || each.flip === null ? null : each.flip.changes.map(wordsOf).join(', then ')) },
];

function whyOf(each: kubernetes.NodeExplanation): string {
  switch (each.outcome) {
    case 'chosen':
      return each.total === null ? 'nothing else fits' : `${each.total} points`;
    case 'outscored':
      return `${each.behindBy} points behind, most of them by ${each.decisivePlugin}`;
    case 'refused':
      return each.refusals.map(({ filter, reason }) => `${filter}: ${reason}`).join('; ');
  }
}

function wordsOf(change: kubernetes.Change): string {
  switch (change.kind) {
    case 'lower-request':
      return `asking for ${amountOf(change.resource, change.by)} less`;
    case 'tolerate':
      return `tolerating ${change.taint.key}${change.taint.value === undefined ? '' : `=${change.taint.value}`}:${change.taint.effect}`;
    case 'cordon':
      return `cordoning ${change.nodes.join(', ')}`;
    case 'uncordon':
      return `uncordoning ${change.node}`;
    case 'label-node':
      return `labelling the node ${Object.entries(change.labels).map(([key, value]) => `${key}=${value}`).join(', ')}`;
    case 'remove-pods':
      return `removing ${change.names.join(', ')}`;
    case 'prefer-node':
      return `preferring the node with weight ${change.weight}`;
    case 'raise-max-skew':
      return `a skew of ${change.by} more over ${change.topologyKey}`;
    case 'add-pod-slots':
      return `${change.by} more pod slots`;
    case 'drop-pod-affinity':
      return `dropping its pod ${change.which}`;
    case 'drop-node-affinity':
      return 'dropping its node selector and affinity';
    case 'drop-host-ports':
      return 'dropping its host ports';
    case 'unpin-node':
      return 'naming no node';
  }
}

const MIB = 1_048_576;
const amountOf = (resource: string, by: number) => (resource === 'cpu' ? `${by}m CPU` : resource === 'memory' ? `${Math.ceil(by / MIB)} MiB memory` : `${by} ${resource}`);

export function PodPlacement({ pods, waiting, explain }: PodPlacementProps) {
  const [asked, setAsked] = useState('');
  const [answer, setAnswer] = useState<ImportedExplanation | null>(null);
  const ask = async (pod: string) => {
    setAsked(pod);
    setAnswer(pod === '' ? null : await explain(pod));
  };
  const first = [...waiting, ...pods.filter((pod) => !waiting.includes(pod))];
  return (
    <section aria-label="Why is this pod here?" className="grid gap-2">
      <div className="max-w-xl">
        <Field label="Why is this pod here?" hint={waiting.length === 0 ? 'The scheduler of the twin decides it again.' : `${waiting.length === 1 ? 'One pod waits' : `${waiting.length} pods wait`} for a node; ${waiting.length === 1 ? 'it is' : 'they are'} first in the list.`}>
          {(ids) => (
            <select {...ids} value={asked} onChange={(event) => void ask(event.target.value)} className={`${FIELD_LOOK} h-8`}>
              <option value="">Choose a pod</option>
              {first.slice(0, PODS_LISTED).map((pod) => (
                <option key={pod} value={pod}>
                  {pod}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {answer === null || answer.pod !== asked ? null : (
        <>
          <p>{sentenceOf(answer)}</p>
          <DataTable caption={`Nodes for ${answer.pod}`} columns={COLUMNS} rows={answer.explanation.nodes} rowKey={(each) => each.node} rowsPerPage={10} />
        </>
      )}
    </section>
  );
}

const PODS_LISTED = 2_000;

function sentenceOf({ pod, node, explanation: { chosen, tiedWith } }: ImportedExplanation): string {
  const now = node === null ? `${pod} waits for a node` : `${pod} is on ${node}`;
  if (chosen === null) return `${now}, and the scheduler finds none for it.`;
  if (chosen === node) return `${now}, where the scheduler would put it again${tiedWith.length === 0 ? '' : ` (as good: ${tiedWith.join(', ')})`}.`;
  return `${now}; placed anew it would go to ${chosen}.`;
}
