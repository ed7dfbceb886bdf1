import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../command-table';
import { streamIo } from '../io';
import { runCli } from '../run-cli';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orrery-cluster-'));
});
const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/clusters/${name}`, import.meta.url));

async function run(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(COMMANDS, argv, streamIo(Readable.from([]), stdout, stderr));
  return { code, out: String(stdout.read() ?? ''), errors: String(stderr.read() ?? '') };
}

test('an export becomes a file that simulate runs, and the card is printed', async () => {
  const out = join(folder, 'shop.yaml');
  const imported = await run('import', 'cluster', fixture('shop-eks.json'), fixture('shop-eks-metrics.json'), '--out', out);
  expect(imported.code).toBe(0);
  expect(imported.out).toMatch(/^3 nodes, 11 workloads with 25 pods/);
  expect(imported.out).toContain('Objects: 103 read = 93 understood + 4 without effect + 4 not modelled + 2 dropped + 0 refused');
  expect(await readFile(out, 'utf8')).not.toMatch(/never-print/);
  const report = JSON.parse((await run('simulate', out, '--duration', '20s')).out) as { scenario: string; simulatedSeconds: number };
  expect(report).toMatchObject({ scenario: 'cluster-shop-eks', simulatedSeconds: 20 });
});

test('--json gives the card to machines, --explain a placement', async () => {
  const card = JSON.parse((await run('import', 'cluster', fixture('fleet-plan.json'), '--json')).out) as { objects: { read: number; refused: number }; scenario: string };
  expect(card).toMatchObject({ objects: { read: 20, refused: 0 }, scenario: 'cluster-fleet-plan' });
  expect((await run('import', 'cluster', fixture('shop-eks.json'), '--explain', 'shop/postgres-0')).out).toMatch(/^shop\/postgres-0 is on ip-10-0-33-140\..*VolumeZone/s);
});

test('bad input is told with its reason and ends with 2', async () => {
  const text = join(folder, 'notes.txt');
  await writeFile(text, 'nothing');
  for (const [argv, words] of [
    [['import', 'cluster', text], 'Nothing of a cluster'],
    [['import', 'cluster', join(folder, 'missing.json')], 'no such file'],
    [['import', 'cluster', fixture('shop-eks.json'), '--explain', 'nobody'], 'no pod "nobody"'],
    [['import', 'cluster', fixture('shop-eks-metrics.json'), '--out', join(folder, 'x.yaml')], 'was not written'],
  ] as const) {
    const { code, errors } = await run(...argv);
    expect([code, errors], argv.join(' ')).toEqual([2, expect.stringContaining(words)]);
  }
});
