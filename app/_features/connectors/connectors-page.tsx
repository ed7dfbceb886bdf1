/** Connectors: the targets, what each may do now, the least it needs, and what it sees. */
'use client';

import { serverWords, trpc } from '@/app/_lib/server/trpc';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Notice } from '@/app/_ui/notice';
import { ConnectorCard } from './connector-card';

export function ConnectorsPage() {
  const connectors = trpc.connectors.list.useQuery();
  const health = trpc.health.useQuery();
  const live = connectors.data?.find((connector) => connector.mode === 'live');
  useWorkMode(live === undefined ? 'dry-run' : 'live', live?.connector ?? 'connectors');
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <header className="grid gap-1">
        <h1 className="text-xl font-medium">Connectors</h1>
        <p className="max-w-3xl text-ink-2">Reading and writing are separate: a connector starts by reading, and only an approved plan ever reaches its write side, in live mode.</p>
      </header>
      {health.data?.singleOperator === true ? <Notice what="One local operator" why="Nobody configured accounts: whoever reaches this machine's loopback is the operator. Approvals of one's own plans are allowed and noted in the audit log." /> : null}
      {connectors.error === null ? null : <Notice tone="error" what="The connectors could not be read" why={serverWords(connectors.error)} />}
      {(connectors.data ?? []).map((connector) => (
        <ConnectorCard key={connector.connector} connector={connector} />
      ))}
    </div>
  );
}
