/** Whether two workloads' mutual TLS succeeds now: each checks the other's SVID by its own clock and its own bundle. */
import { NO_SVID, type IdentityState } from './identity-state';
import { trusts } from './trust-bundle';

export type HandshakeFailure = 'no-svid' | 'revoked' | 'not-yet-valid' | 'expired' | 'unknown-authority';
export type HandshakeOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: HandshakeFailure; /** Whose SVID was refused. */ readonly workload: number };

/** `client` and `server` are workloads by number. */
export function handshake(identity: IdentityState, client: number, server: number, nowUs: number): HandshakeOutcome {
  // the client sees the server's certificate first
  const byClient = refusal(identity, client, server, nowUs);
  if (byClient !== null) return { ok: false, reason: byClient, workload: server };
  const byServer = refusal(identity, server, client, nowUs);
  return byServer === null ? { ok: true } : { ok: false, reason: byServer, workload: client };
}

function refusal(identity: IdentityState, verifier: number, holder: number, nowUs: number): HandshakeFailure | null {
  const { workloads } = identity;
  const authority = workloads.svidAuthority[holder]!;
  if (authority === NO_SVID) return 'no-svid';
  if (workloads.revoked[holder] === 1) return 'revoked';
  const clockUs = nowUs + workloads.skewUs[verifier]!;
  if (clockUs < workloads.svidNotBeforeUs[holder]!) return 'not-yet-valid';
  if (clockUs >= workloads.svidNotAfterUs[holder]! || nowUs >= workloads.svidNotAfterUs[holder]!) return 'expired';
  return trusts(identity, verifier, authority) ? null : 'unknown-authority';
}
