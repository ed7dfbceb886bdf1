/** From registration entries and workloads to identity that has issued nothing yet. Attestation happens here: selectors decide. */
import { nextBelow, randomStream, US_PER_SECOND } from '@/engine/kernel';
import type { IdentitySpec, RegistrationEntry, WorkloadSpec } from './identity-spec';
import { NO_SVID, type IdentityState } from './identity-state';

export const CA_TTL_SECONDS = 86_400;
export const SVID_TTL_SECONDS = 3_600;

/** Names must have been checked (`readIdentity`). `routerIndex` finds the mesh router of a name. */
export function compileIdentity(spec: IdentitySpec, seed: number, routerIndex: (name: string) => number = () => -1): IdentityState {
  const n = spec.workloads.length;
  const caTtlUs = (spec.caTtlSeconds ?? CA_TTL_SECONDS) * US_PER_SECOND;
  return {
    spec,
    workloads: {
      entry: Int32Array.from(spec.workloads, (workload) => attest(spec.entries, workload)),
      skewUs: Float64Array.from(spec.workloads, (workload) => Math.round((workload.clockSkewSeconds ?? 0) * US_PER_SECOND)),
      router: Int32Array.from(spec.workloads, (workload) => (workload.router === undefined ? -1 : routerIndex(workload.router))),
      svidAuthority: new Int32Array(n).fill(NO_SVID),
      svidNotBeforeUs: new Float64Array(n),
      svidNotAfterUs: new Float64Array(n),
      svidSerial: new Float64Array(n),
      revoked: new Uint8Array(n),
      plan: new Int32Array(n),
      tries: new Int32Array(n),
      bundleVersion: new Int32Array(n),
      bundle: new Int32Array(n),
    },
    authorities: [{ notBeforeUs: 0, notAfterUs: caTtlUs, published: true, active: true }],
    servers: { up: new Uint8Array(spec.servers.length).fill(1), freeAtUs: new Float64Array(spec.servers.length) },
    bundleVersion: 1,
    bundle: 1,
    firstAuthority: 0,
    nextSerial: 1,
    issued: [],
    counters: { issued: 0, failedTries: 0, waitedUs: 0, longestWaitUs: 0 },
    random: randomStream(seed, 'identity'),
  };
}

/** The first entry all of whose selectors the workload has; −1 for none. */
export function attest(entries: readonly RegistrationEntry[], { selectors }: WorkloadSpec): number {
  return entries.findIndex((entry) => entry.selectors.length > 0 && entry.selectors.every((selector) => selectors.includes(selector)));
}

/** Uniform in [0, spanUs). */
export const drawUs = (identity: IdentityState, spanUs: number) => (spanUs < 1 ? 0 : nextBelow(identity.random, Math.min(2 ** 32 - 1, Math.floor(spanUs))));
