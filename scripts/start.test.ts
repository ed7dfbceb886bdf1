/**
 * The start script in a process of its own. A small server stands where Next would, so that its slow start, its
 * sudden end and its stubborn children can be chosen; with the real one, every browser test begins with this script.
 */
import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const scripts = fileURLToPath(new URL('.', import.meta.url));
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orrery-start-'));
  cpSync(scripts, join(root, 'scripts'), { recursive: true, filter: (path) => !/\.(ts|cpp)$/.test(path) });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(root, { recursive: true }));

const environment = (port: number) => ({ ...process.env, PORT: String(port), ORRERY_DATA: join(root, 'data'), npm_lifecycle_event: '' });

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Starts with `server` in the place of Next; `said` grows with stdout, `told` with stderr. */
async function startWith(server: string) {
  const place = join(root, 'node_modules/next/dist/bin/next');
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(join(root, 'node_modules/next/package.json'), '{"type":"commonjs"}');
  writeFileSync(place, server);
  const port = await freePort();
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env: environment(port), stdio: ['ignore', 'pipe', 'pipe'] });
  const started = { child, port, said: '', told: '', ended: once(child, 'close') };
  child.stdout.on('data', (chunk) => (started.said += chunk));
  child.stderr.on('data', (chunk) => (started.told += chunk));
  return started;
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 20) {
    if (waited > 15_000) throw new Error('waited 15 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const SLOW = `
  const { spawn } = require('node:child_process');
  const readyAt = Date.now() + 400;
  spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: 'ignore' });
  require('node:http').createServer((request, response) => {
    response.statusCode = request.url === '/api/health' && Date.now() >= readyAt ? 200 : 503;
    response.end(String(process.ppid));
  }).listen(process.env.PORT, process.env.HOST);`;

test('the address is printed once health answers, and a stop leaves nothing on the port', async () => {
  const started = await startWith(SLOW);
  const begun = performance.now();
  await until(() => started.said.includes('Orrery is at'));
  expect(performance.now() - begun).toBeGreaterThan(350);
  expect(started.said).toContain(`Orrery is at http://127.0.0.1:${started.port} (Ctrl-C stops it)`);
  expect((await fetch(`http://127.0.0.1:${started.port}/api/health`)).ok).toBe(true);
  started.child.kill('SIGINT');
  started.child.kill('SIGINT'); // the second one does not wait for the stubborn child
  expect(await started.ended).toEqual([0, null]);
  await expect(fetch(`http://127.0.0.1:${started.port}/api/health`)).rejects.toThrow();
});

test('a stop during the start is a stop, not a failure', async () => {
  const started = await startWith(`setInterval(() => {}, 1000);`);
  await until(() => started.said.includes('workbench: starting … 1 s'));
  started.child.kill('SIGTERM');
  expect(await started.ended).toEqual([0, null]);
  expect(started.told).toBe('');
});

test('a workbench that ends by itself is told with its last words, and the code is 2', async () => {
  const started = await startWith(`console.log('no build here'); process.exit(1);`);
  expect(await started.ended).toEqual([2, null]);
  expect(started.told).toContain('no build here\nThe workbench ended by itself');
  expect(started.said).not.toContain('Orrery is at');
});

const runHere = (script: string, args: string[], env: NodeJS.ProcessEnv) => spawnSync(process.execPath, [join(scripts, script), ...args], { env, encoding: 'utf8', timeout: 20_000 });

test('a taken port is told, and the code is 2', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { status, stderr } = runHere('start.mjs', [], environment(port));
  await new Promise((resolve) => server.close(resolve));
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken.`);
  expect(status).toBe(2);
});

test('a data folder that cannot be written is told, and the code is 2', () => {
  const { status, stderr } = runHere('start.mjs', [], { ...environment(3000), ORRERY_DATA: '/dev/null/data' });
  expect(stderr).toMatch(/^The data folder \/dev\/null\/data cannot be written/);
  expect(status).toBe(2);
});

test('ensure names the steps it knows, and the code is 2', () => {
  const { status, stderr } = runHere('ensure.mjs', ['deps', 'moon'], process.env);
  expect(stderr).toMatch(/Unknown: moon/);
  expect(status).toBe(2);
});
