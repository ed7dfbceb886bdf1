/** Validates what somebody wrote as workload identity. */
import { member, note, onlyKeys, optional, readChoice, readList, readNumber, readText, type SpecReader } from '../../spec-reader';
import { SIGNATURES, type SignatureName } from './handshake-cost';
import type { IdentitySpec, RegistrationEntry, WorkloadSpec } from './identity-spec';
import { SERVERS_MAX } from './issue-svid';
import { parseSpiffeId } from './spiffe-id';

const KEYS = ['trustDomain', 'servers', 'workloads', 'entries', 'svidTtlSeconds', 'caTtlSeconds', 'renewAt', 'renewJitter', 'syncSeconds', 'backoffSecondsMax', 'signature'];
const SIGNATURE_NAMES = Object.keys(SIGNATURES) as SignatureName[];
const TTL = { min: 10, max: 31_536_000 };

export function readIdentity(at: SpecReader): IdentitySpec {
  onlyKeys(at, KEYS);
  const number = (key: string, range: { min: number; max: number }) => optional(at, key, (m) => readNumber(m, range));
  const identity: IdentitySpec = {
    trustDomain: readText(member(at, 'trustDomain'), 255),
    servers: readList(member(at, 'servers'), readServer, { min: 1, max: SERVERS_MAX }),
    workloads: readList(member(at, 'workloads'), readWorkload, { max: 200_000 }),
    entries: readList(member(at, 'entries'), (item) => readEntry(item, at), { max: 200_000 }),
    svidTtlSeconds: number('svidTtlSeconds', TTL),
    caTtlSeconds: number('caTtlSeconds', TTL),
    renewAt: number('renewAt', { min: 0.05, max: 0.95 }),
    renewJitter: number('renewJitter', { min: 0, max: 0.5 }),
    syncSeconds: number('syncSeconds', { min: 0.1, max: 3_600 }),
    backoffSecondsMax: number('backoffSecondsMax', { min: 0.1, max: 86_400 }),
    signature: optional(at, 'signature', (m) => readChoice(m, SIGNATURE_NAMES)),
  };
  if (identity.svidTtlSeconds !== undefined && identity.caTtlSeconds !== undefined && identity.svidTtlSeconds * 6 > identity.caTtlSeconds)
    note(member(at, 'svidTtlSeconds'), 'out-of-range', 'an SVID would outlive the sixth of its CA’s life that is left when the next one signs', 'make caTtlSeconds at least six times svidTtlSeconds');
  return identity;
}

function readServer(at: SpecReader): IdentitySpec['servers'][number] {
  onlyKeys(at, ['name', 'signingsPerSecond']);
  return { name: readText(member(at, 'name')), signingsPerSecond: optional(at, 'signingsPerSecond', (m) => readNumber(m, { min: 0.001, max: 1e9 })) };
}

const readSelectors = (at: SpecReader) => readList(member(at, 'selectors'), (item) => readText(item, 300), { min: 1, max: 100 });

function readWorkload(at: SpecReader): WorkloadSpec {
  onlyKeys(at, ['name', 'selectors', 'service', 'node', 'router', 'clockSkewSeconds', 'startSeconds']);
  return {
    name: readText(member(at, 'name')),
    selectors: readSelectors(at),
    service: optional(at, 'service', readText),
    node: optional(at, 'node', readText),
    router: optional(at, 'router', readText),
    clockSkewSeconds: optional(at, 'clockSkewSeconds', (m) => readNumber(m, { min: -1e9, max: 1e9 })),
    startSeconds: optional(at, 'startSeconds', (m) => readNumber(m, { min: 0, max: 1e9 })),
  };
}

function readEntry(at: SpecReader, identity: SpecReader): RegistrationEntry {
  onlyKeys(at, ['spiffeId', 'selectors', 'ttlSeconds']);
  const spiffeId = readText(member(at, 'spiffeId'), 2_048);
  const parsed = parseSpiffeId(spiffeId);
  const own = member(identity, 'trustDomain').value;
  if (!parsed.ok) note(member(at, 'spiffeId'), 'out-of-range', `"${spiffeId}" ${parsed.error}`, 'write spiffe://your.domain/some/path');
  else if (parsed.value.trustDomain !== own) note(member(at, 'spiffeId'), 'unknown-name', `"${spiffeId}" belongs to another trust domain`, `begin it with spiffe://${String(own)}/`);
  return { spiffeId, selectors: readSelectors(at), ttlSeconds: optional(at, 'ttlSeconds', (m) => readNumber(m, TTL)) };
}
