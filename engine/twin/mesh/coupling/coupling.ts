/**
 * What joins services, mesh and identity in one world: which router stands before a node, who holds which SVID, and
 * what became of the calls between services. Plain data, forks and hashes with the world.
 */
import type { Random } from '@/engine/kernel';
import type { EdgeState } from '../edge';
import type { WorldIdentity } from './world-identity';

export type CallCounts = {
  /** Calls between services behind different routers. */
  crossed: number;
  /** Of those: no route or a dead link, and lost in spite of being sent six times. */
  cutOff: number;
  lost: number;
  /** Segments that had to be sent again. */
  resent: number;
  handshakes: number;
  handshakeBytes: number;
  handshakeCpuUs: number;
  /** Calls refused by mutual TLS, by reason. */
  refused: { 'no-svid': number; revoked: number; 'not-yet-valid': number; expired: number; 'unknown-authority': number };
};

export type Coupling = {
  /** Per node: the router between it and the rest, −1 at the gateways' side. */
  readonly via: Int32Array;
  /** True when no call can meet anything: nothing is behind a router and there is no identity. */
  readonly isPlain: boolean;
  readonly identity: WorldIdentity | null;
  readonly edge: EdgeState | null;
  readonly random: Random;
  /** Alarms that are raised now, so that each is raised once. */
  readonly raised: Set<string>;
  /** Since the last frame, and since the start. */
  window: CallCounts;
  readonly total: CallCounts;
};

export const callCounts = (): CallCounts => ({
  crossed: 0, cutOff: 0, lost: 0, resent: 0, handshakes: 0, handshakeBytes: 0, handshakeCpuUs: 0,
  refused: { 'no-svid': 0, revoked: 0, 'not-yet-valid': 0, expired: 0, 'unknown-authority': 0 },
});

type Count = Exclude<keyof CallCounts, 'refused'>;

export function countCall({ window, total }: Coupling, what: Count, by = 1): void {
  window[what] += by;
  total[what] += by;
}

export function countRefused({ window, total }: Coupling, reason: keyof CallCounts['refused']): void {
  window.refused[reason] += 1;
  total.refused[reason] += 1;
}
