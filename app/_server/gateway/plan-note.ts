/** Why a plan is in its state, where the state alone does not say it. */
import type { ObjectChange } from './gateway-refusal';

export type PlanNote =
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'stale'; readonly changes: readonly ObjectChange[] }
  | { readonly kind: 'expired' }
  | { readonly kind: 'dry-run'; readonly recorded: number }
  | { readonly kind: 'aborted'; readonly because: AbortReason; readonly detail: string; readonly stepsApplied: number; readonly undoAvailable: boolean }
  | { readonly kind: 'needs-human'; readonly step: number; readonly detail: string }
  | { readonly kind: 'finished'; readonly undoAvailable: boolean };

export type AbortReason = 'operator' | 'kill-switch' | 'fenced' | 'stale' | 'refused' | 'unreachable' | 'left-band' | 'rate-limited' | 'approval' | 'mode' | 'resolved';
