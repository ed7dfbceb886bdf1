/** Running identity as plain data. Workloads and servers are numbered; authorities (CA keys) too, in order of making. */
import type { Random } from '@/engine/kernel';
import type { IdentitySpec } from './identity-spec';

export const NO_SVID = -1;

export type Authority = {
  readonly notBeforeUs: number;
  readonly notAfterUs: number;
  /** In the bundle that servers hand out. */
  published: boolean;
  /** Signs new SVIDs. */
  active: boolean;
};

export type Workloads = {
  /** Registration entry, −1 when no entry's selectors fit. */
  readonly entry: Int32Array;
  readonly skewUs: Float64Array;
  readonly router: Int32Array; // −1: needs no mesh
  /** Authority that signed the SVID in hand, −1 for none. */
  readonly svidAuthority: Int32Array;
  readonly svidNotBeforeUs: Float64Array;
  readonly svidNotAfterUs: Float64Array;
  readonly svidSerial: Float64Array;
  readonly revoked: Uint8Array;
  /** Counts what was asked for, so that timers of earlier plans are void. */
  readonly plan: Int32Array;
  readonly tries: Int32Array;
  /** Version of the bundle in hand, and the authorities in it (a bit each; the newest 30 of them). */
  readonly bundleVersion: Int32Array;
  readonly bundle: Int32Array;
};

export type IssuedSvid = { readonly workload: number; readonly atUs: number; readonly notAfterUs: number; readonly authority: number };
/** Issued SVIDs that are remembered. */
export const ISSUED_MAX = 2_000;

export type IdentityState = {
  readonly spec: IdentitySpec;
  readonly workloads: Workloads;
  readonly authorities: Authority[];
  readonly servers: { readonly up: Uint8Array; readonly freeAtUs: Float64Array };
  bundleVersion: number;
  bundle: number;
  /** Authority whose bit is 1 in bundles; older ones have expired. */
  firstAuthority: number;
  nextSerial: number;
  /** What was issued of late, oldest first, for the timeline. */
  readonly issued: IssuedSvid[];
  readonly counters: { issued: number; failedTries: number; waitedUs: number; longestWaitUs: number };
  readonly random: Random;
};

/** What identity asks of the world around it. */
export type Reach = { /** Whether a workload's router reaches the servers now. */ canReach(router: number): boolean };
export const ALWAYS_REACHED: Reach = { canReach: () => true };

/** Whether a workload holds an SVID that is valid by true time. */
export function holdsValidSvid({ workloads }: IdentityState, workload: number, nowUs: number): boolean {
  return workloads.svidAuthority[workload] !== NO_SVID && workloads.revoked[workload] === 0 && nowUs >= workloads.svidNotBeforeUs[workload]! && nowUs < workloads.svidNotAfterUs[workload]!;
}

/** Workloads with a registration entry that hold no valid SVID. */
export function countWithoutSvid(identity: IdentityState, nowUs: number): number {
  let without = 0;
  identity.workloads.entry.forEach((entry, workload) => {
    if (entry >= 0 && !holdsValidSvid(identity, workload, nowUs)) without += 1;
  });
  return without;
}
