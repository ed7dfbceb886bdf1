/** What the gateway needs of the rest of the server. Time is a port so that the swarm test owns it. */
import type { Result } from '@/engine/kernel';
import type { DraftPlan, PlanBody } from '@/engine/loop';
import type { Connectors } from '../connectors/connectors';
import type { Database } from '../database/database';
import type { Direction } from '../database/schema';
import type { PlanSummary } from './plan/plan-summary';
import type { Policy } from './policy';

export type Clock = { nowUs(): number; sleep(ms: number): Promise<void> };

/** Rehearses a draft on a fork of the twin. It can read and compute; it has nothing to write with. */
export type Rehearse = (draft: DraftPlan) => Promise<Result<PlanBody, string>>;

export type GatewayEvent =
  | { readonly kind: 'plan'; readonly plan: PlanSummary }
  | { readonly kind: 'step'; readonly id: string; readonly direction: Direction; readonly step: number; readonly attempt: number; readonly phase: 'intent' | 'applied' | 'already' | 'recorded' | 'refused' | 'unknown'; readonly detail: string | null }
  | { readonly kind: 'promise'; readonly id: string; readonly planId: string }
  | { readonly kind: 'kill-switch'; readonly stopped: boolean; readonly by: string };

export type GatewayPorts = {
  readonly db: Database;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly policy: Policy;
  readonly connectors: Connectors;
  readonly rehearse: Rehearse;
  /** Told after the transaction that made it true has committed. */
  readonly publish: (event: GatewayEvent) => void;
};
