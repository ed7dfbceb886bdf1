/** What a person may do with the plan now, and nothing else: rehearse, approve, execute, abort, undo, reject, resolve. */
'use client';

import { useState } from 'react';
import { serverWords, trpc } from '@/app/_lib/server/trpc';
import { Button } from '@/app/_ui/button';
import { TextField } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import type { PlanDetail, PlanState } from './plan-words';

const REHEARSABLE: readonly PlanState[] = ['proposed', 'rehearsed', 'approved', 'stale', 'expired'];
const REJECTABLE: readonly PlanState[] = ['draft', 'proposed', 'rehearsed', 'approved', 'stale', 'expired'];
const ABORTABLE: readonly PlanState[] = ['armed', 'executing', 'verifying', 'undoing'];
const UNDOABLE: readonly PlanState[] = ['done', 'aborted'];

const EXECUTE_WORDS: Readonly<Record<string, string>> = { live: 'Execute on the running system', 'dry-run': 'Execute as a dry-run' };

export function PlanActions({ detail, mode }: { readonly detail: PlanDetail; readonly mode: string }) {
  const { id, planId, state } = detail;
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const queries = trpc.useUtils();
  const after = { onSettled: () => queries.plans.invalidate() };
  const propose = trpc.plans.propose.useMutation(after);
  const rehearse = trpc.plans.rehearse.useMutation(after);
  const approve = trpc.plans.approve.useMutation(after);
  const execute = trpc.plans.execute.useMutation(after);
  const abort = trpc.plans.abort.useMutation(after);
  const undo = trpc.plans.undo.useMutation(after);
  const reject = trpc.plans.reject.useMutation(after);
  const resolve = trpc.plans.resolve.useMutation(after);
  const all = [propose, rehearse, approve, execute, abort, undo, reject, resolve];
  const busy = all.some((call) => call.isPending);
  const problem = all.filter((call) => call.error !== null).sort((x, y) => y.submittedAt - x.submittedAt)[0]?.error ?? null;
  const undoAvailable = UNDOABLE.includes(state) && detail.note !== null && 'undoAvailable' in detail.note && detail.note.undoAvailable;
  const canExecute = mode === 'live' || mode === 'dry-run';
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        {state === 'draft' ? <Button kind="primary" disabled={busy} onClick={() => propose.mutate({ id })}>Propose</Button> : null}
        {state === 'rehearsed' ? <Button kind="primary" disabled={busy} onClick={() => approve.mutate({ id, planId })}>Approve</Button> : null}
        {state === 'approved' ? (
          <Button kind={mode === 'live' ? 'danger' : 'primary'} disabled={busy || !canExecute} onClick={() => execute.mutate({ id, planId })}>
            {EXECUTE_WORDS[mode] ?? 'Execute'}
          </Button>
        ) : null}
        {REHEARSABLE.includes(state) ? <Button kind={state === 'proposed' || state === 'stale' || state === 'expired' ? 'primary' : 'plain'} disabled={busy} busy={rehearse.isPending ? 'Rehearsing' : null} onClick={() => rehearse.mutate({ id })}>{state === 'proposed' ? 'Rehearse' : 'Rehearse again'}</Button> : null}
        {ABORTABLE.includes(state) ? <Button kind="danger" disabled={busy} onClick={() => abort.mutate({ id })}>Abort</Button> : null}
        {undoAvailable ? <Button disabled={busy} onClick={() => undo.mutate({ id, planId })}>Undo</Button> : null}
        {REJECTABLE.includes(state) && !rejecting ? <Button kind="quiet" disabled={busy} onClick={() => setRejecting(true)}>Reject</Button> : null}
        {state === 'needs-human' ? (
          <>
            <Button disabled={busy} onClick={() => resolve.mutate({ id, tookEffect: true, reason: 'looked at the target' })}>It took effect</Button>
            <Button disabled={busy} onClick={() => resolve.mutate({ id, tookEffect: false, reason: 'looked at the target' })}>It did not</Button>
          </>
        ) : null}
      </div>
      {state === 'approved' && !canExecute ? <p className="text-ink-2">The connector only reads now. Choose dry-run to record what would be sent, or live to send it.</p> : null}
      {rejecting && REJECTABLE.includes(state) ? (
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            reject.mutate({ id, reason }, { onSuccess: () => setRejecting(false) });
          }}
        >
          <TextField label="Why not" value={reason} onChange={(event) => setReason(event.target.value)} autoFocus className="w-72" />
          <Button type="submit" disabled={reason.trim() === '' || busy}>Reject it</Button>
          <Button kind="quiet" onClick={() => setRejecting(false)}>Keep it</Button>
        </form>
      ) : null}
      {problem === null ? null : <Notice tone="error" what="That was refused" why={serverWords(problem)} />}
    </div>
  );
}
