/**
 * Workload identity of a system as a person writes it: who signs, and for how long. The workloads follow from the
 * system: the agent of every node keeps one SVID for every service that may run there, as SPIRE's agents do.
 */
import { member, note, onlyKeys, optional, readChoice, readList, readNumber, readText, type SpecReader } from '../../spec-reader';
import { KEY_EXCHANGES, SIGNATURES, SERVERS_MAX, type IdentitySpec, type KeyExchangeName, type SignatureName } from '../identity';

export type WorldIdentitySpec = Pick<IdentitySpec, 'trustDomain' | 'svidTtlSeconds' | 'caTtlSeconds' | 'renewAt' | 'renewJitter' | 'syncSeconds' | 'backoffSecondsMax' | 'signature'> & {
  readonly servers: readonly IdentityServerSpec[];
  readonly keyExchange?: KeyExchangeName;
  /** How long a connection between two replicas' nodes is kept before the next handshake. */
  readonly connectionSeconds?: number;
  /** Services that speak mutual TLS with each other; all when left out. */
  readonly services?: readonly string[];
};

/** `node`: the server lives and dies with it. */
export type IdentityServerSpec = { readonly name: string; readonly signingsPerSecond?: number; readonly node?: string };

const KEYS = ['trustDomain', 'servers', 'svidTtlSeconds', 'caTtlSeconds', 'renewAt', 'renewJitter', 'syncSeconds', 'backoffSecondsMax', 'signature', 'keyExchange', 'connectionSeconds', 'services'];
const TTL = { min: 10, max: 31_536_000 };
const TRUST_DOMAIN = /^[a-z0-9._-]{1,255}$/;

export function readWorldIdentity(at: SpecReader): WorldIdentitySpec {
  onlyKeys(at, KEYS);
  const number = (key: string, range: { min: number; max: number }) => optional(at, key, (m) => readNumber(m, range));
  const spec: WorldIdentitySpec = {
    trustDomain: readText(member(at, 'trustDomain'), 255),
    servers: readList(member(at, 'servers'), readServer, { min: 1, max: SERVERS_MAX }),
    svidTtlSeconds: number('svidTtlSeconds', TTL),
    caTtlSeconds: number('caTtlSeconds', TTL),
    renewAt: number('renewAt', { min: 0.05, max: 0.95 }),
    renewJitter: number('renewJitter', { min: 0, max: 0.5 }),
    syncSeconds: number('syncSeconds', { min: 0.1, max: 3_600 }),
    backoffSecondsMax: number('backoffSecondsMax', { min: 0.1, max: 86_400 }),
    signature: optional(at, 'signature', (m) => readChoice(m, Object.keys(SIGNATURES) as SignatureName[])),
    keyExchange: optional(at, 'keyExchange', (m) => readChoice(m, Object.keys(KEY_EXCHANGES) as KeyExchangeName[])),
    connectionSeconds: number('connectionSeconds', { min: 0, max: 31_536_000 }),
    services: optional(at, 'services', (m) => readList(m, readText)),
  };
  if (spec.trustDomain !== '' && !TRUST_DOMAIN.test(spec.trustDomain)) note(member(at, 'trustDomain'), 'out-of-range', `"${spec.trustDomain}" has other letters than a–z, 0–9, dot, dash and underscore`, 'write it like mesh.example');
  if ((spec.svidTtlSeconds ?? 3_600) * 6 > (spec.caTtlSeconds ?? 86_400)) note(member(at, 'svidTtlSeconds'), 'out-of-range', 'an SVID would outlive the sixth of its CA’s life that is left when the next one signs', 'make caTtlSeconds at least six times svidTtlSeconds');
  return spec;
}

function readServer(at: SpecReader): IdentityServerSpec {
  onlyKeys(at, ['name', 'signingsPerSecond', 'node']);
  return { name: readText(member(at, 'name')), signingsPerSecond: optional(at, 'signingsPerSecond', (m) => readNumber(m, { min: 0.001, max: 1e9 })), node: optional(at, 'node', readText) };
}
