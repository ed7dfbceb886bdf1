/**
 * What a supervisor does when a process exits. systemd: waits RestartSec (100 ms; with RestartSteps the wait grows to RestartMaxDelaySec in so many
 * steps) and refuses the start that is one too many in a window of StartLimitIntervalSec (5 starts in 10 s; the window begins with a start, it does not
 * slide). Docker: 100 ms, doubled up to a minute, forgotten after 10 good seconds. The kubelet: at once, then 10 s doubled up to 5 minutes; after 10
 * good minutes at once again. Sources: systemd.service(5), systemd.unit(5), ratelimit_below() and service_restart_usec_next() of systemd, moby
 * restartmanager, client-go flowcontrol.Backoff as the kubelet calls it (back-off itself is the cluster's own rule).
 */
import { pow } from '@/engine/kernel';
import { mayRestartAt, nextBackOff, type BackOff } from '../../../infra/kubernetes/node';

export type RestartPolicy = 'always' | 'on-failure' | 'no';
export type Supervisor =
  | { readonly kind: 'systemd'; readonly policy: RestartPolicy; readonly restartSeconds: number; readonly restartSteps: number; readonly restartMaxSeconds: number; readonly startLimitBurst: number; readonly startLimitSeconds: number }
  | { readonly kind: 'docker'; readonly policy: RestartPolicy; readonly maxTries: number }
  | { readonly kind: 'kubelet'; readonly policy: RestartPolicy };

export const SYSTEMD: Extract<Supervisor, { kind: 'systemd' }> = { kind: 'systemd', policy: 'always', restartSeconds: 0.1, restartSteps: 0, restartMaxSeconds: Infinity, startLimitBurst: 5, startLimitSeconds: 10 };
export const DOCKER: Extract<Supervisor, { kind: 'docker' }> = { kind: 'docker', policy: 'always', maxTries: Infinity };
export const KUBELET: Extract<Supervisor, { kind: 'kubelet' }> = { kind: 'kubelet', policy: 'always' };

const DOCKER_FIRST_S = 0.1;
const DOCKER_LONGEST_S = 60;
const DOCKER_RESET_S = 10;
const KUBELET_RESET_S = 600;

/** `window`: the starts that systemd counts now; `countedAt` is the last of them. `delaySeconds` is Docker's last wait. */
export type SupervisorState = { window: { beganAt: number; starts: number } | null; countedAt: number | null; tries: number; delaySeconds: number; backOff: BackOff | null };
export const supervisorState = (): SupervisorState => ({ window: null, countedAt: null, tries: 0, delaySeconds: 0, backOff: null });

/** When the process that started at `startedAt` and exited now starts again (s), or why it does not. */
export type Decision = { readonly restartAt: number } | { readonly gaveUp: 'policy' | 'start-limit' | 'tries' };

export function onExit(supervisor: Supervisor, state: SupervisorState, startedAt: number, now: number, failed: boolean): Decision {
  if (supervisor.policy === 'no' || (supervisor.policy === 'on-failure' && !failed)) return { gaveUp: 'policy' };
  state.tries += 1;
  switch (supervisor.kind) {
    case 'systemd': {
      if (state.countedAt !== startedAt) mayStart(supervisor, state, startedAt);
      const restartAt = now + systemdDelay(supervisor, state.tries);
      return mayStart(supervisor, state, restartAt) ? { restartAt } : { gaveUp: 'start-limit' };
    }
    case 'docker': {
      if (state.tries > supervisor.maxTries) return { gaveUp: 'tries' };
      const good = now - startedAt >= DOCKER_RESET_S;
      state.delaySeconds = good || state.delaySeconds === 0 ? DOCKER_FIRST_S : Math.min(DOCKER_LONGEST_S, state.delaySeconds * 2);
      return { restartAt: now + state.delaySeconds };
    }
    case 'kubelet': {
      const forgotten = state.tries === 1 || now - startedAt > KUBELET_RESET_S;
      if (forgotten) state.backOff = null;
      else state.backOff = nextBackOff(state.backOff, startedAt, now);
      return { restartAt: state.backOff === null ? now : mayRestartAt(state.backOff) };
    }
  }
}

/** systemd's rate limit: a start after the window's end begins the next one. */
function mayStart({ startLimitBurst, startLimitSeconds }: { readonly startLimitBurst: number; readonly startLimitSeconds: number }, state: SupervisorState, at: number): boolean {
  state.countedAt = at;
  if (startLimitBurst <= 0 || startLimitSeconds <= 0) return true;
  if (state.window === null || at - state.window.beganAt > startLimitSeconds) state.window = { beganAt: at, starts: 1 };
  else state.window = { ...state.window, starts: state.window.starts + 1 };
  return state.window.starts <= startLimitBurst;
}

/** The wait before restart number `n`: geometric from RestartSec to RestartMaxDelaySec. */
function systemdDelay({ restartSeconds, restartSteps, restartMaxSeconds }: { readonly restartSeconds: number; readonly restartSteps: number; readonly restartMaxSeconds: number }, n: number): number {
  if (n <= 1 || restartSteps === 0 || restartSeconds === 0 || restartMaxSeconds === Infinity || restartSeconds >= restartMaxSeconds) return restartSeconds;
  return n > restartSteps ? restartMaxSeconds : restartSeconds * pow(restartMaxSeconds / restartSeconds, (n - 1) / restartSteps);
}

const GAVE_UP = { policy: 'its policy starts it no more', 'start-limit': 'started too often in a short time', tries: 'all its tries are used up' } as const;
export const gaveUpWords = (reason: keyof typeof GAVE_UP) => GAVE_UP[reason];
