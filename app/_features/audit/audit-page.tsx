/** Audit: who did what, in a chain where changing one byte of the past shows. */
'use client';

import { serverWords, trpc, type ServerAnswers } from '@/app/_lib/server/trpc';
import { useWorkMode } from '@/app/_lib/work-mode/work-mode';
import { Button } from '@/app/_ui/button';
import { CopyCommand } from '@/app/_ui/copy-command';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { Notice } from '@/app/_ui/notice';
import { formatNumber } from '@/app/_ui/number-format';

type Leaf = ServerAnswers['audit']['list'][number];

const COLUMNS: readonly Column<Leaf>[] = [
  { key: 'at', header: 'When', value: (leaf) => leaf.atUs, render: (leaf) => new Date(leaf.atUs / 1_000).toISOString().replace('T', ' ').slice(0, 19) },
  { key: 'kind', header: 'What', value: (leaf) => leaf.kind },
  { key: 'actor', header: 'Who', value: (leaf) => leaf.actor },
  { key: 'detail', header: 'Detail', value: (leaf) => JSON.stringify(leaf.detail), render: (leaf) => <span className="block max-w-xl truncate text-ink-2" title={JSON.stringify(leaf.detail)}>{JSON.stringify(leaf.detail)}</span> },
  { key: 'hash', header: 'Hash', value: (leaf) => leaf.hash, render: (leaf) => <code className="text-xs" title={leaf.hash}>{leaf.hash.slice(0, 12)}</code> },
];

export function AuditPage() {
  useWorkMode('dry-run', 'audit log');
  const leaves = trpc.audit.list.useQuery({ limit: 500 });
  const verify = trpc.audit.verify.useQuery(undefined, { enabled: false });
  return (
    <div className="grid gap-4 px-3 py-3 md:px-6">
      <header className="grid gap-1">
        <h1 className="text-xl font-medium">Audit</h1>
        <p className="max-w-3xl text-ink-2">Every leaf holds the hash of the one before it. Editing, dropping, swapping or cutting off a leaf breaks the chain from there on.</p>
      </header>
      <div className="flex flex-wrap items-center gap-3">
        <Button kind="primary" busy={verify.isFetching ? 'Verifying' : null} onClick={() => void verify.refetch()}>
          Verify the chain
        </Button>
        <a className="underline underline-offset-2" href="/api/v1/audit" download="audit.ndjson">
          Export NDJSON
        </a>
      </div>
      {verify.data === undefined ? null : verify.data.ok ? <Notice tone="done" what={`${formatNumber(verify.data.leaves)} leaves verify`} why={<>Head <code>{verify.data.head}</code></>} /> : <Notice tone="error" what={`The chain breaks at leaf ${verify.data.firstBad}`} why={verify.data.why} next="Compare with the last export you kept." />}
      <div className="max-w-xl">
        <p className="mb-1 text-sm text-ink-2">Verify an export without this server:</p>
        <CopyCommand command="npm run --silent orrery -- audit verify audit.ndjson" />
      </div>
      {leaves.error === null ? null : <Notice tone="error" what="The log could not be read" why={serverWords(leaves.error)} />}
      <DataTable caption="Audit log, newest first" columns={COLUMNS} rows={leaves.data ?? []} rowKey={(leaf) => leaf.hash} rowsPerPage={50} empty={<p className="text-ink-2">Nothing was done yet.</p>} />
    </div>
  );
}
