/** One thing wrong with what somebody wrote: where, what, and what to do about it. */
export type SpecIssue = {
  /** Path inside the document, as in `system.services[2].lanes`; '' for the document itself. */
  readonly path: string;
  readonly code: 'missing' | 'wrong-type' | 'out-of-range' | 'unknown-name' | 'duplicate' | 'unknown-key' | 'no-capacity' | 'cycle' | 'not-parsable';
  readonly message: string;
  readonly suggestion: string;
};
