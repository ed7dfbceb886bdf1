/** The real program in a process of its own: codes, streams and pipes as a shell sees them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

function start(...argv: string[]) {
  return spawn(process.execPath, ['--import', 'tsx', 'workers/cli/main.ts', ...argv], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(...argv: string[]) {
  const child = start(...argv);
  let [out, told] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (told += chunk));
  const [code] = await once(child, 'close');
  return { code, out, told };
}

test('bench events prints one JSON object with the contracted keys and nothing else', async () => {
  const { code, out, told } = await run('bench', 'events', '--customers', '20000', '--pending', '10');
  expect(code).toBe(0);
  expect(Object.keys(JSON.parse(out))).toEqual(['events', 'wallSeconds', 'eventsPerSecond', 'meanWait']);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(told).toBe('');
});

test('bad input ends the process with 2', async () => {
  const { code, out, told } = await run('bench', 'events', '--pending', 'many');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(told).toBe('--pending takes a whole number from 1 to 1000000, not "many".\n');
});

test('a reader that goes away ends the program quietly', async () => {
  const child = start('--help');
  child.stdout.destroy();
  let told = '';
  child.stderr.on('data', (chunk) => (told += chunk));
  const [code] = await once(child, 'close');
  expect({ code, told }).toEqual({ code: 0, told: '' });
});
