/** Nothing here yet: says what would be here, and teaches the way to it with a command to copy. */
import type { ReactNode } from 'react';
import { CopyCommand } from './copy-command';

type EmptyStateProps = { readonly title: string; readonly children?: ReactNode; readonly command?: string; readonly action?: ReactNode };

export function EmptyState({ title, children, command, action }: EmptyStateProps) {
  return (
    <div className="grid max-w-xl gap-2 border-l-2 border-line-strong py-1 pl-4">
      <p className="font-medium text-ink">{title}</p>
      {children === undefined ? null : <div className="text-ink-2">{children}</div>}
      {command === undefined ? null : <CopyCommand command={command} />}
      {action === undefined ? null : <div>{action}</div>}
    </div>
  );
}
