/**
 * A service whose replicas keep copies of one set of data: one leads, by a lease, and takes the writes; the others follow its
 * log. Asynchronously a write is answered before anybody else has it, and what was not sent yet is lost with the leader;
 * synchronously it waits for the first follower, and nobody is answered while there is none.
 */
import { quantileSketch, randomStream, type QuantileSketch, type Random, type Variate } from '@/engine/kernel';
import { readDuration, variateUs, type DurationSpec } from '../../../duration';
import { member, note, onlyKeys, optional, readChoice, readNumber, type SpecReader } from '../../../spec-reader';
import { KUBERNETES_LEASE, lease, type Candidate, type Lease, type LeaseSettings } from '../lease/lease';

export type ReplicationSpec = {
  readonly mode: 'async' | 'sync';
  /** Of requests, those that change data. */
  readonly writeShare: number;
  readonly writeKib: number;
  /** One way, between leader and follower. */
  readonly network: DurationSpec;
  /** What a follower is sent, and what it applies, at most. */
  readonly shipMibPerSecond: number;
  readonly applyMibPerSecond?: number;
  /** Once a follower has the lease and has applied its log: until it takes writes. */
  readonly promotion: DurationSpec;
  /** Default: Kubernetes' 15, 10 and 2 s. */
  readonly lease?: { readonly durationSeconds: number; readonly renewDeadlineSeconds: number; readonly retrySeconds: number };
};

/** A follower's part of the log: when each write that it has not got was made, and when it is sent. */
export type Follower = { freeUs: number; appliedUs: number; madeUs: number[]; sentUs: number[]; head: number; lostWrites: number; lostSinceUs: number | null };

export type Replication = {
  readonly sync: boolean;
  readonly writeShare: number;
  readonly shipUs: number;
  readonly applyUs: number;
  readonly network: Variate;
  readonly promotion: Variate;
  readonly settings: LeaseSettings;
  readonly lease: Lease;
  readonly candidates: Map<number, Candidate>;
  readonly followers: Map<number, Follower>;
  /** Who takes writes now, −1 for nobody; and who did last. */
  leader: number;
  lastLeader: number;
  /** Of the leader that a fault took, −1 for none. */
  lostNode: number;
  /** Since when nobody takes writes. */
  lostUs: number | null;
  /** Who has the lease and gets ready to take writes, −1 for nobody. */
  promoting: number;
  random: Random;
  readonly lag: QuantileSketch;
  writes: number;
};

export function readReplication(at: SpecReader): ReplicationSpec {
  onlyKeys(at, ['mode', 'writeShare', 'writeKib', 'network', 'shipMibPerSecond', 'applyMibPerSecond', 'promotion', 'lease']);
  return {
    mode: readChoice(member(at, 'mode'), ['async', 'sync']),
    writeShare: readNumber(member(at, 'writeShare'), { min: 0, max: 1 }),
    writeKib: readNumber(member(at, 'writeKib'), { min: 0, max: 1_000_000 }),
    network: readDuration(member(at, 'network')),
    shipMibPerSecond: readNumber(member(at, 'shipMibPerSecond'), { min: 0.001, max: 1_000_000 }),
    applyMibPerSecond: optional(at, 'applyMibPerSecond', (m) => readNumber(m, { min: 0.001, max: 1_000_000 })),
    promotion: readDuration(member(at, 'promotion')),
    lease: optional(at, 'lease', (m) => {
      onlyKeys(m, ['durationSeconds', 'renewDeadlineSeconds', 'retrySeconds']);
      const seconds = (key: string) => readNumber(member(m, key), { min: 0.1, max: 86_400 });
      const read = { durationSeconds: seconds('durationSeconds'), renewDeadlineSeconds: seconds('renewDeadlineSeconds'), retrySeconds: seconds('retrySeconds') };
      if (read.renewDeadlineSeconds >= read.durationSeconds) note(member(m, 'renewDeadlineSeconds'), 'out-of-range', 'a leader would still lead when another may take the lease', `choose less than ${read.durationSeconds}`);
      if (read.retrySeconds >= read.renewDeadlineSeconds) note(member(m, 'retrySeconds'), 'out-of-range', 'a leader would not renew in time', `choose less than ${read.renewDeadlineSeconds}`);
      return read;
    }),
  };
}

export function replication(spec: ReplicationSpec, seed: number, name: string): Replication {
  const mib = spec.writeKib / 1_024;
  const { durationSeconds, renewDeadlineSeconds, retrySeconds } = spec.lease ?? { durationSeconds: 0, renewDeadlineSeconds: 0, retrySeconds: 0 };
  return {
    sync: spec.mode === 'sync',
    writeShare: spec.writeShare,
    shipUs: (mib / spec.shipMibPerSecond) * 1e6,
    applyUs: (mib / (spec.applyMibPerSecond ?? spec.shipMibPerSecond)) * 1e6,
    network: variateUs(spec.network),
    promotion: variateUs(spec.promotion),
    settings: spec.lease === undefined ? KUBERNETES_LEASE : { durationUs: durationSeconds * 1e6, renewDeadlineUs: renewDeadlineSeconds * 1e6, retryUs: retrySeconds * 1e6 },
    lease: lease(),
    candidates: new Map(),
    followers: new Map(),
    leader: -1,
    lastLeader: -1,
    lostNode: -1,
    promoting: -1,
    lostUs: null,
    random: randomStream(seed, `replication/${name}`),
    lag: quantileSketch(),
    writes: 0,
  };
}
