/** One turn: what was found, what was rehearsed, why this and not the others, and the promise it would have made. */
import { Badge } from '@/app/_ui/badge';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { formatClock } from '@/app/_ui/time-format';
import type { Decision, Finding, Judged, Prediction } from '@/engine/loop';

const FINDINGS: readonly Column<Finding>[] = [
  { key: 'subject', header: 'Where', value: (f) => f.subject },
  { key: 'kind', header: 'What', value: (f) => f.kind, render: (f) => <Badge tone={f.severity === 'page' ? 'bad' : f.severity === 'ticket' ? 'watch' : 'neutral'}>{f.kind}</Badge> },
  { key: 'value', header: 'Value', value: (f) => f.value },
  { key: 'limit', header: 'Limit', value: (f) => f.limit },
  { key: 'detail', header: 'In words', value: (f) => f.detail },
];

const CANDIDATES: readonly Column<Judged>[] = [
  { key: 'title', header: 'Candidate', value: (c) => c.rehearsal.proposal.title, render: (c) => <span className={c.rejectedBecause === null ? 'font-medium' : ''}>{c.rehearsal.proposal.title}</span> },
  { key: 'total', header: 'Score', unit: '$/h, less is better', value: (c) => c.score.total, digits: 3 },
  { key: 'cost', header: 'CPU held', unit: '$/h', value: (c) => c.score.cost, digits: 3 },
  { key: 'missed', header: 'Missed objectives', unit: '$/h', value: (c) => c.score.missed, digits: 3 },
  { key: 'disruption', header: 'Disruption', unit: '$/h', value: (c) => c.score.disruption, digits: 3 },
  { key: 'why', header: 'Why not', value: (c) => c.rejectedBecause ?? 'chosen' },
];

const PROMISES: readonly Column<Prediction>[] = [
  { key: 'subject', header: 'Where', value: (p) => p.subject },
  { key: 'metric', header: 'Figure', value: (p) => p.metric },
  { key: 'mean', header: 'Predicted', value: (p) => p.mean },
  { key: 'band', header: 'Band', value: (p) => p.lower, render: (p) => `${formatNumber(p.lower)} – ${formatNumber(p.upper)}` },
  { key: 'unit', header: 'Unit', value: (p) => p.unit },
  { key: 'runs', header: 'Runs', value: (p) => p.runs },
];

export function DecisionDetail({ decision, at }: { readonly decision: Decision; readonly at: number }) {
  const { chosen, findings, candidates, because } = decision;
  return (
    <Panel title={`Turn at ${formatClock(at)}`} note={<code>{decision.decisionHash}</code>}>
      <div className="grid gap-4">
        <p className="text-lg">{chosen === null ? `No plan: ${because ?? 'nothing to do'}.` : `${chosen.body.title}.`}</p>
        <DataTable caption="Findings" columns={FINDINGS} rows={findings} rowKey={(f) => `${f.subject} ${f.kind}`} empty={<p className="text-ink-2">Nothing was found.</p>} />
        {candidates.length === 0 ? null : <DataTable caption="Candidates, rehearsed" columns={CANDIDATES} rows={candidates} rowKey={(c) => c.rehearsal.proposal.title} />}
        {chosen === null ? null : <DataTable caption="What the plan would have promised" columns={PROMISES} rows={chosen.body.predicted} rowKey={(p) => `${p.subject} ${p.metric}`} />}
      </div>
    </Panel>
  );
}
