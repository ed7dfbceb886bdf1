import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { beforeAll, expect, test } from 'vitest';
import type { os } from '@/engine/twin';
import { COMMANDS } from '../command-table';
import { streamIo } from '../io';
import { runCli } from '../run-cli';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orrery-study-'));
});

async function run(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(COMMANDS, argv, streamIo(Readable.from([]), stdout, stderr));
  return { code, out: String(stdout.read() ?? ''), errors: String(stderr.read() ?? '') };
}
const results = (out: string) => out.trim().split('\n').map((line) => JSON.parse(line) as os.StudyResult);
async function file(name: string, text: string) {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

test('policies stand side by side: priorities starve the unimportant, ageing and fair ones do not, and fair ones answer the editor first', async () => {
  const { code, out } = await run('study', 'schedulers', '--seconds', '5');
  expect(code).toBe(0);
  const of = (policy: string, task: string) => results(out).find((each) => each.policy.startsWith(policy))!.tasks.find(({ name }) => name === task)!;
  expect(of('priority, no ageing', 'index').longestStarvedUs).toBe(5e6);
  expect(of('priority, one level', 'index').longestStarvedUs).toBeLessThan(2e6);
  expect(of('EEVDF', 'index').longestStarvedUs).toBeLessThan(0.5e6);
  expect(of('EEVDF', 'editor').meanResponseUs).toBeLessThan(of('round robin', 'editor').meanResponseUs / 2);
});

test('tasks of a file run under a policy of one’s own', async () => {
  const tasks = await file('tasks.yaml', '- {name: long, pieces: [{atMs: 0, workMs: 40}]}\n- {name: short, pieces: [{atMs: 0, workMs: 5}]}\n');
  const policy = await file('shortest.mjs', "export default { name: 'shortest first', pick: (ready) => ready.reduce((best, task, i) => (task.workLeftUs < ready[best].workLeftUs ? i : best), 0), sliceUs: () => 1e9, preempts: (waking, running) => waking.workLeftUs < running.workLeftUs };");
  const { out } = await run('study', 'schedulers', tasks, '--policy', policy);
  expect(results(out).at(-1)).toMatchObject({ policy: 'shortest first', tasks: [{ meanResponseUs: 45_000 }, { meanResponseUs: 5_000 }] });
});

test.each([
  ['export default { name: "half" };', 'has no policy'],
  ['export default { name: "wild", pick: () => 99, sliceUs: () => 1, preempts: () => false };', 'chose 99'],
  ['this is no module', 'cannot be loaded'],
])('a policy that cannot be used ends with 2 and says why', async (text, words) => {
  const { code, errors } = await run('study', 'schedulers', '--policy', await file(`bad-${words.replace(/\W/g, '')}.mjs`, text));
  expect(code).toBe(2);
  expect(errors).toContain(words);
});

test('tasks that cannot be read are told with their place', async () => {
  const { code, errors } = await run('study', 'schedulers', await file('bad.yaml', '- {name: a}\n- {name: b, nice: 40, busy: true}\n'));
  expect(code).toBe(2);
  expect(errors).toMatch(/\[0\].*no work[\s\S]*\[1\]\.nice/);
});

test('claims are printed with what they were lived under', async () => {
  const { out } = await run('claims');
  const claims = out.trim().split('\n').map((line) => JSON.parse(line) as { claim: string; verdict: string; found: string[] });
  expect(claims.map(({ claim }) => claim)).toEqual(['container start', 'boot', 'disk remedy', 'cache clearing', 'limit rules']);
  expect(claims[2]!.found.join(' ')).toContain('ineffective-clean-up');
});
