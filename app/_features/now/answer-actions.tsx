/** What can be done with an answer: take the change back, look at the comparison, share it. */
'use client';

import { useState } from 'react';
import { shareAddress } from '@/app/_lib/url-state/url-params';
import { Button } from '@/app/_ui/button';

type AnswerActionsProps = { readonly onUndo: () => void; readonly comparing: boolean; readonly onCompare: () => void };

export function AnswerActions({ onUndo, comparing, onCompare }: AnswerActionsProps) {
  return (
    <>
      <Button small onClick={onUndo}>
        Undo
      </Button>
      <Button small aria-expanded={comparing} onClick={onCompare}>
        Compare
      </Button>
      <ShareLink />
    </>
  );
}

/** Copies the address that lives this world again: same seed, same changes at the same seconds. */
export function ShareLink() {
  const [said, setSaid] = useState<string | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(shareAddress()).then(
      () => setSaid('Link copied'),
      () => setSaid('Copy the address bar'),
    );
  return (
    <Button small onClick={() => void copy()} onBlur={() => setSaid(null)}>
      <span aria-live="polite">{said ?? 'Share link'}</span>
    </Button>
  );
}
