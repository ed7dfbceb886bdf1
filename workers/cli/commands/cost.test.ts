import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idleTotal, type Bill } from '@/engine/cost';
import { COMMANDS } from '../command-table';
import { streamIo } from '../io';
import { runCli } from '../run-cli';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cost-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function cli(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(COMMANDS, args, streamIo(Readable.from([]), stdout, stderr));
  return { code, text: String(stdout.read() ?? ''), told: String(stderr.read() ?? '') };
}
async function billOf(...args: string[]): Promise<Bill> {
  const { code, text, told } = await cli('cost', ...args, '--json');
  expect([code, told]).toEqual([0, '']);
  return JSON.parse(text) as Bill;
}
async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}
const conserved = (bill: Bill) => bill.owners.reduce((sum, { total }) => sum + total, 0) + idleTotal(bill.idle) + bill.unallocated;

const SYSTEM = `
formatVersion: 1
id: two-boxes
title: Two boxes
question: What do they cost?
seed: 1
durationSeconds: 120
system:
  nodes:
    - { name: a, zone: us-east-1a, cpuMillicores: 2000, memoryMib: 8192, usdPerHour: 0.3, instanceType: box.large, idleWatts: 20, maxWatts: 60 }
    - { name: b, zone: us-east-1b, cpuMillicores: 2000, memoryMib: 8192, usdPerHour: 0.3, instanceType: box.large, spot: true, idleWatts: 20, maxWatts: 60 }
  services:
    - { name: web, replicas: 2, lanes: 1, demand: { meanMs: 5, cv: 1 }, startUp: { meanMs: 100, cv: 0 }, cpuRequestMillicores: 500, memoryMib: 256, pod: { labels: { team: red } } }
  loads:
    - { service: web, arrivals: poisson, profile: { kind: constant, rps: 20 } }
`;

test('a scenario: the bill adds up, at the prices that its nodes state', async () => {
  const bill = await billOf(await file('two.yaml', SYSTEM));
  expect([bill.total, conserved(bill)]).toEqual([20_000, 20_000]);
  expect(bill.owners.map(({ owner }) => owner)).toEqual(['web']);
  expect(bill.carbon?.basis).toEqual([expect.stringContaining('us-east-1')]);
});

test('a book of one’s own prices the machines that it knows; owners are what one asks for, idle is carried', async () => {
  const book = await file('book.yaml', 'name: ours\nprices:\n  - { item: box.large, unit: node-hour, usd: 0.12, from: 2026-01-01, source: our contract }\n  - { item: "box.large:spot", unit: node-hour, usd: 0.03, from: 2026-01-01, source: our contract }\n');
  const bill = await billOf(await file('two.yaml', SYSTEM), '--prices', book, '--by', 'label:team', '--idle', 'by-cost');
  expect(bill.prices).toMatchObject({ book: 'ours', day: '2026-01-01', sources: ['our contract'] });
  expect([bill.total, conserved(bill), idleTotal(bill.idle)]).toEqual([5_000, 5_000, 0]);
  expect(bill.owners.map(({ owner }) => owner)).toEqual(['red']);
  const before = await billOf(await file('two.yaml', SYSTEM), '--prices', book, '--on', '2025-12-31');
  expect(before.total).toBe(20_000);
});

test('a recording is charged what it used', async () => {
  const { code, text } = await cli('cost', 'fixtures/recordings/calm-day');
  expect(code).toBe(0);
  expect(text).toMatch(/^\$0\.0160\d\d for 0\.167 hours/);
  expect(text).toContain('(idle)');
});

test('what is wrong with a book or an option is said with its place, and nothing is printed', async () => {
  const broken = await file('broken.yaml', 'name: ours\nprices:\n  - { item: x, unit: node-hour, usd: cheap, from: 2026-13-01, source: s }\n');
  const { code, text, told } = await cli('cost', await file('two.yaml', SYSTEM), '--prices', broken);
  expect([code, text]).toEqual([2, '']);
  expect(told).toContain('prices[0].usd');
  expect(told).toContain('prices[0].from');
  for (const wrong of [['--by', 'team'], ['--idle', 'never'], ['--on', 'today'], ['--book', 'azure'], ['--prices', broken, '--book', 'aws']]) expect((await cli('cost', await file('two.yaml', SYSTEM), ...wrong)).code, wrong.join(' ')).toBe(2);
});
