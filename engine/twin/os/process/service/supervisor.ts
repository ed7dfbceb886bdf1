/**
 * What a supervisor does when a process exits. systemd: a fixed wait (RestartSec 100 ms), and it gives up after 5 starts in 10 s. Docker: 100 ms, doubled
 * up to a minute, forgotten after 10 good seconds. The kubelet: at once, then 10 s doubled up to 5 minutes, forgotten after 10 good minutes.
 * Sources: systemd.service(5) and systemd.unit(5), moby restartmanager, kubelet back-off (whose rule is the cluster's own).
 */
import { mayRestartAt, nextBackOff, type BackOff } from '../../../infra/kubernetes/node';

export type RestartPolicy = 'always' | 'on-failure' | 'no';
export type Supervisor =
  | { readonly kind: 'systemd'; readonly policy: RestartPolicy; readonly restartSeconds: number; readonly startLimitBurst: number; readonly startLimitSeconds: number }
  | { readonly kind: 'docker'; readonly policy: RestartPolicy; readonly maxTries: number }
  | { readonly kind: 'kubelet'; readonly policy: RestartPolicy };

export const SYSTEMD: Supervisor = { kind: 'systemd', policy: 'always', restartSeconds: 0.1, startLimitBurst: 5, startLimitSeconds: 10 };
export const DOCKER: Supervisor = { kind: 'docker', policy: 'always', maxTries: Infinity };
export const KUBELET: Supervisor = { kind: 'kubelet', policy: 'always' };

const DOCKER_FIRST_S = 0.1;
const DOCKER_LONGEST_S = 60;
const DOCKER_RESET_S = 10;

export type SupervisorState = { starts: number[]; tries: number; dockerDelaySeconds: number; backOff: BackOff | null };
export const supervisorState = (): SupervisorState => ({ starts: [], tries: 0, dockerDelaySeconds: 0, backOff: null });

/** When the process that started at `startedAt` and exited now starts again (s), or why it does not. */
export type Decision = { readonly restartAt: number } | { readonly gaveUp: 'policy' | 'start-limit' | 'tries' };

export function onExit(supervisor: Supervisor, state: SupervisorState, startedAt: number, now: number, failed: boolean): Decision {
  if (supervisor.policy === 'no' || (supervisor.policy === 'on-failure' && !failed)) return { gaveUp: 'policy' };
  state.tries += 1;
  switch (supervisor.kind) {
    case 'systemd': {
      state.starts = [...state.starts.filter((at) => now + supervisor.restartSeconds - at < supervisor.startLimitSeconds), startedAt];
      const recent = state.starts.filter((at) => now + supervisor.restartSeconds - at < supervisor.startLimitSeconds).length;
      return recent >= supervisor.startLimitBurst ? { gaveUp: 'start-limit' } : { restartAt: now + supervisor.restartSeconds };
    }
    case 'docker': {
      if (state.tries > supervisor.maxTries) return { gaveUp: 'tries' };
      const good = now - startedAt >= DOCKER_RESET_S;
      state.dockerDelaySeconds = good || state.dockerDelaySeconds === 0 ? DOCKER_FIRST_S : Math.min(DOCKER_LONGEST_S, state.dockerDelaySeconds * 2);
      return { restartAt: now + state.dockerDelaySeconds };
    }
    case 'kubelet': {
      if (state.tries === 1) return { restartAt: now };
      state.backOff = nextBackOff(state.backOff, startedAt, now);
      return { restartAt: mayRestartAt(state.backOff) };
    }
  }
}
