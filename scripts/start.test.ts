import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const run = (script: string, args: string[], env: Record<string, string>) =>
  spawnSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], { env: { ...process.env, ...env }, encoding: 'utf8', timeout: 20_000 });

test('start says that its port is taken and ends with 2', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { status, stderr } = run('start.mjs', [], { PORT: String(port), ORRERY_DATA: tmpdir() });
  await new Promise((resolve) => server.close(resolve));
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken.`);
  expect(status).toBe(2);
});

test('start says that its data folder cannot be written and ends with 2', () => {
  const { status, stderr } = run('start.mjs', [], { ORRERY_DATA: '/dev/null/data' });
  expect(stderr).toMatch(/^The data folder \/dev\/null\/data cannot be written/);
  expect(status).toBe(2);
});

test('ensure names the steps it knows and ends with 2', () => {
  const { status, stderr } = run('ensure.mjs', ['deps', 'moon'], {});
  expect(stderr).toMatch(/Unknown: moon/);
  expect(status).toBe(2);
});
