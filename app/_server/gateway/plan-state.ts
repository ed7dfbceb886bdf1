/**
 * The states of a plan and the moves between them: the whole machine in one table. Only `movePlan` writes a
 * state, and it refuses every move that is not here.
 *
 *   draft → proposed → rehearsed → approved → armed → executing → verifying → done
 *                                                                     ↘ aborted → undoing → undone
 *
 * A dry-run goes from executing back to approved: it recorded, nothing was spent. `stale` (the target changed since the plan read it) and `expired` may be rehearsed again, which gives the
 * plan a new id. `aborted → aborted` amends what was applied once the step in flight has answered. `needs-human` waits for a person to say what became of an unknown effect.
 */
export const PLAN_STATES = [
  'draft', 'proposed', 'rehearsed', 'approved', 'armed', 'executing', 'verifying', 'done',
  'aborted', 'undoing', 'undone', 'stale', 'expired', 'needs-human', 'rejected',
] as const;

export type PlanState = (typeof PLAN_STATES)[number];

const MOVES: Readonly<Record<PlanState, readonly PlanState[]>> = {
  draft: ['proposed', 'rejected', 'expired'],
  proposed: ['rehearsed', 'rejected', 'expired'],
  rehearsed: ['rehearsed', 'approved', 'rejected', 'stale', 'expired'],
  approved: ['rehearsed', 'armed', 'rejected', 'stale', 'expired'],
  armed: ['executing', 'approved', 'aborted', 'stale', 'expired'],
  executing: ['verifying', 'approved', 'aborted', 'stale', 'needs-human'],
  verifying: ['done', 'aborted'],
  done: ['undoing'],
  aborted: ['aborted', 'undoing', 'needs-human'],
  undoing: ['undone', 'aborted', 'needs-human'],
  undone: [],
  stale: ['rehearsed', 'rejected', 'expired'],
  expired: ['rehearsed', 'rejected'],
  'needs-human': ['aborted'],
  rejected: [],
};

export const mayMove = (from: PlanState, to: PlanState): boolean => MOVES[from].includes(to);
export const movesFrom = (state: PlanState): readonly PlanState[] => MOVES[state];

/** An executor is at work on the plan, or was when the process ended. */
export const IN_FLIGHT: readonly PlanState[] = ['armed', 'executing', 'undoing'];
