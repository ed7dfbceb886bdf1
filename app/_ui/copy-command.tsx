/** A command to copy. The text stays selectable, and the button says whether the copy worked. */
'use client';

import { useState } from 'react';
import { Button } from './button';

export function CopyCommand({ command, label = 'Copy the command' }: { readonly command: string; readonly label?: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = () =>
    navigator.clipboard.writeText(command).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  return (
    <div className="flex min-w-0 items-start gap-2 rounded-box border border-line bg-well py-1 pr-1 pl-2">
      <code className="min-w-0 flex-1 self-center break-words whitespace-pre-wrap text-ink">{command}</code>
      <Button kind="quiet" small aria-label={label} onClick={() => void copy()} onBlur={() => setState('idle')}>
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'Select and copy by hand' : 'Copy'}
      </Button>
    </div>
  );
}
