/** The roads not taken, each with its reason. */
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Panel } from '@/app/_ui/panel';
import type { RejectedCandidate } from '@/engine/loop';
import type { PlanDetail } from './plan-words';

const COLUMNS: readonly Column<RejectedCandidate>[] = [
  { key: 'title', header: 'Candidate', value: (c) => c.title },
  { key: 'score', header: 'Score', unit: '$/h', value: (c) => c.score, digits: 3 },
  { key: 'because', header: 'Why not', value: (c) => c.because },
];

export function RejectedCandidates({ detail: { body } }: { readonly detail: PlanDetail }) {
  const rejected = 'evidence' in body ? body.evidence.rejected : [];
  if (rejected.length === 0) return null;
  return (
    <Panel title="Why not something else" note={`${rejected.length} rejected candidates, rehearsed on the same futures`}>
      <DataTable caption="Rejected candidates" columns={COLUMNS} rows={rejected} rowKey={(c) => c.title} />
    </Panel>
  );
}
