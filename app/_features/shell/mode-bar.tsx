/**
 * Always says which mode this page works in and on what: shape, word and border together, never a hue
 * alone. STOP stands here whenever the mode is live.
 */
'use client';

import { useShownWorkMode, type WorkMode } from '@/app/_lib/work-mode/work-mode';
import { classNames } from '@/app/_ui/class-names';
import { StopButton } from './stop-button';

const MODES: Record<WorkMode, { readonly shape: string; readonly word: string; readonly says: string; readonly border: string }> = {
  sim: { shape: '◇', word: 'SIM', says: 'Simulation: nothing here can touch a real system.', border: 'border-dashed' },
  replay: { shape: '▷', word: 'REPLAY', says: 'Replay: a recording runs through the loop; nothing is sent.', border: 'border-dotted' },
  'dry-run': { shape: '◌', word: 'DRY-RUN', says: 'Dry-run: actions are recorded, never sent.', border: 'border-double border-3' },
  live: { shape: '●', word: 'LIVE', says: 'Live: approved actions change a real system.', border: 'border-solid border-2' },
};

export function ModeBar() {
  const { mode, target } = useShownWorkMode();
  const { shape, word, says, border } = MODES[mode];
  return (
    <div className="flex min-w-0 items-center gap-2">
      <div role="status" aria-label="Mode" title={says} className={classNames('flex h-6 min-w-0 items-center gap-2 rounded-small border border-accent bg-sheet px-2 text-accent', border)}>
        <span aria-hidden>{shape}</span>
        <span className="text-sm font-semibold tracking-wide">{word}</span>
        <span className="truncate text-sm text-ink-2">{target}</span>
      </div>
      {mode === 'live' ? <StopButton /> : null}
    </div>
  );
}
