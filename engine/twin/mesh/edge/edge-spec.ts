/**
 * A site behind the mesh that keeps its own copy of some records, so that it works on while it is cut off, and brings
 * them together with the centre’s when it is not. The conflict rule decides which of two writes stands.
 */
import { member, onlyKeys, optional, readChoice, readNumber, readText, type SpecReader } from '../../spec-reader';

export const CONFLICT_RULES = ['last-writer-wins', 'version-vector'] as const;
/**
 * `last-writer-wins`: the later clock decides, the other write is gone (Cassandra, DynamoDB global tables).
 * `version-vector`: writes that did not know of each other are both kept for the application to merge (Riak, CouchDB).
 */
export type ConflictRule = (typeof CONFLICT_RULES)[number];

export type EdgeStoreSpec = {
  readonly name: string;
  /** The mesh router in front of the site. */
  readonly router: string;
  readonly writesPerSecond: number;
  /** Writes to the same records at the centre. */
  readonly centreWritesPerSecond?: number;
  readonly records?: number;
  readonly bytesPerRecord?: number;
  /** How often changes are exchanged, and how many records one exchange carries each way. */
  readonly syncSeconds?: number;
  readonly recordsPerSync?: number;
  /** Writes that the site keeps while it cannot exchange; further ones are refused. */
  readonly bufferWrites?: number;
  readonly conflicts?: ConflictRule;
  /** The site's clock less the centre's. */
  readonly clockSkewSeconds?: number;
};

export const EDGE_STORES_MAX = 200;
const RATE = { min: 0, max: 1_000 };

export function readEdgeStore(at: SpecReader): EdgeStoreSpec {
  onlyKeys(at, ['name', 'router', 'writesPerSecond', 'centreWritesPerSecond', 'records', 'bytesPerRecord', 'syncSeconds', 'recordsPerSync', 'bufferWrites', 'conflicts', 'clockSkewSeconds']);
  const number = (key: string, range: { min: number; max: number; integer?: boolean }) => optional(at, key, (m) => readNumber(m, range));
  return {
    name: readText(member(at, 'name')),
    router: readText(member(at, 'router')),
    writesPerSecond: readNumber(member(at, 'writesPerSecond'), RATE),
    centreWritesPerSecond: number('centreWritesPerSecond', RATE),
    records: number('records', { min: 1, max: 100_000, integer: true }),
    bytesPerRecord: number('bytesPerRecord', { min: 1, max: 1_000_000 }),
    syncSeconds: number('syncSeconds', { min: 0.1, max: 86_400 }),
    recordsPerSync: number('recordsPerSync', { min: 1, max: 100_000, integer: true }),
    bufferWrites: number('bufferWrites', { min: 1, max: 10_000_000, integer: true }),
    conflicts: optional(at, 'conflicts', (m) => readChoice(m, CONFLICT_RULES)),
    clockSkewSeconds: number('clockSkewSeconds', { min: -1e6, max: 1e6 }),
  };
}
