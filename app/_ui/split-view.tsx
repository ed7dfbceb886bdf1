/**
 * Two panes with a draggable border. The border is a focusable separator: arrow keys move it by 2 %.
 * Below `md` the panes stack and the border is gone.
 */
'use client';

import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

type SplitViewProps = { readonly label: string; readonly first: ReactNode; readonly second: ReactNode; readonly initialShare?: number };

const MIN_SHARE = 0.2;
const clamp = (share: number) => Math.max(MIN_SHARE, Math.min(1 - MIN_SHARE, share));

export function SplitView({ label, first, second, initialShare = 0.6 }: SplitViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(clamp(initialShare));
  const drag = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || box.current === null) return;
    const bounds = box.current.getBoundingClientRect();
    setShare(clamp((event.clientX - bounds.left) / bounds.width));
  };
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -0.02 : event.key === 'ArrowRight' ? 0.02 : 0;
    if (by === 0) return;
    event.preventDefault();
    setShare((now) => clamp(now + by));
  };
  return (
    <div ref={box} className="grid gap-4 md:grid-cols-[var(--first)_8px_1fr] md:gap-0" style={{ ['--first' as string]: `calc(${(share * 100).toFixed(1)}% - 4px)` }}>
      <div className="min-w-0">{first}</div>
      <div
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation="vertical"
        aria-valuemin={MIN_SHARE * 100}
        aria-valuemax={(1 - MIN_SHARE) * 100}
        aria-valuenow={Math.round(share * 100)}
        onKeyDown={step}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        className="mx-auto hidden h-full w-2 cursor-col-resize touch-none bg-[linear-gradient(var(--line),var(--line))] bg-[length:1px_100%] bg-center bg-no-repeat hover:bg-[length:3px_100%] md:block"
      />
      <div className="min-w-0">{second}</div>
    </div>
  );
}
