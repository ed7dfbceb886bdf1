import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock, LockedError } from './lock-file';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orrery-lock-'));
  path = join(folder, 'orrery.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const holder = (over: object) => writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), startTicks: null, since: '2026-01-01T00:00:00Z', ...over }));

/** Another process that tries for the lock, says whether it got it, and keeps it until its input closes. */
function contender() {
  const script = `import { acquireLock } from '@/app/_server/database/lock-file';
    try { acquireLock(${JSON.stringify(folder)}); console.log('held'); } catch (error) { console.log(error instanceof Error ? error.message : error); }
    process.stdin.resume(); process.stdin.on('end', () => process.exit());`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: process.cwd(), stdio: ['pipe', 'pipe', 'inherit'] });
  const said = new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { pid: child.pid, said, end: () => (child.stdin.end(), ended), kill: () => (child.kill('SIGKILL'), ended) };
}

test('a free folder is created and locked, and freed again', () => {
  const deep = join(folder, 'a', 'b');
  const lock = acquireLock(deep);
  expect(existsSync(join(deep, 'orrery.lock'))).toBe(true);
  lock.release();
  expect(existsSync(join(deep, 'orrery.lock'))).toBe(false);
});

test('a second process is refused and told who holds the folder', async () => {
  const lock = acquireLock(folder);
  const other = contender();
  expect(await other.said).toMatch(`The data folder is in use by process ${process.pid} on host ${hostname()}`);
  await other.end();
  lock.release();
});

test('the lock of a process that was killed is taken over', async () => {
  const other = contender();
  expect(await other.said).toBe('held');
  expect(() => acquireLock(folder)).toThrow(`process ${other.pid} `);
  await other.kill();
  const lock = acquireLock(folder);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
  lock.release();
});

test('of several that find a dead holder, one gets the folder', async () => {
  holder({});
  const contenders = [contender(), contender(), contender()];
  const said = await Promise.all(contenders.map((each) => each.said));
  expect(said.filter((words) => words === 'held')).toHaveLength(1);
  await Promise.all(contenders.map((each) => each.end()));
}, 30_000);

test('a pid that was given to another program is no holder', () => {
  holder({ pid: process.pid, startTicks: '1' });
  acquireLock(folder).release();
});

test('a holder on another host is believed, because nobody can ask it', () => {
  holder({ host: 'elsewhere', pid: 1 });
  expect(() => acquireLock(folder)).toThrow(LockedError);
});

test.each(['', 'not json', '{}', '{"pid":-1,"host":"x"}', '[]'])('a lock that cannot be read is respected, and the message says which file: %j', (text) => {
  writeFileSync(path, text);
  expect(() => acquireLock(folder)).toThrow(path);
});

test('releasing leaves a lock alone that is somebody else’s by now', () => {
  const lock = acquireLock(folder);
  holder({ host: 'elsewhere' });
  lock.release();
  expect(existsSync(path)).toBe(true);
});
