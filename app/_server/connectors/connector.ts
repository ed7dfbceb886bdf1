/**
 * The two sides of a connector. An Observer reads and an Actuator writes; they are separate objects with
 * separate credentials, and nothing that simulates, replays or rehearses is ever handed an Actuator. An
 * Actuator takes orders only, and an order carries an ApprovedPlan, which only an approval can make.
 */
import type { Result } from '@/engine/kernel';
import type { ApprovedPlan, PlanStep } from '@/engine/loop';
import type { Command, CommandKind, Refusal } from '@/engine/twin';
import type { Direction } from '../database/schema';

/** One thing that a plan can change, with the version a conditional write must name. */
export type ObservedObject = {
  /** `service/backend`, `node/a`. */
  readonly object: string;
  readonly version: string;
  /** The values that commands set: `replicas`, `quotaMillicores`, `cordoned`; what else helps a reader may be there too. */
  readonly values: Readonly<Record<string, number | string | boolean | null>>;
};

export type Observation = { readonly atUs: number; readonly version: string; readonly objects: readonly ObservedObject[] };

export type ObserveFailure = { readonly code: 'unreachable' | 'not-understood' | 'off'; readonly detail: string };

export interface Observer {
  readonly connector: string;
  observe(): Promise<Result<Observation, ObserveFailure>>;
}

export type StepOrder = {
  readonly plan: ApprovedPlan;
  readonly step: PlanStep;
  readonly direction: Direction;
  /** The step's own command, or its inverse on the way back. */
  readonly command: Command;
  readonly expectedVersion: string;
  readonly idempotencyKey: string;
};

/** `unknown`: it may or may not have happened (a timeout, a torn connection). The gateway reads back. */
export type StepReply =
  | { readonly result: 'applied' | 'already'; readonly version: string }
  | { readonly result: 'recorded' }
  | { readonly result: 'refused'; readonly refusal: Refusal }
  | { readonly result: 'unknown'; readonly detail: string };

export interface Actuator {
  readonly connector: string;
  /** Never throws and never retries by itself: one call, at most one effect. */
  apply(order: StepOrder): Promise<StepReply>;
}

export type ConnectorDescription = {
  readonly connector: string;
  readonly title: string;
  /** What the write side can do here; a plan with another command is refused when it is drafted. */
  readonly commands: readonly CommandKind[];
  /** The least the credentials must allow, one permission per line, for reading and for live. */
  readonly leastPrivilege: { readonly read: readonly string[]; readonly live: readonly string[] };
};

/** The side that simulation, rehearsal and pages are given. */
export type ConnectorReader = ConnectorDescription & { readonly observer: Observer };

export type Connector = ConnectorReader & {
  /** Null where the connector has no write side. Reached only through `actuatorFor`, which asks the mode. */
  readonly actuator: Actuator | null;
};
