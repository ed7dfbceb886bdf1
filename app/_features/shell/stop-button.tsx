/**
 * The kill switch: ends every live execution at once. No confirmation to stop; what it did is said in words.
 * A plain request, so that nothing has to be loaded before it works.
 */
'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';

type State = { readonly kind: 'ready' | 'stopping' | 'stopped' } | { readonly kind: 'failed'; readonly why: string };

export function StopButton() {
  const [state, setState] = useState<State>({ kind: 'ready' });
  const stop = async () => {
    setState({ kind: 'stopping' });
    try {
      const answer = await fetch('/api/trpc/gateway.stop', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      setState(answer.ok ? { kind: 'stopped' } : { kind: 'failed', why: `the server answered ${answer.status}` });
    } catch (error) {
      setState({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <>
      <Button kind="danger" small busy={state.kind === 'stopping' ? 'Stopping' : null} onClick={() => void stop()}>
        STOP
      </Button>
      <span role="status" className="text-sm text-ink">
        {state.kind === 'stopped' ? 'Stopped. No further step will be sent.' : state.kind === 'failed' ? `Not stopped: ${state.why}. Run “npm run orrery -- stop --all”.` : ''}
      </span>
    </>
  );
}
