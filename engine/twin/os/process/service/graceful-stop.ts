/**
 * Stopping: SIGTERM, a grace period, SIGKILL. A process that drains finishes what it has in hand; one that does not handle the signal dies at
 * once with all of it (or, as PID 1 of a container without a handler, ignores it until SIGKILL).
 */
export type StopSpec = { readonly handlesTerm: 'drains' | 'exits' | 'ignores'; readonly graceSeconds: number; /** Work in hand that finishes at this rate (per second). */ readonly inFlight: number; readonly finishPerSecond: number; readonly exitSeconds: number };
export type StopOutcome = { readonly seconds: number; readonly signal: 'SIGTERM' | 'SIGKILL'; readonly lost: number };

export function stopProcess({ handlesTerm, graceSeconds, inFlight, finishPerSecond, exitSeconds }: StopSpec): StopOutcome {
  if (handlesTerm === 'exits') return { seconds: exitSeconds, signal: 'SIGTERM', lost: inFlight };
  const needed = handlesTerm === 'ignores' ? Infinity : (inFlight === 0 ? 0 : inFlight / finishPerSecond) + exitSeconds;
  if (needed <= graceSeconds) return { seconds: needed, signal: 'SIGTERM', lost: 0 };
  const finished = handlesTerm === 'drains' ? Math.min(inFlight, Math.floor(graceSeconds * finishPerSecond)) : 0;
  return { seconds: graceSeconds, signal: 'SIGKILL', lost: inFlight - finished };
}
