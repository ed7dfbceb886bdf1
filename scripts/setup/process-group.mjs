/**
 * A program in a process group of its own, so that it and everything it started can be stopped together: a
 * polite SIGTERM, then SIGKILL for whoever is left after the grace. The group is asked, not the first process
 * alone, because a server may end before its own children.
 */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
const DEAD_WITHIN_MS = 2_000; // nobody survives SIGKILL, but an init that does not reap keeps the dead in the group

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
    /** Resolves when no process of the group runs any more. */
    async stop(graceMs) {
      signalGroup('SIGTERM');
      for (const end = performance.now() + graceMs; signalGroup(0) && performance.now() < end; ) await sleep(POLL_MS);
      for (const end = performance.now() + DEAD_WITHIN_MS; signalGroup('SIGKILL') && performance.now() < end; ) await sleep(POLL_MS);
    },
    kill: () => signalGroup('SIGKILL'),
  };
}
