/** Why the gateway did not do what was asked: a code, and the facts that decided it. */
import type { Refusal } from '@/engine/twin';
import type { ConnectorMode } from '../database/schema';
import type { PlanState } from './plan-state';

/** One object that is no longer as the plan read it. `was` and `is` hold the values that differ. */
export type ObjectChange = {
  readonly object: string;
  readonly planVersion: string;
  readonly nowVersion: string | null;
  readonly was: Readonly<Record<string, number | string | boolean | null>>;
  readonly is: Readonly<Record<string, number | string | boolean | null>>;
};

export type GatewayRefusal =
  | { readonly code: 'not-found'; readonly id: string }
  | { readonly code: 'wrong-state'; readonly state: PlanState; readonly wanted: readonly PlanState[] }
  | { readonly code: 'digest-mismatch'; readonly asked: string; readonly current: string }
  | { readonly code: 'not-a-person'; readonly actor: string }
  | { readonly code: 'own-plan'; readonly author: string }
  | { readonly code: 'already-approved'; readonly approver: string }
  | { readonly code: 'plan-expired'; readonly expiresAtUs: number }
  | { readonly code: 'approval-missing'; readonly valid: number; readonly required: number }
  | { readonly code: 'connector-unknown'; readonly connector: string }
  | { readonly code: 'connector-mode'; readonly connector: string; readonly mode: ConnectorMode }
  | { readonly code: 'stopped'; readonly by: string; readonly atUs: number }
  | { readonly code: 'busy'; readonly id: string; readonly title: string; readonly state: PlanState }
  | { readonly code: 'rate-limited'; readonly operations: number; readonly perMinute: number }
  | { readonly code: 'stale'; readonly changes: readonly ObjectChange[] }
  | { readonly code: 'unreachable'; readonly connector: string; readonly detail: string }
  | { readonly code: 'command-refused'; readonly step: number; readonly refusal: Refusal }
  | { readonly code: 'steps-out-of-range'; readonly steps: number; readonly max: number }
  | { readonly code: 'no-inverse'; readonly steps: readonly number[] }
  | { readonly code: 'cannot-rehearse'; readonly detail: string }
  | { readonly code: 'fenced'; readonly fence: number; readonly current: number };
