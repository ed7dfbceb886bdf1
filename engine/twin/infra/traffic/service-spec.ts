/** What a person may write about a service's traffic besides its calls, and how it is read. */
import { readList, readNumber, optional, note, type SpecReader } from '../../spec-reader';
import type { ServiceSpec, SystemSpec } from '../../system-spec';
import { checkCallGroups, readCallGroup, type CallGroupSpec } from './fan-out/call-group';
import { readReplication, type ReplicationSpec } from '../availability/replication/replication-spec';
import { readBackup, type BackupSpec } from '../availability/restore/backup';
import { readJob, type JobSpec } from './job/job';
import { readExternal, type ExternalSpec } from './off-node/external';
import { readServerless, type ServerlessSpec } from './off-node/function-pool';
import { readPublish, type PublishSpec } from './queue/queue-spec';
import { readWarmUp, type WarmUpSpec } from './warm-up/warm-up';

export type ServiceTrafficSpec = {
  /** Groups of calls that are made at once. */
  readonly groups?: readonly CallGroupSpec[];
  /** Working memory of each request in flight, on top of `memoryMib`; a container above its limit is killed at once. */
  readonly memoryPerRequestMib?: number;
  /** A process that has just started needs more CPU time. */
  readonly warmUp?: WarmUpSpec;
  /** Messages sent to queues before it answers. */
  readonly publishes?: readonly PublishSpec[];
  /** Runs as a function, on no node of this system; replicas must be 0. */
  readonly serverless?: ServerlessSpec;
  /** Is run by somebody else; replicas must be 0. */
  readonly external?: ExternalSpec;
  /** Runs to completion; replicas must be 0. */
  readonly job?: JobSpec;
  /** Its replicas keep copies of one set of data, and one of them leads. */
  readonly replication?: ReplicationSpec;
  readonly backup?: BackupSpec;
};

export const SERVICE_TRAFFIC_KEYS = ['groups', 'memoryPerRequestMib', 'warmUp', 'publishes', 'serverless', 'external', 'job', 'replication', 'backup'] as const;

export function readServiceTraffic(at: SpecReader): ServiceTrafficSpec {
  return {
    groups: optional(at, 'groups', (m) => readList(m, readCallGroup, { max: 100 })),
    memoryPerRequestMib: optional(at, 'memoryPerRequestMib', (m) => readNumber(m, { min: 0, max: 1_000_000 })),
    warmUp: optional(at, 'warmUp', readWarmUp),
    publishes: optional(at, 'publishes', (m) => readList(m, readPublish, { max: 100 })),
    serverless: optional(at, 'serverless', readServerless),
    external: optional(at, 'external', readExternal),
    job: optional(at, 'job', readJob),
    replication: optional(at, 'replication', readReplication),
    backup: optional(at, 'backup', readBackup),
  };
}

type MustKnow = (path: string, name: string, known: Set<string>, what: string) => void;

/** Queues and services know each other, groups stand together, and a service is of one kind. */
export function checkTraffic(at: SpecReader, { services, queues = [] }: SystemSpec, mustKnow: MustKnow): void {
  const queueNames = new Set(queues.map((queue) => queue.name));
  queues.forEach((queue, i) => mustKnow(`queues[${i}].consumer`, queue.consumer, new Set(services.filter((service) => service.job === undefined).map((service) => service.name)), 'service'));
  services.forEach((service, i) => {
    const place: SpecReader = { ...at, path: `${at.path}${at.path && '.'}services[${i}]` };
    service.publishes?.forEach((publish, j) => mustKnow(`services[${i}].publishes[${j}].queue`, publish.queue, queueNames, 'queue'));
    checkCallGroups(place, service);
    checkKind(place, service);
  });
}

function checkKind(place: SpecReader, { serverless, external, job, replicas }: ServiceSpec): void {
  const kinds = [serverless === undefined ? null : 'serverless', external === undefined ? null : 'external', job === undefined ? null : 'job'].filter((kind) => kind !== null);
  if (kinds.length > 1) note({ ...place, path: `${place.path}.${kinds[1]}` }, 'duplicate', `the service is ${kinds.join(' and ')} at once`, `leave all but one of ${kinds.join(', ')} out`);
  else if (kinds.length === 1 && replicas !== 0) note({ ...place, path: `${place.path}.replicas` }, 'out-of-range', `${replicas} replicas of a service that is ${kinds[0]}`, 'write 0: what it needs comes by itself');
}
