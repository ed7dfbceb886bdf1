/**
 * Something to tell: what happened, why, and what to do next. Errors are announced at once (role alert),
 * the rest politely. A list of issues shows where, what and the next step of each.
 */
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type NoticeTone = 'error' | 'warning' | 'info' | 'done';

const TONE: Record<NoticeTone, { readonly word: string; readonly mark: string; readonly look: string }> = {
  error: { word: 'Error', mark: '✕', look: 'border-bad text-bad' },
  warning: { word: 'Warning', mark: '△', look: 'border-risk-2 text-risk-2' },
  info: { word: 'Note', mark: 'i', look: 'border-accent text-accent' },
  done: { word: 'Done', mark: '✓', look: 'border-good text-good' },
};

type NoticeProps = { readonly tone?: NoticeTone; readonly what: string; readonly why?: ReactNode; readonly next?: ReactNode; readonly action?: ReactNode };

export function Notice({ tone = 'info', what, why, next, action }: NoticeProps) {
  const { word, mark, look } = TONE[tone];
  return (
    <div role={tone === 'error' ? 'alert' : 'status'} className={classNames('flex gap-3 border-l-2 bg-sheet py-2 pr-3 pl-3', look)}>
      <span aria-hidden className="w-3 shrink-0 text-center font-semibold">
        {mark}
      </span>
      <div className="grid min-w-0 gap-1">
        <p className="font-medium text-ink">
          <span className="sr-only">{word}: </span>
          {what}
        </p>
        {why === undefined ? null : <div className="text-ink-2">{why}</div>}
        {next === undefined ? null : <div className="text-ink-2">Next: {next}</div>}
        {action === undefined ? null : <div className="mt-1 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  );
}

export type Issue = { readonly path: string; readonly message: string; readonly suggestion: string };

export function IssueList({ issues, label = 'What is wrong' }: { readonly issues: readonly Issue[]; readonly label?: string }) {
  return (
    <ul aria-label={label} className="grid gap-2">
      {issues.map((issue, index) => (
        <li key={`${issue.path}-${index}`} className="border-l-2 border-bad pl-3">
          {issue.path === '' ? null : <code className="mr-2 text-ink-2">{issue.path}</code>}
          <span className="text-ink">{issue.message}</span>
          <span className="block text-ink-2">{issue.suggestion}</span>
        </li>
      ))}
    </ul>
  );
}
