/** The traffic of a checked system: state of calls, queues and functions at time 0, and what happens from then on. */
import { randomStream, schedule, seconds } from '@/engine/kernel';
import { EventKind } from '../../event-kind';
import { variateUs } from '../../duration';
import type { LoadSpec, ServiceSpec, SystemSpec } from '../../system-spec';
import type { World } from '../../world';
import type { Call, Infra, Load, Service } from '../infra';
import { startReplication } from '../availability/replication/lead';
import { replication } from '../availability/replication/replication-spec';
import { backup } from '../availability/restore/backup';
import { callCache, warmStore } from './cache/call-cache';
import { callPolicy, callState } from './call-policy';
import { callGroup } from './fan-out/call-group';
import { job } from './job/job';
import { external } from './off-node/external';
import { functionPool } from './off-node/function-pool';
import { startProvisioned } from './off-node/invoke';
import { callPool } from './pool/connection-pool';
import { messageQueue, type MessageQueue } from './queue/queue-spec';
import { setWarm, warmUp } from './warm-up/warm-up';

const split = (perRequest: number) => ({ whole: Math.floor(perRequest), fraction: perRequest - Math.floor(perRequest) });
const indexOf = (items: readonly { readonly name: string }[], name: string) => items.findIndex((item) => item.name === name);

export function compileCalls(spec: ServiceSpec, { services }: SystemSpec, seed: number): Call[] {
  return (spec.calls ?? []).map((call, i) => ({
    service: indexOf(services, call.service),
    ...split(call.perRequest),
    policy: callPolicy(call),
    state: callState(),
    group: callGroup(spec, i),
    hedgeUs: call.hedgeAfterMs === undefined ? null : Math.round(call.hedgeAfterMs * 1_000),
    pool: call.pool === undefined ? null : callPool(call.pool),
    cache: call.cache === undefined ? null : callCache(call.cache, seed, `cache/${spec.name}/${i}`),
  }));
}

type ServiceTraffic = Pick<Service, 'warmUp' | 'publishes' | 'function' | 'external' | 'job' | 'outages' | 'replication' | 'backup'>;

export function compileServiceTraffic(spec: ServiceSpec, { queues = [] }: SystemSpec, seed: number): ServiceTraffic {
  return {
    warmUp: spec.warmUp === undefined ? null : warmUp(spec.warmUp),
    publishes: (spec.publishes ?? []).map(({ queue, perRequest }) => ({ queue: indexOf(queues, queue), ...split(perRequest) })),
    function: spec.serverless === undefined ? null : functionPool(spec.serverless, spec.memoryMib, seed, spec.name),
    external: spec.external === undefined ? null : external(spec.external),
    job: spec.job === undefined ? null : job(spec.job),
    outages: [],
    replication: spec.replication === undefined ? null : replication(spec.replication, seed, spec.name),
    backup: spec.backup === undefined ? null : backup(spec.backup, seed, spec.name),
  };
}

export const compileQueues = ({ queues = [], services }: SystemSpec): MessageQueue[] => queues.map((queue) => messageQueue(queue, indexOf(services, queue.consumer)));

export const compileUsers = ({ profile }: LoadSpec): Load['users'] => (profile.kind === 'users' ? { count: profile.users, think: variateUs(profile.think), present: 0 } : null);

/** What the spec's replicas have behind them when the run begins, and when jobs start. */
export function startTraffic(world: World, system: SystemSpec): void {
  world.infra.services.forEach((service, index) => {
    if (service.warmUp !== null) for (const replica of service.replicas) setWarm(service.warmUp, replica);
    if (service.function !== null) startProvisioned(world, index, service.function);
    startReplication(world, index);
    if (service.job !== null) schedule(world.queue, seconds(service.job.spec.startsAtSeconds), EventKind.jobStarts, index);
    service.calls.forEach(({ cache }, i) => {
      if (cache === null || system.services[index]!.calls![i]!.cache!.startsWarm !== true) return;
      for (const replica of cache.shared ? [-1] : service.replicas) warmStore(cache, replica);
    });
  });
}

/** Gives the traffic another future. */
export function reseedTraffic({ services }: Infra, seed: number): void {
  for (const service of services) {
    service.calls.forEach(({ cache }, i) => {
      if (cache !== null) cache.random = randomStream(seed, `cache/${service.name}/${i}`);
    });
    if (service.replication !== null) service.replication.random = randomStream(seed, `replication/${service.name}`);
    if (service.backup !== null) service.backup.random = randomStream(seed, `backup/${service.name}`);
    if (service.function !== null) service.function.random = randomStream(seed, `cold-start/${service.name}`);
  }
}
