import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../command-table';
import { streamIo } from '../io';
import { runCli } from '../run-cli';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubernetes-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function cli(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(COMMANDS, args, streamIo(Readable.from([]), stdout, stderr));
  const text = String(stdout.read() ?? '').trimEnd();
  return { code, lines: text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>), told: String(stderr.read() ?? '') };
}

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
}

const QOS = { id: 'qos-1', op: 'qos', pod: { containers: [{ req: { cpu_m: 100, mem: 1024 }, lim: { cpu_m: 100, mem: 1024 } }] } };
const factFile = (...cases: object[]) => JSON.stringify({ schema: 'node/1', group: 'qos', cases });

test('conformance: a wrong fact is named and ends with 1; --answers gives got, also without an expected value', async () => {
  const path = await write('facts.json', factFile({ ...QOS, expect: 'Guaranteed' }, { ...QOS, id: 'qos-2', expect: 'Burstable' }));
  const { code, lines } = await cli('conformance', path);
  expect([code, lines[0]]).toMatchObject([1, { facts: 2, passed: 1, failing: [{ id: 'qos-2' }] }]);
  const blind = await write('blind.json', factFile(QOS, { id: 'odd', op: 'no-such-op' }));
  const answers = await cli('conformance', blind, '--answers');
  expect([answers.code, answers.lines]).toMatchObject([0, [{ id: 'qos-1', got: 'Guaranteed' }, { id: 'odd', got: null }]]);
  expect(answers.told).toContain('1 facts could not be answered');
});

test('bench scheduler: equal seeds, equal placements', async () => {
  const [one, two] = [await cli('bench', 'scheduler', '--nodes', '20', '--pods', '50', '--seed', '3'), await cli('bench', 'scheduler', '--nodes', '20', '--pods', '50', '--seed', '3')];
  expect(one.code).toBe(0);
  expect(one.lines[0]!.placementHash).toBe(two.lines[0]!.placementHash);
  expect(Number(one.lines[0]!.placed) + Number(one.lines[0]!.unschedulable)).toBe(50);
});

test('bench placement: reads the openb columns, quoted or not', async () => {
  await write('openb/openb_node_list_gpu_node.csv', 'sn,cpu_milli,memory_mib,gpu,model\nn1,64000,262144,2,T4\n');
  await write('openb/openb_pod_list_tiny.csv', 'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\n"p,1",1000,1024,1,500,\np2,1000,1024,1,1000,T4\n');
  const { code, lines } = await cli('bench', 'placement', '--data', join(folder, 'openb'), '--workload', 'tiny', '--policy', 'best-fit');
  expect([code, lines[0]]).toMatchObject([0, { workload: 'tiny', policy: 'best-fit', seed: 42 }]);
  expect((lines[0]!.allocation as number[]).length).toBe(131);
});

test('bench cpu-power: the means of the results, against the published table', async () => {
  await write('ccf/SPECpower-2025-01-01.csv', 'old');
  await write(
    'ccf/SPECpower-2026-03-09.csv',
    ',CPU Description,System,avg. watts @ 100%,avg. watts @ active idle,Chips,Total Memory (GB),Total Threads\n0,Intel Xeon Platinum 8380,"A, 2U",160,40,2,256,160\n1,Intel Xeon Platinum 8380 (x),B,1,1,1,1,1\n',
  );
  await write('ccf/coefficients-aws-use.csv', ',Architecture,Min Watts,Max Watts,GB/Chip\n0,Ice Lake,0.25,2,128\n');
  const { code, lines } = await cli('bench', 'cpu-power', '--data', join(folder, 'ccf'));
  expect([code, lines[0]]).toMatchObject([0, { families: [{ architecture: 'Ice Lake', servers: 1, idleWatts: 0.25, maxWatts: 1, gbPerChip: 128 }], largestDifference: 0.5 }]);
});

test.each([
  [['conformance', '/no/such/folder'], 'does not exist'],
  [['conformance', '.', '--kubernetes', '1.2'], '--kubernetes takes'],
  [['bench', 'scheduler', '--nodes', '0'], '--nodes takes'],
  [['bench', 'placement'], 'needs --data'],
  [['bench', 'placement', '--data', '.', '--workload', '../x'], '--workload takes'],
  [['bench', 'placement', '--data', '.', '--policy', 'luck'], '--policy takes'],
  [['bench', 'energy'], 'needs --data'],
  [['bench', 'energy', '--data', '/no/such/folder'], 'tasks.parquet'],
  [['bench', 'energy', '--data', '.', '--power', 'magic'], '--power takes'],
  [['bench', 'cpu-power', '--data', '/no/such/folder'], 'SPECpower'],
])('%j is refused with a reason', async (args, reason) => {
  const { code, told } = await cli(...args);
  expect(code).toBe(2);
  expect(told).toContain(reason);
});
