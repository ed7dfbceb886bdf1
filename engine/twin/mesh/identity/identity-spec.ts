/**
 * Workload identity as a person writes it. Defaults are SPIRE's (1.x): X.509 SVIDs of one hour, renewed at half
 * their life, a CA of 24 hours prepared at half and activated at five sixths of its predecessor's life, agents that
 * ask the server every five seconds.
 */
import type { SignatureName } from './handshake-cost';

export type IdentitySpec = {
  readonly trustDomain: string;
  readonly servers: readonly { readonly name: string; /** Limit of its HSM or CPU; unlimited when left out. */ readonly signingsPerSecond?: number }[];
  readonly workloads: readonly WorkloadSpec[];
  readonly entries: readonly RegistrationEntry[];
  readonly svidTtlSeconds?: number;
  readonly caTtlSeconds?: number;
  /** Share of an SVID's life after which it is renewed. */
  readonly renewAt?: number;
  /** Renewals are spread over ± this share of the life. */
  readonly renewJitter?: number;
  readonly syncSeconds?: number;
  /** Longest wait between two tries of an agent that cannot reach a server. */
  readonly backoffSecondsMax?: number;
  readonly signature?: SignatureName;
};

export type WorkloadSpec = {
  readonly name: string;
  /** What the agent can attest of it, such as `k8s:ns:shop` or `unix:uid:1000`. */
  readonly selectors: readonly string[];
  /** The service it belongs to, and the node whose agent keeps its SVID. */
  readonly service?: string;
  readonly node?: string;
  /** The mesh router by which it reaches a server; none: it always does. */
  readonly router?: string;
  /** Its clock less true time. */
  readonly clockSkewSeconds?: number;
  /** When it first asks, drawn within the first half life when left out. */
  readonly startSeconds?: number;
};

/** Workloads that have all the selectors get the identity; the first entry that fits wins. */
export type RegistrationEntry = { readonly spiffeId: string; readonly selectors: readonly string[]; readonly ttlSeconds?: number };
