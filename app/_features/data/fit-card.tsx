/** A fit card: the answer in a sentence, the balance of what was read, then what is not modelled, assumed, understood, dropped. */
import type { ReactNode } from 'react';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { IssueList } from '@/app/_ui/notice';
import type { CardAssumption, CardDrop, CardGap, CardKind, FitCard } from '@/engine/scenario';
import { BalanceBar } from './balance-bar';

const ISSUES_SHOWN = 8;

const GAPS: readonly Column<CardGap>[] = [
  { key: 'what', header: 'Kind or field, and what happens in the twin', value: (gap) => gap.what, render: (gap) => <TwoLines first={gap.what} second={gap.consequence} strong={gap.scope === 'object'} /> },
  { key: 'count', header: 'Times', value: (gap) => gap.count },
];
const ASSUMPTIONS: readonly Column<CardAssumption>[] = [
  { key: 'what', header: 'Taken', value: (each) => each.what, render: (each) => <TwoLines first={each.what} second={each.value} strong /> },
  { key: 'count', header: 'For', value: (each) => each.count },
  { key: 'because', header: 'Because, and what is better', value: (each) => each.because, render: (each) => <TwoLines first={each.because} second={each.instead === 'nothing' ? '' : `Better: ${each.instead}`} strong={false} /> },
];
const BEGINNINGS: readonly Column<CardAssumption>[] = [
  { key: 'what', header: 'Found', value: (each) => each.what, render: (each) => <TwoLines first={each.what} second={each.value} strong /> },
  { key: 'count', header: 'How many', value: (each) => each.count },
  { key: 'because', header: 'Because', value: (each) => each.because, render: (each) => <TwoLines first={each.because} second={each.instead === 'nothing' ? '' : `Better: ${each.instead}`} strong={false} /> },
];
const KINDS: readonly Column<CardKind>[] = [
  { key: 'kind', header: 'Kind', value: (each) => each.kind },
  { key: 'count', header: 'Objects', value: (each) => each.count },
  { key: 'detail', header: 'Of them', value: (each) => each.detail },
];
const DROPS: readonly Column<CardDrop>[] = [
  { key: 'what', header: 'What', value: (each) => each.what },
  { key: 'count', header: 'Count', value: (each) => each.count },
  { key: 'because', header: 'Because', value: (each) => each.because },
];

export function FitCardView({ card, actions }: { readonly card: FitCard; readonly actions: ReactNode }) {
  const { sentence, objects, fields, understood, notModelled, assumed, begins, dropped, issues, furtherIssues, sources } = card;
  return (
    <div className="grid gap-4">
      <div className="grid gap-2 border-l-2 border-accent pl-3">
        <p className="text-lg" data-testid="fit-sentence">{sentence}</p>
        <p className="text-sm text-ink-2">{sources.map(({ file, format, objects: count }) => `${file}: ${format === 'not recognised' ? 'not recognised' : `${count} objects of ${TITLES[format]}`}`).join(' · ')}</p>
        {actions}
      </div>
      <div className="grid gap-3 md:grid-cols-2">
        <BalanceBar title="Objects" read={objects.read} parts={[{ label: 'understood', count: objects.understood, tone: 'full' }, { label: 'without effect', count: objects.withoutEffect, tone: 'soft' }, { label: 'not modelled', count: objects.notModelled, tone: 'gap' }, { label: 'dropped', count: objects.dropped, tone: 'empty' }, { label: 'not readable', count: objects.refused, tone: 'bad' }]} />
        <BalanceBar title="Fields" read={fields.read} parts={[{ label: 'modelled', count: fields.modelled, tone: 'full' }, { label: 'without effect', count: fields.withoutEffect, tone: 'soft' }, { label: 'not modelled', count: fields.notModelled, tone: 'gap' }]} />
      </div>
      {issues.length === 0 ? null : <Issues issues={issues} further={furtherIssues} />}
      {begins.length === 0 ? null : (
        <Part title="How the twin begins" count={begins.length}>
          <DataTable caption="How the twin begins" columns={BEGINNINGS} rows={begins} rowKey={({ what }) => what} />
        </Part>
      )}
      <div className="grid gap-4 xl:grid-cols-[2fr_3fr]">
        <Part title="Not modelled" count={notModelled.length}>
          <DataTable caption="Not modelled" columns={GAPS} rows={notModelled} rowKey={({ what, scope }) => `${scope} ${what}`} rowsPerPage={10} empty={<p className="text-ink-2">Everything that was read is modelled.</p>} />
        </Part>
        <Part title="Assumed, where the files say nothing" count={assumed.length}>
          <DataTable caption="Assumed" columns={ASSUMPTIONS} rows={assumed} rowKey={({ what, value }) => `${what} ${value}`} rowsPerPage={10} />
        </Part>
      </div>
      <div className="grid gap-4 xl:grid-cols-2">
        <Part title="Understood" count={understood.length}>
          <DataTable caption="Understood" columns={KINDS} rows={understood} rowKey={({ kind, detail }) => `${kind} ${detail}`} rowsPerPage={12} />
        </Part>
        <Part title="Dropped" count={dropped.length}>
          <DataTable caption="Dropped" columns={DROPS} rows={dropped} rowKey={({ what }) => what} rowsPerPage={12} empty={<p className="text-ink-2">Nothing was dropped.</p>} />
        </Part>
      </div>
    </div>
  );
}

function TwoLines({ first, second, strong }: { readonly first: string; readonly second: string; readonly strong: boolean }) {
  return (
    <span className="grid min-w-0 py-0.5 break-words">
      <span className={strong ? 'font-medium' : undefined}>{first}</span>
      {second === '' ? null : <span className="text-sm text-ink-2">{second}</span>}
    </span>
  );
}

const TITLES = { kubernetes: 'Kubernetes', terraform: 'Terraform', compose: 'Compose' } as const;

function Part({ title, count, children }: { readonly title: string; readonly count: number; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="grid min-w-0 content-start gap-1">
      <h3 className="text-base font-semibold text-ink">
        {title} <span className="font-normal text-ink-3">{count}</span>
      </h3>
      {children}
    </section>
  );
}

function Issues({ issues, further }: { readonly issues: FitCard['issues']; readonly further: number }) {
  const more = further + Math.max(0, issues.length - ISSUES_SHOWN);
  return (
    <Part title="Issues" count={issues.length + further}>
      <IssueList issues={issues.slice(0, ISSUES_SHOWN)} label="What could not be read" />
      {more === 0 ? null : <p className="text-sm text-ink-2">And {more} more; the command line lists them with --json.</p>}
    </Part>
  );
}
