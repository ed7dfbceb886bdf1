/** One thing wrong with a file somebody gave us: where, what, and what to do about it; and what became of its rows. */
export type ImportIssue = {
  /** A line (`line 12`), a JSON path (`data.result[3].values[7]`) or a file name; '' for the input as a whole. */
  readonly where: string;
  readonly code: ImportIssueCode;
  readonly what: string;
  readonly next: string;
};

export type ImportIssueCode = 'empty' | 'not-parsable' | 'truncated' | 'wrong-type' | 'missing' | 'out-of-range' | 'duplicate' | 'too-large' | 'unknown-format' | 'unsupported' | 'no-data' | 'remote-error';

/** Why a row did not become a sample. */
export const DROP_REASONS = ['malformed', 'no-value', 'not-a-number', 'infinite', 'bad-time', 'bad-labels', 'duplicate', 'over-limit'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** `kept` and all of `dropped` add up to `rows`, always. */
export type RowCounts = { readonly rows: number; readonly kept: number; readonly dropped: Readonly<Record<DropReason, number>> };

export type RowCounter = { rows: number; kept: number; dropped: Record<DropReason, number> };

export const rowCounter = (): RowCounter => ({
  rows: 0,
  kept: 0,
  dropped: { malformed: 0, 'no-value': 0, 'not-a-number': 0, infinite: 0, 'bad-time': 0, 'bad-labels': 0, duplicate: 0, 'over-limit': 0 },
});

export function keepRow(counter: RowCounter): void {
  counter.rows += 1;
  counter.kept += 1;
}

export function dropRow(counter: RowCounter, reason: DropReason): void {
  counter.rows += 1;
  counter.dropped[reason] += 1;
}

export const droppedRows = (counts: RowCounts) => DROP_REASONS.reduce((sum, reason) => sum + counts.dropped[reason], 0);

const LISTED_ISSUES_MAX = 50;

/** Collects issues up to a named limit, then counts: a million broken lines give 50 issues and one that says how many more. */
export type IssueList = { readonly issues: ImportIssue[]; unlisted: number };
export const issueList = (): IssueList => ({ issues: [], unlisted: 0 });

export function addIssue(list: IssueList, issue: ImportIssue): void {
  if (list.issues.length < LISTED_ISSUES_MAX) list.issues.push(issue);
  else list.unlisted += 1;
}

export function listedIssues(list: IssueList): ImportIssue[] {
  if (list.unlisted === 0) return list.issues;
  return [...list.issues, { where: '', code: 'too-large', what: `${list.unlisted} more issues of the same file are not listed`, next: 'Fix the listed ones first and import again.' }];
}
