/** Whether a program that has exited is started again, and when: by the rules of its supervisor, or by a plain back-off that doubles. */
import { DOCKER, gaveUpWords, KUBELET, onExit, supervisorState, SYSTEMD, type Supervisor } from '../../../process';
import type { HostWorld, Program } from '../../host-world';
import type { RestartSpec } from '../../spec/host-spec';

/** A program that worked so long has recovered: its next failure waits the shortest delay again. */
const RECOVERED_SECONDS = 10;

export type NextStart = { readonly delaySeconds: number } | { readonly gaveUp: string };

/** It has just exited, and not on purpose. */
export function nextStart(world: HostWorld, program: Program): NextStart {
  const { restart } = program.spec;
  if (restart === undefined) return { gaveUp: 'nobody starts it again' };
  if (!('supervisor' in restart)) return { delaySeconds: doubled(world, program, restart) };
  const now = world.cpu.nowUs / 1e6;
  program.supervision ??= supervisorState();
  const decision = onExit(supervisorOf(restart), program.supervision, program.startedUs / 1e6, now, true);
  return 'gaveUp' in decision ? { gaveUp: gaveUpWords(decision.gaveUp) } : { delaySeconds: Math.max(0, Math.round((decision.restartAt - now) * 1e6) / 1e6) };
}

type Named = Extract<RestartSpec, { readonly supervisor: string }>;

/** What is not said is as the supervisor has it by default. */
export function supervisorOf(restart: Named): Supervisor {
  switch (restart.supervisor) {
    case 'systemd': {
      const { policy = SYSTEMD.policy, restartSeconds = SYSTEMD.restartSeconds, restartSteps = SYSTEMD.restartSteps, restartMaxSeconds = SYSTEMD.restartMaxSeconds, startLimitBurst = SYSTEMD.startLimitBurst, startLimitSeconds = SYSTEMD.startLimitSeconds } = restart;
      return { kind: 'systemd', policy, restartSeconds, restartSteps, restartMaxSeconds, startLimitBurst, startLimitSeconds };
    }
    case 'docker':
      return { kind: 'docker', policy: restart.policy ?? DOCKER.policy, maxTries: restart.maxTries ?? DOCKER.maxTries };
    case 'kubelet':
      return { kind: 'kubelet', policy: restart.policy ?? KUBELET.policy };
  }
}

function doubled({ cpu }: HostWorld, { readyUs, startedUs, lastDelaySeconds }: Program, { delaySeconds, longestSeconds }: Exclude<RestartSpec, Named>): number {
  const recovered = readyUs > startedUs && cpu.nowUs - readyUs >= RECOVERED_SECONDS * 1e6;
  return recovered || lastDelaySeconds === 0 ? delaySeconds : Math.min(longestSeconds, lastDelaySeconds * 2);
}

/** As far as samples tell: how long it waited last, and how often it has exited. */
export function resumeSupervision(program: Program, exits: number, backOffSeconds: number): void {
  const { restart } = program.spec;
  if (restart === undefined || !('supervisor' in restart) || exits === 0) return;
  program.supervision = { ...supervisorState(), tries: exits, delaySeconds: backOffSeconds, backOff: backOffSeconds === 0 ? null : { delaySeconds: backOffSeconds, lastExitAt: 0 } };
}
