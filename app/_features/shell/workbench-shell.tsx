/** The frame around every place: skip link, mode bar, rail, the page, and the time axis at its foot. */
import Link from 'next/link';
import type { ReactNode } from 'react';
import { BottomBar } from './bottom-bar';
import { ModeBar } from './mode-bar';
import { PaletteOpener } from './palette-opener';
import { Rail } from './rail';
import { ThemeSwitch } from './theme-switch';
import { TimeSpine } from './time-spine';

export function WorkbenchShell({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex h-dvh flex-col">
      <a href="#page" className="absolute top-1 left-1 z-50 -translate-y-12 rounded-box border border-line-strong bg-sheet px-3 py-1 focus:translate-y-0">
        Skip to the page
      </a>
      <header className="flex h-(--bar) shrink-0 items-center gap-3 border-b border-line px-3" data-no-print>
        <Link href="/" prefetch={false} className="flex w-[calc(var(--rail)-20px)] shrink-0 items-center gap-2 font-semibold max-md:w-auto" aria-label="Orrery, to Now">
          <Mark />
          <span className="max-sm:sr-only">Orrery</span>
        </Link>
        <ModeBar />
        <div className="ml-auto flex items-center gap-2">
          <div className="max-md:hidden">
            <ThemeSwitch />
          </div>
          <PaletteOpener />
        </div>
      </header>
      <div className="flex min-h-0 flex-1">
        <Rail />
        <div className="flex min-w-0 flex-1 flex-col">
          <main id="page" tabIndex={-1} className="relative min-h-0 flex-1 overflow-y-auto outline-none">
            {children}
          </main>
          <TimeSpine />
          <BottomBar />
        </div>
      </div>
    </div>
  );
}

const Mark = () => (
  <svg width="20" height="20" viewBox="0 0 20 20" fill="none" aria-hidden>
    <circle cx="10" cy="10" r="8.25" stroke="var(--line-strong)" />
    <circle cx="10" cy="10" r="4.5" stroke="var(--line-strong)" />
    <circle cx="10" cy="10" r="1.5" fill="var(--ink)" />
    <circle cx="13.9" cy="7.75" r="2" fill="var(--accent)" />
    <circle cx="2.85" cy="14.1" r="2" fill="var(--ink-2)" />
  </svg>
);
