/** A titled region of a page: a heading, optional actions at its right, and a body. A hairline, no card, no shadow. */
import { useId, type ReactNode } from 'react';
import { classNames } from './class-names';

type PanelProps = {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly level?: 2 | 3;
  /** `sheet` where the thing is one object; `bare` where it is part of the page. */
  readonly ground?: 'sheet' | 'bare';
  readonly className?: string;
  readonly children: ReactNode;
};

export function Panel({ title, note, actions, level = 2, ground = 'bare', className, children }: PanelProps) {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section aria-labelledby={id} className={classNames('min-w-0', ground === 'sheet' && 'rounded-box border border-line bg-sheet p-3', className)}>
      <header className={classNames('mb-2 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1', ground === 'bare' && 'border-t border-line pt-2')}>
        <Heading id={id} className="text-base font-semibold text-ink">
          {title}
        </Heading>
        {note === undefined ? null : <div className="min-w-0 text-sm text-ink-3">{note}</div>}
        {actions === undefined ? null : <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
