import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../command-table';
import { streamIo } from '../io';
import { runCli } from '../run-cli';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orrery-mesh-'));
  await writeFile(join(folder, 'roofs.json'), JSON.stringify({ nodes: [{ node_id: 'a', hostname: 'hall', is_gateway: true }, { node_id: 'b', hostname: 'mill' }, { node_id: 'c', hostname: 'roof' }], links: [{ source: 'a', target: 'b', source_tq: 0.9, target_tq: 0.9 }, { source: 'b', target: 'c', source_tq: 0.8, target_tq: 0.9 }] }));
});

async function run(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(COMMANDS, argv, streamIo(Readable.from([]), stdout, stderr));
  return { code, out: String(stdout.read() ?? ''), errors: String(stderr.read() ?? '') };
}

test('a map is understood, swept, and shown as batctl would show it', async () => {
  const file = join(folder, 'roofs.json');
  expect(JSON.parse((await run('import', 'mesh', file)).out)).toMatchObject({ format: 'meshviewer', routers: 3, links: 2, gateways: 1 });
  const sweep = JSON.parse((await run('sweep', 'mesh', file, '--pairs')).out) as { redundancy: number; impacts: { router?: string; lost: string[] }[] };
  expect(sweep.redundancy).toBe(0.5);
  expect(sweep.impacts.find((impact) => impact.router === 'mill')).toMatchObject({ lost: ['roof'] });
  expect((await run('sweep', 'mesh', file, '--redundancy-min', '0.9')).code).toBe(1);
  expect((await run('show', 'mesh', file, '--router', 'roof', '--at', '90')).out).toMatch(/\* hall .* mill /);
  expect((await run('show', 'mesh', file, '--table', 'metrics', '--at', '20')).out).toContain('batadv_mgmt_tx_bytes_total{router="mill"}');
});

test('what was imported can be written for the laboratory and played', async () => {
  const out = join(folder, 'lab.json');
  expect((await run('import', 'mesh', join(folder, 'roofs.json'), '--as', 'laboratory', '--seconds', '20', '--out', out)).code).toBe(0);
  const recording = join(folder, 'recording.jsonl');
  expect((await run('twin', 'mesh', out, '--seed', '1', '--out', recording)).code).toBe(0);
  expect((await readFile(recording, 'utf8')).split('\n')[0]).toContain('"format":"meshlab/1"');
});

test('bad input is told with its reason: no gateway, no router, no mesh', async () => {
  const noGateway = join(folder, 'links.json');
  await writeFile(noGateway, '{"links":[{"source":"x","target":"y"}]}');
  for (const [argv, words] of [
    [['sweep', 'mesh', noGateway], '--gateway'],
    [['sweep', 'mesh', noGateway, '--gateway', 'z'], 'no such router'],
    [['show', 'mesh', noGateway], '--router'],
    [['show', 'mesh', noGateway, '--table', 'nonsense'], 'netjson'],
    [['import', 'mesh', join(folder, 'missing.json')], 'no such file'],
  ] as const) {
    const { code, errors, out } = await run(...argv);
    expect(code).toBe(2);
    expect(`${errors}${out}`).toContain(words);
  }
});

test('runs that are asked for carry their number, equal seeds give equal bytes, and events after the end are told', async () => {
  const file = join(folder, 'cut.json');
  await writeFile(file, JSON.stringify({ nodes: 2, links: [{ a: 'n1', b: 'n2', loss: 20 }], duration: 12, pings: [{ src: 'n1', dst: 'n2' }], events: [{ t: 10, type: 'link_cut', a: 'n1', b: 'n2' }, { t: 50, type: 'link_restore', a: 'n1', b: 'n2' }] }));
  const played = async (...more: string[]) => {
    const out = join(folder, 'cut.jsonl');
    const { code, errors } = await run('twin', 'mesh', file, '--seed', '4', '--out', out, ...more);
    expect(code).toBe(0);
    expect(errors).toContain('1 of 2 events come after the end (12 s)');
    return readFile(out, 'utf8');
  };
  const runsOf = (text: string) => [...new Set(text.trim().split('\n').slice(1).map((line) => (JSON.parse(line) as { run?: number }).run))];
  const bare = await played();
  expect(runsOf(bare)).toEqual([undefined]);
  expect(await played()).toBe(bare);
  expect(runsOf(await played('--runs', '1'))).toEqual([0]);
  expect(runsOf(await played('--runs', '3'))).toEqual([0, 1, 2]);
  const at10 = bare.split('\n').filter((line) => line.startsWith('{"t":10,')).map((line) => (JSON.parse(line) as { k: string }).k);
  expect(at10).toEqual(['orig', 'neigh', 'orig', 'neigh', 'stats', 'stats', 'event', 'ping']);
});
