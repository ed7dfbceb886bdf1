/** The ⌘K (Ctrl K) key and its button. The palette itself is fetched when it is first wanted. */
'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { Button } from '@/app/_ui/button';

const CommandPalette = dynamic(() => import('./command-palette'), { ssr: false });

export function PaletteOpener() {
  const [state, setState] = useState<'never' | 'open' | 'closed'>('never');
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setState((now) => (now === 'open' ? 'closed' : 'open'));
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <Button small kind="plain" onClick={() => setState('open')} aria-keyshortcuts="Control+K Meta+K">
        Go to <kbd className="text-ink-3">Ctrl K</kbd>
      </Button>
      {state === 'never' ? null : <CommandPalette open={state === 'open'} onOpenChange={(open) => setState(open ? 'open' : 'closed')} />}
    </>
  );
}
