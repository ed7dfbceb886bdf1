/**
 * Graceful termination. The endpoint is taken out of the service and SIGTERM is sent at the same moment, by
 * two parts that do not wait for each other: requests keep arriving for as long as the removal takes to reach
 * every proxy. preStop runs inside the grace period; if it overruns, the container gets 2 s more, once.
 */
export const GRACE_SECONDS = 30;
const PRE_STOP_EXTRA_SECONDS = 2;

export type Termination = { readonly graceSeconds: number; readonly preStopSeconds: number; readonly shutdownSeconds: number; readonly endpointRemovalSeconds: number };

export type TerminationTimes = {
  readonly sigtermAt: number;
  readonly stoppedAt: number;
  readonly killed: boolean;
  /** For how long requests still come to a pod that is gone or has stopped accepting. */
  readonly lostSeconds: number;
};

/** Seconds after the deletion. The process stops accepting at SIGTERM and needs `shutdownSeconds` to end. */
export function terminate({ graceSeconds, preStopSeconds, shutdownSeconds, endpointRemovalSeconds }: Termination): TerminationTimes {
  const overruns = preStopSeconds >= graceSeconds;
  const sigtermAt = overruns ? graceSeconds : preStopSeconds;
  const killAt = overruns ? graceSeconds + PRE_STOP_EXTRA_SECONDS : graceSeconds;
  const wouldStopAt = sigtermAt + shutdownSeconds;
  return { sigtermAt, stoppedAt: Math.min(wouldStopAt, killAt), killed: wouldStopAt > killAt, lostSeconds: Math.max(0, endpointRemovalSeconds - sigtermAt) };
}
