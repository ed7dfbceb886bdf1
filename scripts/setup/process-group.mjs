/**
 * A program in a process group of its own, so that it and everything it started can be stopped together: a
 * polite SIGTERM, then SIGKILL for whoever is left after the grace. The group is asked, not the first process
 * alone, because a server may end before its own children.
 */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;

export function startGroup(program, args, options) {
  const child = spawn(program, args, { ...options, detached: true });
  const signalGroup = (signal) => {
    try {
      return process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code === 'ESRCH') return false;
      throw error;
    }
  };
  return {
    child,
    /** Resolves when no process of the group is left. */
    async stop(graceMs) {
      const giveUpAt = performance.now() + graceMs;
      signalGroup('SIGTERM');
      while (signalGroup(0) && performance.now() < giveUpAt) await sleep(POLL_MS);
      while (signalGroup('SIGKILL')) await sleep(POLL_MS);
    },
    kill: () => signalGroup('SIGKILL'),
  };
}
