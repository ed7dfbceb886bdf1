/** Settings: what this server is and allows, and what this browser keeps. */
'use client';

import { serverWords, trpc } from '@/app/_lib/server/trpc';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Button } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { Panel } from '@/app/_ui/panel';

type Fact = readonly [term: string, value: string];

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="grid max-w-2xl grid-cols-[minmax(160px,auto)_1fr] gap-x-6">
      {facts.map(([term, value]) => (
        <div key={term} className="contents">
          <dt className="border-b border-line py-1 text-ink-2">{term}</dt>
          <dd className="border-b border-line py-1">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `approvalLifetimeSeconds` → "approval lifetime seconds" */
const spaced = (key: string) => key.replace(/([A-Z])/g, ' $1').toLowerCase();

export function SettingsPage() {
  useWorkMode('sim', 'settings');
  const health = trpc.health.useQuery();
  const gateway = trpc.gateway.status.useQuery();
  const queries = trpc.useUtils();
  const release = trpc.gateway.release.useMutation({ onSuccess: () => queries.gateway.invalidate() });
  const server = health.data;
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <h1 className="text-xl font-medium">Settings</h1>
      {health.error === null ? null : <Notice tone="error" what="The server does not answer" why={serverWords(health.error)} next="What runs in this browser goes on: Now, Scenarios, Compare, Replay, Data." />}
      {gateway.data?.stopped === true ? (
        <Notice tone="warning" what="The kill switch is on: no step is sent anywhere" why={`Pulled by ${gateway.data.stoppedBy ?? 'somebody'}.`} action={<Button busy={release.isPending ? 'Releasing' : null} onClick={() => release.mutate()}>Release it</Button>} />
      ) : null}
      {server === undefined ? null : (
        <Panel title="This server" note={`version ${server.version}`}>
          <Facts
            facts={[
              ['Database', `${server.database.engine === 'pglite' ? 'PGlite, embedded' : 'PostgreSQL'}${server.database.ok ? '' : `, not ready: ${server.database.detail ?? ''}`}`],
              ['Decision loop', server.loop.ok ? 'running' : (server.loop.detail ?? 'not running')],
              ['Fleet', server.fleet.status],
              ['Operators', server.singleOperator ? 'one local operator: no accounts are configured' : 'accounts are configured'],
              ['Assistant', server.assistant === 'off' ? 'off: set OPENAI_API_KEY or a compatible base URL to turn it on' : 'configured; it explains plans and can do nothing else'],
            ]}
          />
        </Panel>
      )}
      {gateway.data === undefined ? null : (
        <Panel title="Policy in force" note="one per installation">
          <Facts facts={Object.entries(gateway.data.policy).map(([key, value]): Fact => [spaced(key), String(value)])} />
        </Panel>
      )}
      <Panel title="This browser">
        <p className="max-w-2xl text-ink-2">It keeps the theme you chose, and nothing else. Recordings, runs and queries live in this tab and are gone when it closes; export what you want to keep. No page talks to any other origin.</p>
      </Panel>
    </div>
  );
}
