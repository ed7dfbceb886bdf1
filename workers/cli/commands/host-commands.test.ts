import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../command-table';
import { streamIo } from '../io';
import { runCli } from '../run-cli';

const FIXTURES = fileURLToPath(new URL('../../../fixtures/host', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orrery-host-'));
});

async function run(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(COMMANDS, argv, streamIo(Readable.from([]), stdout, stderr));
  return { code, out: String(stdout.read() ?? ''), errors: String(stderr.read() ?? '') };
}

test('a record comes back with the keys of its runs, a run for every repeat and seed', async () => {
  const out = join(folder, 'c05.json');
  expect(JSON.parse((await run('twin', 'host', join(FIXTURES, 'C05.json'), '--seed', '2', '--runs', '2', '--out', out)).out)).toMatchObject({ id: 'C05', experiment: 'C', runs: 2, entries: 6 });
  const twin = JSON.parse(await readFile(out, 'utf8')) as { id: string; runs: { run: number; rep: number; groups: object; events: { action: string }[] }[] };
  expect(twin.runs.map(({ run: number, rep }) => [number, rep])).toEqual([[0, 1], [0, 2], [0, 3], [1, 1], [1, 2], [1, 3]]);
  expect(twin.runs[0]!.events.map(({ action }) => action)).toContain('restart');
});

test('a scenario of a list is played without a record', async () => {
  const out = join(folder, 'b01.json.gz');
  expect((await run('twin', 'host', `${join(FIXTURES, 'scenarios.json')}#B01`, '--seed', '1', '--out', out)).code).toBe(0);
});

test.each([
  ['no such file', ['nowhere.json'], 'cannot be read'],
  ['a list without a name', [join(FIXTURES, 'scenarios.json')], 'name one of them'],
  ['an unknown name', [`${join(FIXTURES, 'scenarios.json')}#Z9`], 'it has B01'],
])('%s ends with 2 and says what to do', async (_, [argument], words) => {
  const { code, errors } = await run('twin', 'host', argument!, '--seed', '1', '--out', join(folder, 'x.json'));
  expect(code).toBe(2);
  expect(errors).toContain(words);
});

test('the comparison prints measured, twin, textbook and spread, and an end for machines', async () => {
  const { code, out } = await run('fidelity', 'host', FIXTURES, '--only', 'H02', '--values');
  expect(code).toBe(0);
  expect(out).toMatch(/measured +twin +textbook +spread/);
  expect(out).toMatch(/^H {2}met/m);
  expect(JSON.parse((await run('fidelity', 'host', FIXTURES, '--only', 'H02', '--json')).out)).toMatchObject({ experiments: [{ experiment: 'H' }], skipped: [] });
  expect((await run('fidelity', 'host', folder, '--only', 'nothing')).code).toBe(2);
});
