import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../command-table';
import { streamIo } from '../io';
import { runCli } from '../run-cli';

let folder = '';
let scenario = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'right-size-'));
  scenario = join(folder, 'small.yaml');
  await writeFile(scenario, `
formatVersion: 1
id: small
title: Two machines for one
question: Is one enough?
seed: 7
durationSeconds: 300
warmUpSeconds: 30
objectives: [{ kind: latency, service: client, quantile: 0.99, maxMs: 300 }]
system:
  nodes: [{ name: n1, cpuMillicores: 2000, memoryMib: 4096, usdPerHour: 0.1 }, { name: n2, cpuMillicores: 2000, memoryMib: 4096, usdPerHour: 0.1 }]
  services: [{ name: web, replicas: 2, lanes: 2, demand: { meanMs: 5, law: exponential }, startUp: { meanMs: 1000 }, cpuRequestMillicores: 1500, memoryMib: 300 }]
  loads: [{ service: web, arrivals: poisson, profile: { kind: constant, rps: 20 } }]
`);
});
afterAll(() => rm(folder, { recursive: true }));

async function cli(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(COMMANDS, ['right-size', ...args], streamIo(Readable.from([]), stdout, stderr));
  return { code, text: String(stdout.read() ?? ''), told: String(stderr.read() ?? '') };
}

type Printed = { readonly best: string | null; readonly history: { readonly services: readonly { readonly podByPod: boolean }[] }; readonly variants: readonly { readonly name: string; readonly removed: readonly string[]; readonly savedPerHour: number; readonly verdict: { readonly kind: string; readonly sentence: string }; readonly recommendations: readonly { readonly then: { readonly cpuRequestMillicores: number }; readonly kept: readonly unknown[] }[] }[] };

test('each method recommends, gives the machine back that nobody needs, and is judged', async () => {
  const { code, text } = await cli(scenario, '--seeds', '1..2');
  expect(code).toBe(0);
  const { variants, best, history } = JSON.parse(text) as Printed;
  expect(variants.map(({ name }) => name)).toEqual(['As it is', '95th percentile', 'VPA', 'KRR']);
  expect(history.services[0]!.podByPod).toBe(true);
  for (const { removed, savedPerHour, verdict } of variants.slice(1, 3)) expect([removed, savedPerHour.toFixed(6), verdict.kind]).toEqual([['n1'], '0.100000', 'saves']);
  expect(variants[3]!.recommendations[0]!.kept).toHaveLength(2); // 36 readings are too few for KRR
  expect(variants[3]).toMatchObject({ removed: [], savedPerHour: 0, verdict: { kind: 'saves nothing', sentence: 'Saves nothing: all 2 machines stay.' } });
  expect(best).toMatch(/95th percentile|VPA/);
});

test('the same call prints the same text', async () => {
  const [first, second] = [await cli(scenario, '--seeds', '1..1', '--duration', '60s'), await cli(scenario, '--seeds', '1..1', '--duration', '60s')];
  expect(first.text).toBe(second.text);
});

test('what nobody knows is refused with what is known', async () => {
  expect(await cli(scenario, '--by', 'p95,guess')).toMatchObject({ code: 2, told: expect.stringContaining('--by takes p95, vpa, krr, machines, separated by commas, not "guess"') });
  expect(await cli(scenario, '--by', ',')).toMatchObject({ code: 2 });
  expect(await cli(scenario, '--missed-usd', '-1')).toMatchObject({ code: 2 });
  expect(await cli(scenario, '--seeds', '1..500')).toMatchObject({ code: 2 });
  expect(await cli('no-such-scenario')).toMatchObject({ code: 2, told: expect.stringContaining('no-such-scenario') });
});

test('a recording is fitted and its mean pods are sized', async () => {
  const { code, text } = await cli('fixtures/recordings/calm-day', '--by', 'p95', '--seeds', '1..1', '--duration', '60s');
  expect(code).toBe(0);
  const { history, variants } = JSON.parse(text) as Printed;
  expect(history.services.every(({ podByPod }) => !podByPod)).toBe(true);
  expect(variants[1]!.recommendations.every(({ then }) => then.cpuRequestMillicores >= 10)).toBe(true);
});
