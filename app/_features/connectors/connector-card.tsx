/** One connector: mode, privileges, and its objects with the versions that conditional writes name. */
'use client';

import { serverWords, trpc, type ServerAnswers } from '@/app/_lib/server/trpc';
import { useConnectorMode } from '@/app/_lib/server/use-connector-mode';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { GuardedChoice } from '@/app/_ui/guarded-choice';
import { Panel } from '@/app/_ui/panel';

type Connector = ServerAnswers['connectors']['list'][number];
type ObservedObject = ServerAnswers['connectors']['observe']['objects'][number];

const COLUMNS: readonly Column<ObservedObject>[] = [
  { key: 'object', header: 'Object', value: (each) => each.object },
  { key: 'version', header: 'Version', value: (each) => each.version, render: (each) => <code>{each.version}</code> },
  { key: 'values', header: 'Set to', value: (each) => Object.entries(each.values).map(([key, value]) => `${key} ${value ?? 'none'}`).join(', ') },
];

export function ConnectorCard({ connector }: { readonly connector: Connector }) {
  const choice = useConnectorMode(connector.connector);
  const observed = trpc.connectors.observe.useQuery({ connector: connector.connector }, { refetchInterval: 5_000, retry: false });
  return (
    <Panel title={connector.title} note={connector.connector} ground="sheet">
      <div className="grid gap-3">
        <GuardedChoice {...choice} />
        <p className="text-ink-2">It can: {connector.commands.join(', ') || 'nothing'}.</p>
        <dl className="grid gap-x-6 md:grid-cols-2">
          {(['read', 'live'] as const).map((side) => (
            <div key={side}>
              <dt className="text-sm text-ink-3">Least privilege to {side === 'read' ? 'read' : 'go live'}</dt>
              <dd>
                <ul>
                  {connector.leastPrivilege[side].map((line) => (
                    <li key={line}><code className="text-sm">{line}</code></li>
                  ))}
                </ul>
              </dd>
            </div>
          ))}
        </dl>
        {observed.error === null ? <DataTable caption={`What ${connector.connector} sees`} columns={COLUMNS} rows={observed.data?.objects ?? []} rowKey={(each) => each.object} empty={<p className="text-ink-2">Nothing seen yet.</p>} /> : <p className="text-ink-2">Not readable now: {serverWords(observed.error)}</p>}
      </div>
    </Panel>
  );
}
