/**
 * One number and everything that belongs to it: unit, band with its level, n, age, where it comes from, and
 * a "why" that opens its formula and query. A number that was not measured shows a dash, never 0.
 */
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { formatNumber } from './number-format';
import { Popover } from './popover';
import { ProvenanceSwatch, PROVENANCE_WORD, type Provenance } from './provenance';

export type Band = { readonly lower: number; readonly upper: number; /** 0..1; missing for a plain range. */ readonly level?: number };

export type Why = {
  /** In words and symbols, e.g. `p99 of all responses that ended in the window`. */
  readonly formula: string;
  /** The query or signal it was read with. */
  readonly query?: string;
  readonly source?: string;
};

export type FigureProps = {
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  readonly digits?: number;
  readonly band?: Band | null;
  /** How many, and of what: `{ count: 8, of: 'runs' }`. */
  readonly n?: { readonly count: number; readonly of: string } | null;
  readonly age?: string;
  readonly provenance?: Provenance;
  readonly why: Why;
  /** The same number without the change: shown as a ghost beside it. */
  readonly ghost?: { readonly label: string; readonly value: number | null } | null;
  readonly tone?: 'plain' | 'watch' | 'bad';
  readonly trend?: ReactNode;
  readonly className?: string;
};

const TONE = { plain: 'text-ink', watch: 'text-risk-2', bad: 'text-bad' } as const;

export function Figure({ label, value, unit, digits, band = null, n = null, age, provenance, why, ghost = null, tone = 'plain', trend, className }: FigureProps) {
  const notes = [
    band === null ? null : `${formatNumber(band.lower, digits)}–${formatNumber(band.upper, digits)}${band.level === undefined ? '' : ` (${Math.round(band.level * 100)} %)`}`,
    n === null ? null : `n ${formatNumber(n.count)} ${n.of}`,
    age ?? null,
  ].filter((note) => note !== null);
  return (
    <div role="group" aria-label={label} className={classNames('grid min-w-0 content-start', className)}>
      <div className="flex items-center gap-1.5 text-sm text-ink-2">
        {provenance === undefined ? null : <ProvenanceSwatch kind={provenance} />}
        <span className="truncate">{label}</span>
        <Popover name={`Why ${label}`} label="why" buttonClassName="ml-auto inline-flex h-6 items-center px-1 text-xs text-ink-3 underline decoration-dotted underline-offset-2 hover:text-ink">
          <WhyNote label={label} why={why} provenance={provenance} />
        </Popover>
      </div>
      <div className="flex items-end gap-2">
        <p className={classNames('text-xl font-medium whitespace-nowrap', TONE[tone])}>
          {formatNumber(value, digits)}
          {unit === '' ? null : <span className="ml-1 text-sm font-normal text-ink-2">{unit}</span>}
        </p>
        {ghost === null ? null : (
          <p className="pb-0.5 text-sm whitespace-nowrap text-ink-3">
            {ghost.label} {formatNumber(ghost.value, digits)}
          </p>
        )}
        {trend === undefined ? null : <div className="ml-auto">{trend}</div>}
      </div>
      <p className="min-h-4 text-xs text-ink-3">
        {notes.join(' · ')}
      </p>
    </div>
  );
}

function WhyNote({ label, why, provenance }: { readonly label: string; readonly why: Why; readonly provenance: Provenance | undefined }) {
  return (
    <div className="grid gap-2">
      <p className="font-semibold">{label}</p>
      <p>{why.formula}</p>
      {why.query === undefined ? null : <pre className="overflow-x-auto bg-well p-2 whitespace-pre-wrap">{why.query}</pre>}
      <p className="text-sm text-ink-3">
        {provenance === undefined ? '' : `${PROVENANCE_WORD[provenance]}. `}
        {why.source ?? ''}
      </p>
    </div>
  );
}
