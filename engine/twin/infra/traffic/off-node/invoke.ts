/** Requests at a serverless function: a warm instance, a new one after its cold start, or a refusal. */
import { drawVariate, invariant, schedule, timeUs, US_PER_HOUR } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import type { World } from '../../../world';
import { afterCpu, finishSpan } from '../../request';
import { mayStart, type FunctionPool, type Instance } from './function-pool';

const DONE_US = 0.5; // times are whole microseconds

/** Takes the span to an instance with room: ready before starting, the last used first; refuses it when none may start. */
export function invoke(world: World, span: number, service: number, pool: FunctionPool): void {
  const found = chooseInstance(world, pool);
  const index = found >= 0 || !mayStart(pool, world.nowUs) ? found : startInstance(world, service, pool);
  if (index < 0) {
    pool.throttled += 1;
    return finishSpan(world, span, false);
  }
  const instance = world.infra.instances[index]!;
  if (instance.assigned === 0) instance.busySinceUs = world.nowUs;
  instance.assigned += 1;
  instance.lastUsedUs = world.nowUs;
  world.infra.spans.instance[span] = index;
  if (instance.phase === 'starting') instance.pending.push(span);
  else run(world, index, instance, span);
}

/** The provisioned instances of a world that begins. */
export function startProvisioned(world: World, service: number, pool: FunctionPool): void {
  while (pool.instances.length < pool.provisioned) world.infra.instances[addInstance(world, service, pool)]!.phase = 'ready';
}

/** An event of an instance: its cold start is over, a request's CPU time is done, or it was idle for long. */
export function stepInstance(world: World, index: number, version: number): void {
  const instance = world.infra.instances[index]!;
  if (instance.version !== version) return;
  const pool = world.infra.services[instance.service]!.function;
  invariant(pool !== null, 'an instance belongs to a function');
  if (instance.phase === 'starting') return becomeReady(world, index, instance);
  if (instance.assigned === 0) return retire(world, index, instance, pool);
  progress(world, instance, pool);
  const { spans } = world.infra;
  const done = instance.running.filter((span) => spans.remainingUs[span]! - instance.workUs <= DONE_US);
  instance.running = instance.running.filter((span) => !done.includes(span));
  planStep(world, index, instance, pool);
  for (const span of done) afterCpu(world, span);
}

/** The request has ended, well or not. */
export function leaveInstance(world: World, span: number): void {
  const index = world.infra.spans.instance[span]!;
  const instance = world.infra.instances[index]!;
  const pool = world.infra.services[instance.service]!.function;
  invariant(pool !== null, 'an instance belongs to a function');
  progress(world, instance, pool);
  instance.running = instance.running.filter((other) => other !== span);
  instance.pending = instance.pending.filter((other) => other !== span);
  instance.assigned -= 1;
  if (instance.assigned === 0) {
    const busyUs = world.nowUs - instance.busySinceUs;
    pool.busyUs += busyUs;
    pay(world, busyUs * pool.microUsdPerInstanceUs);
  }
  pay(world, pool.microUsdPerRequest);
  planStep(world, index, instance, pool);
}

function chooseInstance({ infra: { instances } }: World, pool: FunctionPool): number {
  let best = -1;
  for (const index of pool.instances) {
    if (instances[index]!.assigned >= pool.concurrency) continue;
    if (best < 0 || rank(instances[index]!) > rank(instances[best]!)) best = index;
  }
  return best;
}
const rank = ({ phase, lastUsedUs }: Instance) => (phase === 'ready' ? lastUsedUs + 1 : -1);

function startInstance(world: World, service: number, pool: FunctionPool): number {
  const index = addInstance(world, service, pool);
  pool.coldStarts += 1;
  schedule(world.queue, timeUs(world.nowUs + drawVariate(pool.random, pool.coldStart)), EventKind.instanceStep, index, world.infra.instances[index]!.version);
  return index;
}

function addInstance({ infra, nowUs }: World, service: number, pool: FunctionPool): number {
  const index = infra.freeInstances.pop() ?? infra.instances.length;
  infra.instances[index] = { service, phase: 'starting', assigned: 0, running: [], pending: [], workUs: 0, progressedUs: nowUs, version: (infra.instances[index]?.version ?? 0) + 1, lastUsedUs: nowUs, busySinceUs: nowUs };
  pool.instances.push(index);
  return index;
}

function becomeReady(world: World, index: number, instance: Instance): void {
  instance.phase = 'ready';
  instance.progressedUs = world.nowUs;
  const { pending } = instance;
  instance.pending = [];
  for (const span of pending) run(world, index, instance, span);
}

function run(world: World, index: number, instance: Instance, span: number): void {
  const { spans, services } = world.infra;
  const pool = services[instance.service]!.function;
  invariant(pool !== null, 'an instance belongs to a function');
  progress(world, instance, pool);
  spans.remainingUs[span] = instance.workUs + spans.remainingUs[span]!;
  instance.running.push(span);
  planStep(world, index, instance, pool);
}

const rateOf = ({ running }: Instance, { vcpus }: FunctionPool) => (running.length === 0 ? 0 : Math.min(1, vcpus / running.length));

function progress({ infra, nowUs, warmUpUs }: World, instance: Instance, pool: FunctionPool): void {
  const doneUs = (nowUs - instance.progressedUs) * rateOf(instance, pool);
  instance.workUs += doneUs;
  instance.progressedUs = nowUs;
  if (nowUs >= warmUpUs) infra.services[instance.service]!.total.cpuCoreUs += doneUs * instance.running.length;
}

/** The next thing that happens to it: the first request done, or the end of its patience. */
function planStep(world: World, index: number, instance: Instance, pool: FunctionPool): void {
  if (instance.phase !== 'ready') return;
  instance.version += 1;
  if (instance.running.length > 0) {
    const least = instance.running.reduce((low, span) => Math.min(low, world.infra.spans.remainingUs[span]!), Infinity) - instance.workUs;
    schedule(world.queue, timeUs(world.nowUs + Math.max(0, Math.ceil(least / rateOf(instance, pool)))), EventKind.instanceStep, index, instance.version);
  } else if (instance.assigned === 0) schedule(world.queue, timeUs(world.nowUs + pool.keepAliveUs), EventKind.instanceStep, index, instance.version);
}

function retire(world: World, index: number, instance: Instance, pool: FunctionPool): void {
  if (pool.instances.length <= pool.provisioned) return;
  instance.phase = 'gone';
  pool.instances.splice(pool.instances.indexOf(index), 1);
  world.infra.freeInstances.push(index);
}

/** Instance time is paid when the instance falls idle; the account is in micro-dollars an hour times microseconds, as for nodes. */
function pay({ infra, nowUs, warmUpUs }: World, microUsd: number): void {
  if (nowUs > warmUpUs) infra.microUsdTimesUs += microUsd * US_PER_HOUR;
}
