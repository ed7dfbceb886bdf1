/**
 * `npm run bench -- events`: the kernel's events per second in Node and in a Chromium worker and, with --peers,
 * a C++ std::priority_queue that runs the same model. All take turns in one run, and the best of the repeats
 * counts: another program on the machine can only slow a run down.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { EventsBench } from '@/workers/bench/events';
import { run as runHere } from '../browser/bench-events-run';
import { openWorkerRunner } from '../browser/run-in-worker';

const PENDING = [100, 10_000];
const STEADY_WAIT = 4;

type Contender = { readonly name: string; run(customers: number, pending: number): Promise<EventsBench>; close(): Promise<void> };

/** Prints one line per number of pending events and contender, then the ratios to C++. */
export async function benchEventsEverywhere(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...argv], options: { peers: { type: 'boolean', default: false }, repeats: { type: 'string', default: '5' }, customers: { type: 'string', default: '2000000' } } });
  const contenders = [node(), await chromiumWorker(), ...(values.peers ? cplusplus() : [])];
  for (const pending of PENDING) {
    const best = new Map<string, EventsBench>();
    for (let repeat = 0; repeat < Number(values.repeats); repeat += 1) {
      for (const { name, run } of contenders) {
        const result = await run(Number(values.customers), pending);
        if (Math.abs(result.meanWait / STEADY_WAIT - 1) > 0.05) throw new Error(`${name} simulated a wrong queue: mean wait ${result.meanWait}, theory ${STEADY_WAIT}`);
        if (result.eventsPerSecond > (best.get(name)?.eventsPerSecond ?? 0)) best.set(name, result);
      }
    }
    printTable(pending, best);
  }
  for (const { close } of contenders) await close();
}

function printTable(pending: number, best: ReadonlyMap<string, EventsBench>): void {
  const peer = best.get('C++')?.eventsPerSecond;
  for (const [name, { eventsPerSecond, meanWait }] of best) {
    const ratio = peer === undefined ? '' : `  ${(eventsPerSecond / peer).toFixed(2)} of C++`;
    console.log(`${String(pending).padStart(6)} pending  ${name.padEnd(16)} ${(eventsPerSecond / 1e6).toFixed(1).padStart(5)} M events/s  mean wait ${meanWait.toFixed(2)}${ratio}`);
  }
}

const node = (): Contender => ({ name: 'Node', run: async (customers, pending) => runHere({ customers, pending }), close: async () => undefined });

async function chromiumWorker(): Promise<Contender> {
  const runner = await openWorkerRunner();
  const run = async (customers: number, pending: number) => (await runner.run('scripts/browser/bench-events-run.ts', { customers, pending })) as EventsBench;
  return { name: 'Chromium worker', run, close: runner.close };
}

/** Empty, with a word about it, when there is no g++. */
function cplusplus(): Contender[] {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-peer-'));
  const close = async () => rmSync(folder, { recursive: true });
  const binary = join(folder, 'event-queue');
  try {
    execFileSync('g++', ['-O2', '-std=c++17', '-o', binary, fileURLToPath(new URL('../peers/event-queue.cpp', import.meta.url))], { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    console.error(`No C++ peer: g++ could not build it (${error instanceof Error ? error.message : String(error)}).`);
    void close();
    return [];
  }
  return [{ name: 'C++', run: async (customers, pending) => JSON.parse(execFileSync(binary, [String(customers), String(pending)], { encoding: 'utf8' })) as EventsBench, close }];
}
