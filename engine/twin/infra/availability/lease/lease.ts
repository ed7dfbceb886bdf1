/**
 * A leader by lease, as client-go elects one: who holds the lease renews it every 2 s; a candidate that has seen no change for
 * 15 s on its own clock takes it; a holder that could not renew for 10 s stops leading, so that it has stopped before another
 * begins, as long as clocks run alike and nobody sleeps. Every change of holder has a number, the fencing token.
 * Source: k8s.io/client-go/tools/leaderelection (LeaseDuration, RenewDeadline, RetryPeriod, JitterFactor 1.2).
 */
export type LeaseSettings = { readonly durationUs: number; readonly renewDeadlineUs: number; readonly retryUs: number };

export const KUBERNETES_LEASE: LeaseSettings = { durationUs: 15e6, renewDeadlineUs: 10e6, retryUs: 2e6 };
export const RETRY_JITTER = 1.2;

/** What the API server keeps; `version` changes with every write, and writes name the version that they saw. */
export type Lease = { holder: number; version: number; token: number };

/** What a candidate knows, by its own clock. */
export type Candidate = { observedVersion: number; observedUs: number; renewedUs: number; leads: boolean; token: number };

export const lease = (): Lease => ({ holder: -1, version: 0, token: 0 });
export const candidate = (): Candidate => ({ observedVersion: -1, observedUs: 0, renewedUs: 0, leads: false, token: 0 });

/**
 * One try of candidate `id` that reaches the API server at `nowUs` of its own clock: renews what it holds, takes what is free or
 * has not changed for the lease's duration. True when it leads afterwards.
 */
export function tryLease(held: Lease, known: Candidate, id: number, nowUs: number, { durationUs }: LeaseSettings): boolean {
  if (held.holder !== id) {
    if (held.version !== known.observedVersion) {
      known.observedVersion = held.version;
      known.observedUs = nowUs;
    }
    const free = held.holder < 0 || nowUs - known.observedUs > durationUs;
    if (!free) return (known.leads = false);
    held.holder = id;
    held.token += 1;
  }
  held.version += 1;
  Object.assign(known, { observedVersion: held.version, observedUs: nowUs, renewedUs: nowUs, leads: true, token: held.token });
  return true;
}

/** A holder that has not renewed for the deadline does not lead any more, whatever the API server says. */
export function mustStepDown({ leads, renewedUs }: Candidate, nowUs: number, { renewDeadlineUs }: LeaseSettings): boolean {
  return leads && nowUs - renewedUs >= renewDeadlineUs;
}
