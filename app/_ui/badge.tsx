/** A short word with a shape: states are read, not guessed from a hue. `provenance` badges carry the texture of their data. */
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type BadgeTone = 'neutral' | 'accent' | 'good' | 'watch' | 'bad';

const TONE: Record<BadgeTone, { readonly look: string; readonly mark: string }> = {
  neutral: { look: 'border-line-strong text-ink-2', mark: '' },
  accent: { look: 'border-accent text-accent', mark: '' },
  good: { look: 'border-good text-good', mark: '✓' },
  watch: { look: 'border-risk-2 text-risk-2', mark: '△' },
  bad: { look: 'border-bad text-bad', mark: '✕' },
};

export function Badge({ tone = 'neutral', title, children }: { readonly tone?: BadgeTone; readonly title?: string; readonly children: ReactNode }) {
  const { look, mark } = TONE[tone];
  return (
    <span title={title} className={classNames('inline-flex h-5 items-center gap-1 rounded-small border px-1.5 text-xs font-medium whitespace-nowrap', look)}>
      {mark === '' ? null : <span aria-hidden>{mark}</span>}
      {children}
    </span>
  );
}
