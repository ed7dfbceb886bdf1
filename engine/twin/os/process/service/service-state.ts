/**
 * The life of a supervised service: starting, ready, failing its probes, stopping, waiting for its supervisor, given up. Driven by what
 * happens to the process and by its probes; every change is kept with its time, so that a restart timeline can be drawn.
 */
import { initialProbe, recordProbe, type ProbeSpec, type ProbeState } from '../../../infra/kubernetes/node';
import { onExit, supervisorState, type Supervisor, type SupervisorState } from './supervisor';

export type ServicePhase = 'starting' | 'ready' | 'not-ready' | 'stopping' | 'waiting' | 'given-up' | 'stopped';
export type PhaseChange = { readonly atSeconds: number; readonly phase: ServicePhase; readonly reason: string };

export type Service = {
  readonly name: string;
  readonly supervisor: Supervisor;
  readonly liveness: ProbeSpec | null;
  readonly readiness: ProbeSpec | null;
  phase: ServicePhase;
  startedAt: number;
  restartAt: number | null;
  restarts: number;
  supervision: SupervisorState;
  live: ProbeState;
  readyProbe: ProbeState;
  changes: PhaseChange[];
};

export type ServiceSpec = Pick<Service, 'name' | 'supervisor'> & { readonly liveness?: ProbeSpec; readonly readiness?: ProbeSpec };

export function startService(spec: ServiceSpec, now: number): Service {
  const service: Service = {
    name: spec.name, supervisor: spec.supervisor, liveness: spec.liveness ?? null, readiness: spec.readiness ?? null, phase: 'starting', startedAt: now, restartAt: null, restarts: 0,
    supervision: supervisorState(), live: initialProbe('liveness'), readyProbe: initialProbe('readiness'), changes: [],
  };
  return enter(service, now, 'starting', 'started');
}

function enter(service: Service, now: number, phase: ServicePhase, reason: string): Service {
  service.phase = phase;
  service.changes.push({ atSeconds: now, phase, reason });
  return service;
}

/** The process says that it serves. Without a readiness probe that is enough. */
export function becameReady(service: Service, now: number): void {
  if (service.phase === 'starting' && service.readiness === null) enter(service, now, 'ready', 'serves');
}

/** The process is gone. */
export function exited(service: Service, now: number, failed: boolean, reason: string): void {
  if (service.phase === 'stopped' || service.phase === 'given-up') return;
  if (service.phase === 'stopping') return void enter(service, now, 'stopped', reason);
  const decision = onExit(service.supervisor, service.supervision, service.startedAt, now, failed);
  if ('gaveUp' in decision) return void enter(service, now, decision.gaveUp === 'policy' && !failed ? 'stopped' : 'given-up', `${reason}; ${decision.gaveUp}`);
  service.restartAt = decision.restartAt;
  enter(service, now, 'waiting', reason);
}

/** The supervisor's clock: starts what is due. True when it started. */
export function superviseUntil(service: Service, now: number): boolean {
  if (service.phase !== 'waiting' || service.restartAt === null || now < service.restartAt) return false;
  service.startedAt = service.restartAt;
  service.restartAt = null;
  service.restarts += 1;
  service.live = initialProbe('liveness');
  service.readyProbe = initialProbe('readiness');
  enter(service, service.startedAt, 'starting', `restart ${service.restarts}`);
  return true;
}

/** One probe's result. True when the liveness probe has failed often enough: the process must be killed. */
export function probed(service: Service, now: number, kind: 'liveness' | 'readiness', success: boolean): boolean {
  if (service.phase !== 'starting' && service.phase !== 'ready' && service.phase !== 'not-ready') return false;
  if (kind === 'liveness') {
    if (service.liveness === null) return false;
    service.live = recordProbe(service.live, service.liveness, success);
    return !service.live.passing;
  }
  if (service.readiness === null) return false;
  service.readyProbe = recordProbe(service.readyProbe, service.readiness, success);
  const wanted = service.readyProbe.passing ? 'ready' : service.phase === 'starting' ? 'starting' : 'not-ready';
  if (wanted !== service.phase) enter(service, now, wanted, 'readiness probe');
  return false;
}

export const stopService = (service: Service, now: number) => void enter(service, now, 'stopping', 'asked to stop');

/** Seconds in which it did not serve, from its first start to `now`. */
export function downSeconds(service: Service, now: number): number {
  return service.changes.reduce((sum, change, i) => {
    const until = service.changes[i + 1]?.atSeconds ?? now;
    return change.phase === 'ready' ? sum : sum + Math.max(0, until - change.atSeconds);
  }, 0);
}
