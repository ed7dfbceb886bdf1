import { expect, test } from 'vitest';
import { DOCKER, KUBELET, onExit, supervisorState, SYSTEMD, type Supervisor } from './index';

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
