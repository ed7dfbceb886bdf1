import { expect, test } from 'vitest';
import { becameReady, DOCKER, downSeconds, exited, KUBELET, onExit, probed, startService, stopProcess, stopService, superviseUntil, supervisorState, SYSTEMD, type Supervisor } from './index';

/** Waits of a process that dies `livesSeconds` after each start, for at most `count` restarts. */
function waits(supervisor: Supervisor, livesSeconds: number, count: number): (number | string)[] {
  const state = supervisorState();
  const found: (number | string)[] = [];
  for (let at = 0, i = 0; i < count; i += 1) {
    const end = at + livesSeconds;
    const decision = onExit(supervisor, state, at, end, true);
    if ('gaveUp' in decision) return [...found, decision.gaveUp];
    found.push(Math.round((decision.restartAt - end) * 1_000) / 1_000);
    at = decision.restartAt;
  }
  return found;
}

test('systemd waits 100 ms and gives up at the fifth start within 10 s, but not for a process that lives longer', () => {
  expect(waits(SYSTEMD, 0.5, 10)).toEqual([0.1, 0.1, 0.1, 0.1, 'start-limit']);
  expect(waits(SYSTEMD, 5, 10)).toEqual(Array.from({ length: 10 }, () => 0.1));
});

test('systemd counts starts in a window that begins with a start: a burst after a quiet time has all its tries', () => {
  const state = supervisorState();
  const lives = [8, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
  let at = 0;
  const found = lives.map((seconds) => {
    const end = at + seconds;
    const decision = onExit(SYSTEMD, state, at, end, true);
    at = 'gaveUp' in decision ? NaN : decision.restartAt;
    return 'gaveUp' in decision ? decision.gaveUp : 'again';
  });
  // starts at 0, 8.1, 8.7, 9.3, 9.9 are the first window's; 10.5 begins the next one, which has five more
  expect(found).toEqual(['again', 'again', 'again', 'again', 'again', 'again', 'again', 'again']);
});

test('systemd’s wait grows to its longest in the steps it is given', () => {
  const growing = { ...SYSTEMD, restartSeconds: 1, restartSteps: 3, restartMaxSeconds: 8, startLimitSeconds: 0 };
  expect(waits(growing, 0.5, 6)).toEqual([1, 2, 4, 8, 8, 8]);
});

test('docker doubles from 100 ms to a minute and forgets after ten good seconds', () => {
  expect(waits(DOCKER, 1, 12)).toEqual([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 60, 60]);
  expect(waits(DOCKER, 11, 3)).toEqual([0.1, 0.1, 0.1]);
});

test('the kubelet restarts at once, then 10 s doubled to five minutes', () => {
  expect(waits(KUBELET, 1, 7)).toEqual([0, 10, 20, 40, 80, 160, 300]);
});

test('after ten good minutes the kubelet restarts at once again', () => {
  const state = supervisorState();
  const wait = (startedAt: number, now: number) => {
    const decision = onExit(KUBELET, state, startedAt, now, true);
    return 'restartAt' in decision ? decision.restartAt - now : NaN;
  };
  expect([wait(0, 1), wait(1, 2), wait(12, 13), wait(33, 700), wait(700, 701), wait(711, 712)]).toEqual([0, 10, 20, 0, 10, 20]);
});

test('who is not to be restarted stays down', () => {
  expect(onExit({ ...SYSTEMD, policy: 'on-failure' }, supervisorState(), 0, 1, false)).toEqual({ gaveUp: 'policy' });
  expect(onExit({ ...SYSTEMD, policy: 'no' }, supervisorState(), 0, 1, true)).toEqual({ gaveUp: 'policy' });
});

const PROBE = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1 };

test('a service goes through starting, ready, waiting and starting again, and counts its down time', () => {
  const service = startService({ name: 'web', supervisor: DOCKER }, 0);
  becameReady(service, 2);
  exited(service, 100, true, 'SIGKILL');
  expect(superviseUntil(service, 100.05)).toBe(false);
  expect(superviseUntil(service, 100.1)).toBe(true);
  becameReady(service, 102);
  expect(service.changes.map(({ phase }) => phase)).toEqual(['starting', 'ready', 'waiting', 'starting', 'ready']);
  expect(downSeconds(service, 200)).toBeCloseTo(2 + 2, 9);
  expect(service.restarts).toBe(1);
});

test('three failed liveness probes in a row ask for a kill, two and a success do not', () => {
  const service = startService({ name: 'web', supervisor: KUBELET, liveness: PROBE }, 0);
  expect([false, false, true, false, false].map((success, i) => probed(service, i * 10, 'liveness', success))).toEqual([false, false, false, false, false]);
  expect(probed(service, 60, 'liveness', false)).toBe(true);
});

test('readiness takes it out of service without a restart', () => {
  const service = startService({ name: 'web', supervisor: KUBELET, readiness: PROBE }, 0);
  probed(service, 5, 'readiness', true);
  for (const at of [10, 20, 30]) probed(service, at, 'readiness', false);
  expect(service.phase).toBe('not-ready');
  probed(service, 40, 'readiness', true);
  expect([service.phase, service.restarts]).toEqual(['ready', 0]);
});

test('a service that is asked to stop is not started again', () => {
  const service = startService({ name: 'web', supervisor: SYSTEMD }, 0);
  stopService(service, 5);
  exited(service, 6, false, 'SIGTERM');
  expect(service.phase).toBe('stopped');
  exited(service, 7, true, 'again');
  expect(service.changes).toHaveLength(3);
});

test('a graceful stop loses nothing within its grace, what is left beyond it, and everything without a handler', () => {
  const spec = { graceSeconds: 30, inFlight: 100, finishPerSecond: 10, exitSeconds: 0.2 };
  expect(stopProcess({ ...spec, handlesTerm: 'drains' })).toEqual({ seconds: 10.2, signal: 'SIGTERM', lost: 0 });
  expect(stopProcess({ ...spec, graceSeconds: 4, handlesTerm: 'drains' })).toEqual({ seconds: 4, signal: 'SIGKILL', lost: 60 });
  expect(stopProcess({ ...spec, handlesTerm: 'ignores' })).toEqual({ seconds: 30, signal: 'SIGKILL', lost: 100 });
  expect(stopProcess({ ...spec, handlesTerm: 'exits' })).toEqual({ seconds: 0.2, signal: 'SIGTERM', lost: 100 });
});
