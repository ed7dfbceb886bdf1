/**
 * Probes: a result counts when it has come often enough in a row. Until the startup probe has succeeded the
 * others do not run; a failed startup or liveness probe restarts the container, a failed readiness probe
 * takes it out of the service.
 */
export type ProbeSpec = { readonly initialDelaySeconds: number; readonly periodSeconds: number; readonly timeoutSeconds: number; readonly failureThreshold: number; readonly successThreshold: number };

export const PROBE_DEFAULTS: ProbeSpec = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1 };

export type ProbeState = { readonly passing: boolean; readonly inARow: number; readonly lastResult: boolean | null };

/** Readiness and startup begin failing, liveness begins passing. */
export const initialProbe = (kind: 'startup' | 'readiness' | 'liveness'): ProbeState => ({ passing: kind === 'liveness', inARow: 0, lastResult: null });

export function recordProbe(state: ProbeState, spec: ProbeSpec, success: boolean): ProbeState {
  const inARow = state.lastResult === success ? state.inARow + 1 : 1;
  const settled = inARow >= (success ? spec.successThreshold : spec.failureThreshold);
  return { passing: settled ? success : state.passing, inARow, lastResult: success };
}

/** Which probes run: the startup probe alone until it passes. */
export const activeProbes = (startup: ProbeState | null): readonly ('startup' | 'readiness' | 'liveness')[] => (startup !== null && !startup.passing ? ['startup'] : ['readiness', 'liveness']);

/** How long until a container that answers at once is ready: the delay, and one period per success needed beyond the first. */
export const readyAfterSeconds = ({ initialDelaySeconds, periodSeconds, successThreshold }: ProbeSpec) => initialDelaySeconds + periodSeconds * (successThreshold - 1);

/** How long a container that hangs goes unnoticed at most. */
export const noticedAfterSeconds = ({ periodSeconds, timeoutSeconds, failureThreshold }: ProbeSpec) => periodSeconds * failureThreshold + timeoutSeconds;
