/**
 * A small note beside its button, in the browser's top layer (native popover: Escape and a click outside
 * close it, focus stays in order). Placed under the button and kept inside the window.
 */
'use client';

import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { classNames } from './class-names';

type PopoverProps = {
  readonly label: ReactNode;
  readonly name: string;
  readonly buttonClassName?: string;
  readonly className?: string;
  readonly children: ReactNode;
};

const MARGIN_PX = 8;

function place(note: HTMLElement, button: HTMLElement) {
  const at = button.getBoundingClientRect();
  const size = note.getBoundingClientRect();
  const left = Math.max(MARGIN_PX, Math.min(at.left, innerWidth - size.width - MARGIN_PX));
  const below = at.bottom + 4;
  const top = below + size.height > innerHeight - MARGIN_PX ? Math.max(MARGIN_PX, at.top - size.height - 4) : below;
  note.style.left = `${left}px`;
  note.style.top = `${top}px`;
}

export function Popover({ label, name, buttonClassName, className, children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const note = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    if (open && note.current !== null && button.current !== null) place(note.current, button.current);
  }, [open]);
  return (
    <>
      <button ref={button} type="button" aria-label={name} aria-expanded={open} popoverTarget={id} className={buttonClassName}>
        {label}
      </button>
      <div
        ref={note}
        id={id}
        popover="auto"
        role="group"
        aria-label={name}
        onToggle={(event) => setOpen(event.newState === 'open')}
        className={classNames('max-h-[70vh] max-w-[min(360px,calc(100vw-16px))] overflow-y-auto rounded-box border border-line-strong bg-sheet p-3 text-left text-base font-normal text-ink', className)}
      >
        {open ? children : null}
      </div>
    </>
  );
}
