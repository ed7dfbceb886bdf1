/** What an operator may do and how far a live change may go. One policy per installation, printed by the settings. */
export type Policy = {
  readonly approvalsRequired: number;
  /** One person runs this installation and may approve their own plan; every such approval says so in the audit log. */
  readonly singleOperator: boolean;
  readonly approvalLifetimeSeconds: number;
  readonly planLifetimeSeconds: number;
  readonly stepsMax: number;
  readonly liveOperationsPerMinute: number;
  /** A live change is aborted when a promised metric stays above its band by this share of the band's width … */
  readonly abortMargin: number;
  /** … for this long. */
  readonly abortAfterSeconds: number;
  readonly attemptsMax: number;
  readonly readBacksMax: number;
};

export const defaultPolicy: Policy = {
  approvalsRequired: 1,
  singleOperator: true,
  approvalLifetimeSeconds: 3_600,
  planLifetimeSeconds: 3_600,
  stepsMax: 20,
  liveOperationsPerMinute: 12,
  abortMargin: 1,
  abortAfterSeconds: 10,
  attemptsMax: 3,
  readBacksMax: 5,
};
