import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startGroup } from './process-group.mjs';

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A parent that starts one child and prints its id; `stubborn` children ignore SIGTERM. */
const family = (stubborn: boolean) => `
  const { spawn } = require('node:child_process');
  const body = ${JSON.stringify(`${stubborn ? "process.on('SIGTERM', () => {});" : ''} setInterval(() => {}, 1000); console.log(process.pid)`)};
  spawn(process.execPath, ['-e', body], { stdio: ['ignore', 'inherit', 'ignore'] });
  setInterval(() => {}, 1000);`;

async function startFamily(stubborn: boolean) {
  const group = startGroup(process.execPath, ['-e', family(stubborn)], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(group.child.stdout, 'data');
  return { group, grandchild: Number(String(line)) };
}

test('stopping a group ends what the program itself started', async () => {
  const { group, grandchild } = await startFamily(false);
  expect(isAlive(grandchild)).toBe(true);
  await group.stop(5_000);
  expect(isAlive(grandchild)).toBe(false);
});

test('whoever ignores the polite signal is ended after the grace', async () => {
  const { group, grandchild } = await startFamily(true);
  const started = performance.now();
  await group.stop(300);
  expect(performance.now() - started).toBeGreaterThan(250);
  expect(isAlive(grandchild)).toBe(false);
});

test('stopping a group that has ended does nothing', async () => {
  const group = startGroup(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(group.child, 'exit');
  await group.stop(100);
  expect(group.kill()).toBe(false);
});
