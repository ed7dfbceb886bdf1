/** Why a replica is on its node and on no other, and what would move it: the scheduler is asked again by the worker, at the second under the cursor. */
'use client';

import { formatCount, formatMib } from '@/app/_lib/format/quantity';
import type { LiveWorld } from '@/app/_lib/live-world/live-world';
import { useLook } from '@/app/_lib/live-world/use-look';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { Panel } from '@/app/_ui/panel';
import type { kubernetes, ReplicaExplanation } from '@/engine/twin';
import { flipWords, inOrder, outcomeWords } from './placement-words';

type PlacementPanelProps = { readonly replica: string; readonly look: LiveWorld['look']; readonly at: number | null; readonly now: number; readonly onChoose: (id: string | null) => void };

const NODES_SHOWN = 12;

export function PlacementPanel({ replica, look, at, now, onChoose }: PlacementPanelProps) {
  const seen = useLook(look, replica, at, now, (looks, name, second) => looks.explainReplica?.(name, second));
  const close = <Button small kind="quiet" onClick={() => onChoose(null)}>Close</Button>;
  if (seen === null || seen.value === null) {
    return (
      <Panel title={replica} note="replica" actions={close}>
        <p className="text-ink-2">{seen === null ? 'Asking the scheduler.' : 'It does not live at this second: it has not started yet, or it is gone.'}</p>
      </Panel>
    );
  }
  const { service, placement } = seen.value;
  const nodes = inOrder(placement.nodes);
  return (
    <Panel title={replica} note={<Facts of={seen.value} />} actions={close}>
      <p className="mb-3 text-ink-2">{choiceWords(seen.value)}</p>
      <ol aria-label={`Why ${replica} is on no other node`} className="grid gap-2">
        {nodes.slice(0, NODES_SHOWN).map((each) => <NodeRow key={each.node} each={each} onChoose={onChoose} />)}
      </ol>
      {nodes.length <= NODES_SHOWN ? null : <p className="mt-2 text-sm text-ink-3">{nodes.length - NODES_SHOWN} more nodes, further behind or refused.</p>}
      <p className="mt-3 text-xs text-ink-3">
        By the rules of kube-scheduler, as if it were placed now. Every change named was tried.{' '}
        <button type="button" className="underline underline-offset-2" onClick={() => onChoose(`service:${service}`)}>All of {service}</button>
      </p>
    </Panel>
  );
}

function Facts({ of }: { readonly of: ReplicaExplanation }) {
  return (
    <>
      {of.phase}, asks for {formatCount(of.cpuRequestMillicores)} mCPU and {formatMib(of.memoryRequestBytes)}, {of.quality}
      {of.restarts === 0 ? '' : `, ${of.restarts} ${of.restarts === 1 ? 'restart' : 'restarts'}`}
    </>
  );
}

function choiceWords({ node, refusal, placement: { chosen, tiedWith } }: ReplicaExplanation): string {
  if (node === null) return refusal ?? 'It waits for a node.';
  if (chosen === null) return `It is on ${node}; no node would take it now.`;
  if (chosen !== node) return `It is on ${node}. Placed now, it would go to ${chosen}: the cluster has changed since, or that node has.`;
  return tiedWith.length === 0 ? `It is on ${node}, and would be placed there again.` : `It is on ${node}; ${tiedWith.join(', ')} would be as good.`;
}

function NodeRow({ each, onChoose }: { readonly each: kubernetes.NodeExplanation; readonly onChoose: (id: string) => void }) {
  const flip = each.outcome === 'chosen' ? null : flipWords(each.flip);
  return (
    <li className="border-b border-line pb-2 last:border-b-0">
      <p className="flex items-center gap-2">
        <button type="button" className="font-medium underline-offset-2 hover:underline" onClick={() => onChoose(`node:${each.node}`)}>{each.node}</button>
        <span className="ml-auto"><Badge tone={each.outcome === 'chosen' ? 'good' : 'neutral'}>{each.outcome === 'chosen' ? 'best' : each.outcome}</Badge></span>
      </p>
      <p className="text-sm text-ink-2">{outcomeWords(each)}</p>
      {flip === null ? null : <p className="text-sm text-ink-3">To bring it here: {flip}.</p>}
    </li>
  );
}
