/**
 * A batch job as Kubernetes runs it: pods that each do one task and end, at most `parallelism` at once, until `completions`
 * have succeeded. A failed pod is replaced after 10 s, 20 s, 40 s … at most 6 minutes; with more failures than the
 * back-off limit, or past its deadline, the job has failed. Source: kubernetes.io, Jobs, "Pod backoff failure policy".
 */
import { schedule, seconds, timeUs } from '@/engine/kernel';
import { EventKind } from '../../../event-kind';
import { member, onlyKeys, optional, readNumber, type SpecReader } from '../../../spec-reader';
import { raiseAlarm, type World } from '../../../world';
import { drainReplica, setWantedReplicas } from '../../replicas';

export type JobSpec = {
  readonly startsAtSeconds: number;
  /** Starts again so often, as a CronJob that forbids two at once. */
  readonly everySeconds?: number;
  readonly completions: number;
  readonly parallelism: number;
  /** Default 6. */
  readonly backOffLimit?: number;
  readonly deadlineSeconds?: number;
  /** Share of tasks that end with an error of their own. */
  readonly failureShare?: number;
};

export type Job = {
  readonly spec: JobSpec;
  phase: 'waiting' | 'running' | 'complete' | 'failed';
  run: number;
  startedUs: number;
  endedUs: number;
  succeeded: number;
  failed: number;
  backOffUntilUs: number;
};

const BACK_OFF = { limit: 6, firstUs: 10e6, mostUs: 360e6 };

export function readJob(at: SpecReader): JobSpec {
  onlyKeys(at, ['startsAtSeconds', 'everySeconds', 'completions', 'parallelism', 'backOffLimit', 'deadlineSeconds', 'failureShare']);
  return {
    startsAtSeconds: readNumber(member(at, 'startsAtSeconds'), { min: 0, max: 31_536_000 }),
    everySeconds: optional(at, 'everySeconds', (m) => readNumber(m, { min: 1, max: 31_536_000 })),
    completions: readNumber(member(at, 'completions'), { min: 1, max: 1_000_000, integer: true }),
    parallelism: readNumber(member(at, 'parallelism'), { min: 1, max: 10_000, integer: true }),
    backOffLimit: optional(at, 'backOffLimit', (m) => readNumber(m, { min: 0, max: 1_000_000, integer: true })),
    deadlineSeconds: optional(at, 'deadlineSeconds', (m) => readNumber(m, { min: 1, max: 31_536_000 })),
    failureShare: optional(at, 'failureShare', (m) => readNumber(m, { min: 0, max: 1 })),
  };
}

export const job = (spec: JobSpec): Job => ({ spec, phase: 'waiting', run: 0, startedUs: 0, endedUs: 0, succeeded: 0, failed: 0, backOffUntilUs: 0 });

const jobOf = ({ infra }: World, service: number): Job | null => infra.services[service]!.job;

/** Its time has come; a run that still goes on is left alone. */
export function startJob(world: World, service: number): void {
  const state = jobOf(world, service);
  if (state === null) return;
  const { everySeconds, deadlineSeconds } = state.spec;
  if (everySeconds !== undefined) schedule(world.queue, timeUs(world.nowUs + seconds(everySeconds)), EventKind.jobStarts, service);
  if (state.phase === 'running') return raiseAlarm(world, 'job-skipped', world.infra.services[service]!.name, 'the run before it still goes on');
  Object.assign(state, { phase: 'running', run: state.run + 1, startedUs: world.nowUs, succeeded: 0, failed: 0, backOffUntilUs: 0 });
  if (deadlineSeconds !== undefined) schedule(world.queue, timeUs(world.nowUs + seconds(deadlineSeconds)), EventKind.jobDeadline, service, state.run);
  keepPods(world, service);
}

export function jobDeadline(world: World, service: number, run: number): void {
  const state = jobOf(world, service);
  if (state?.phase === 'running' && state.run === run) endJob(world, service, state, 'failed', `its deadline of ${state.spec.deadlineSeconds} s has passed`);
}

/** As many pods as may run at once and are still needed; none before the back-off is over. */
export function keepPods(world: World, service: number): void {
  const state = jobOf(world, service);
  if (state === null) return;
  if (state.phase !== 'running') return setWantedReplicas(world, service, 0);
  if (world.nowUs < state.backOffUntilUs) return schedule(world.queue, timeUs(state.backOffUntilUs), EventKind.jobPods, service);
  setWantedReplicas(world, service, Math.min(state.spec.parallelism, state.spec.completions - state.succeeded));
}

/** A pod's task has ended. The pod goes, unless it was killed: then whoever killed it says where it starts again. */
export function taskEnded(world: World, service: number, replica: number, well: boolean): void {
  const state = jobOf(world, service);
  if (state === null || state.phase !== 'running') return;
  if (well) state.succeeded += 1;
  else state.failed += 1;
  if (state.succeeded >= state.spec.completions) return endJob(world, service, state, 'complete', `${state.succeeded} tasks done, ${state.failed} pods failed`);
  if (state.failed > (state.spec.backOffLimit ?? BACK_OFF.limit)) return endJob(world, service, state, 'failed', `${state.failed} pods failed`);
  if (!well) state.backOffUntilUs = world.nowUs + Math.min(BACK_OFF.mostUs, BACK_OFF.firstUs * 2 ** (state.failed - 1));
  if (world.infra.replicas[replica]!.phase === 'ready') drainReplica(world, replica);
  planPods(world, service);
}

/** Pods come and go as an event of its own: a task may end in the middle of a node's loss. */
const planPods = (world: World, service: number) => schedule(world.queue, world.nowUs, EventKind.jobPods, service);

function endJob(world: World, service: number, state: Job, phase: 'complete' | 'failed', detail: string): void {
  state.phase = phase;
  state.endedUs = world.nowUs;
  raiseAlarm(world, `job-${phase}`, world.infra.services[service]!.name, detail);
  planPods(world, service);
}
