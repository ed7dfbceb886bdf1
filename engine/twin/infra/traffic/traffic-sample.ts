/** What a frame says of queues and of calls with state; then their windows begin anew. */
import type { CallSample, QueueSample } from '@/engine/telemetry';
import type { World } from '../../world';
import { oldestUs } from './queue/deliver';

type TrafficSamples = { readonly queues?: readonly QueueSample[]; readonly calls?: readonly CallSample[] };

export function trafficSamples(world: World, windowUs: number): TrafficSamples {
  const { queues, services } = world.infra;
  const calls = services.flatMap(({ name, calls: made }) => made.flatMap((call): CallSample[] => {
    const { cache, pool, policy, state } = call;
    if (cache === null && pool === null && (policy === null || policy.breakerFailures === Infinity)) return [];
    const looked = cache === null ? 0 : cache.window.hits + cache.window.misses + cache.window.joined;
    const processes = pool === null ? [] : [...pool.of.values()];
    return [{
      from: name,
      to: services[call.service]!.name,
      cacheHitShare: cache === null || looked === 0 ? null : cache.window.hits / looked,
      poolInUse: pool === null ? null : processes.reduce((sum, { inUse }) => sum + inUse, 0),
      poolWaiting: pool === null ? null : processes.reduce((sum, { waiting }) => sum + waiting.length, 0),
      breakerOpen: policy === null || policy.breakerFailures === Infinity ? null : state.failuresInRow >= policy.breakerFailures && world.nowUs < state.openUntilUs,
    }];
  }));
  const perSecond = 1e6 / windowUs;
  const samples = queues.map((queue, index): QueueSample => ({
    queue: queue.name,
    depth: queue.depth,
    inFlight: queue.inFlight,
    oldestSeconds: oldestUs(world, index) / 1e6,
    publishedRps: queue.window.published * perSecond,
    doneRps: queue.window.done * perSecond,
    redeliveredRps: queue.window.redelivered * perSecond,
    deadLetters: queue.total.deadLetters,
  }));
  startTrafficWindow(world);
  return { ...(samples.length === 0 ? {} : { queues: samples }), ...(calls.length === 0 ? {} : { calls }) };
}

function startTrafficWindow({ infra: { queues, services } }: World): void {
  for (const { window } of queues) window.published = window.refused = window.delivered = window.redelivered = window.done = window.deadLetters = window.expired = 0;
  for (const { calls } of services) for (const { cache } of calls) if (cache !== null) cache.window.hits = cache.window.misses = cache.window.joined = 0;
}
