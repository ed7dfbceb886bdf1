/** Plans: what waits for a person, what runs, what became of the rest; and the way to a plan of one's own. */
'use client';

import { useRouter } from 'next/navigation';
import { useLiveFeed } from '@/app/_lib/server/live-feed';
import { serverWords, trpc } from '@/app/_lib/server/trpc';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Badge } from '@/app/_ui/badge';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { EmptyState } from '@/app/_ui/empty-state';
import { Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';
import { DraftForm } from './draft-form';
import { FleetPanel } from './fleet-panel';
import { LoopNow } from './loop-now';
import { clockTime, STATE_WORDS, type PlanSummary } from './plan-words';
import { PromiseLedger } from './promise-ledger';

const WAITING: readonly PlanSummary['state'][] = ['draft', 'proposed', 'rehearsed', 'approved', 'stale', 'needs-human'];
const RUNNING: readonly PlanSummary['state'][] = ['armed', 'executing', 'verifying', 'undoing'];

const COLUMNS: readonly Column<PlanSummary>[] = [
  { key: 'title', header: 'Plan', value: (plan) => plan.title, render: (plan) => <span className="font-medium">{plan.title}</span> },
  { key: 'state', header: 'State', value: (plan) => plan.state, render: (plan) => <Badge tone={STATE_WORDS[plan.state].tone} title={STATE_WORDS[plan.state].says}>{plan.state}</Badge> },
  { key: 'author', header: 'Author', value: (plan) => plan.author },
  { key: 'target', header: 'Target', value: (plan) => plan.connector },
  { key: 'moved', header: 'Last move', value: (plan) => plan.movedAtUs, render: (plan) => clockTime(plan.movedAtUs) },
];

export function InboxPage() {
  const router = useRouter();
  const plans = trpc.plans.list.useQuery({ limit: 100 });
  const connectors = trpc.connectors.list.useQuery();
  const { connected } = useLiveFeed();
  const fleetMode = connectors.data?.find((connector) => connector.connector === 'fleet')?.mode ?? 'read';
  useWorkMode(fleetMode === 'live' ? 'live' : 'dry-run', 'fleet');
  const open = (plan: PlanSummary) => router.push(`/plans/${plan.id}`);
  const list = plans.data ?? [];
  const waiting = list.filter((plan) => WAITING.includes(plan.state));
  const running = list.filter((plan) => RUNNING.includes(plan.state));
  const ended = list.filter((plan) => !WAITING.includes(plan.state) && !RUNNING.includes(plan.state));
  const table = (caption: string, rows: readonly PlanSummary[]) => <DataTable caption={caption} columns={COLUMNS} rows={rows} rowKey={(plan) => plan.id} onOpen={open} rowsPerPage={20} />;
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <h1 className="text-xl font-medium">{waiting.length === 0 ? 'No plan waits for you.' : `${waiting.length} ${waiting.length === 1 ? 'plan waits' : 'plans wait'} for you.`}</h1>
      {plans.error === null ? null : <Notice tone="error" what="The plans could not be read" why={serverWords(plans.error)} next="Reload the page; if it stays so, look at the server's output." />}
      <div className="grid gap-x-6 gap-y-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="grid min-w-0 content-start gap-4">
          <Panel title="Inbox" note={connected ? 'follows by itself' : 'not connected to the live stream'}>
            {waiting.length > 0 ? table('Plans that wait for a person', waiting) : (
              <EmptyState title="The loop proposes a plan when it finds something worth changing.">Start the fleet and give it something to cope with, or write a plan of your own.</EmptyState>
            )}
          </Panel>
          {running.length === 0 ? null : <Panel title="Running">{table('Plans that run', running)}</Panel>}
          <DraftForm onMade={(id) => router.push(`/plans/${id}`)} />
          <PromiseLedger />
          {ended.length === 0 ? null : <Panel title="Ended">{table('Plans that ended', ended)}</Panel>}
        </div>
        <div className="grid content-start gap-4">
          <FleetPanel />
          <LoopNow />
        </div>
      </div>
    </div>
  );
}
