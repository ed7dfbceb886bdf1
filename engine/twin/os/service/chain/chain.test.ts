import { expect, it } from 'vitest';
import { playChain } from './play-chain';
import { runChain, type ChainFault, type ChainRunReport, type ChainScenario } from './index';

const scenarioOf = (faults: readonly ChainFault[], more: Partial<ChainScenario> = {}): ChainScenario => ({
  durationS: 40, groups: { frontend: { cpus: '1', memLimitMb: 256 }, backend: { cpus: '0', memLimitMb: 256 }, db: { cpus: '0' } }, clientCpus: '1', works: [{ dist: 'det', meanMs: 1.5 }, { dist: 'exp', meanMs: 4 }, { dist: 'uniform', loMs: 2, hiMs: 4 }],
  poolMax: 8, poolTimeoutMs: 2_000, warmUpMs: 0, writeFrac: 0.1, timeoutMs: 2_000, retries: 0, maxSockets: 64, clientTimeoutMs: 5_000, restartDelayS: 1, profile: [[0, 30], [40, 30]], faults, windowS: 10, seed: 1, ...more,
});
const play = (faults: readonly ChainFault[], more: Partial<ChainScenario> = {}): ChainRunReport => runChain({ id: 'chain', scenario: scenarioOf(faults, more), host: { cpus: 2, hz: 250 }, repeats: [{ rep: 1 }] }, 1)[0]!;
const mean = (run: ChainRunReport, window: number) => run.windows[window]!.mean ?? Infinity;

it('answers everything while nothing is wrong', () => {
  const { loadgen, windows, events } = play([]);
  expect(loadgen.codes).toEqual({ 200: loadgen.planned });
  expect(windows).toHaveLength(4);
  expect(events).toEqual([]);
});

it('is slower by the sleep of a slow database, and only while it lasts', () => {
  const run = play([{ kind: 'dbSleep', atS: 10, durS: 10, ms: 25 }]);
  expect(mean(run, 1) - mean(run, 0)).toBeGreaterThan(23);
  expect(mean(run, 3)).toBeLessThan(mean(run, 0) + 4);
});

it('loses calls to a killed backend until its supervisor has started it again', () => {
  const { events, loadgen } = play([{ kind: 'kill', target: 'backend', atS: 15 }]);
  expect(events.map(({ ev }) => ev)).toEqual(['exit', 'start', 'ready']);
  expect(events[2]!.tS - events[0]!.tS).toBeGreaterThan(1.05);
  expect(loadgen.codes[502]).toBeGreaterThan(25);
  expect(loadgen.codes[502]).toBeLessThan(50);
});

it('kills a leaking backend when its memory reaches the limit', () => {
  const { events } = play([{ kind: 'leak', atS: 5, mbPerS: 12 }]);
  expect(events[0]).toMatchObject({ ev: 'exit', signal: 'SIGKILL' });
  expect(events[0]!.tS).toBeGreaterThan(24);
  expect(events[0]!.tS).toBeLessThan(25);
});

it('lets calls wait for a connection under a cut quota until clients give up', () => {
  const { loadgen, windows } = play([{ kind: 'quota', target: 'backend', atS: 5, durS: 30, quotaUs: 20_000 }], { profile: [[0, 70], [40, 70]] });
  expect(loadgen.codes[0]).toBeGreaterThan(100);
  expect(loadgen.codes[504] ?? 0).toBe(0);
  expect(windows[2]!.cpu_backend).toBeCloseTo(0.2, 2);
});

it('answers nothing while the backend is frozen and everything young enough after it', () => {
  const run = play([{ kind: 'freeze', target: 'backend', atS: 15, durS: 4 }]);
  expect(run.loadgen.codes[504]).toBeGreaterThan(20);
  expect(run.windows[1]!.p99).toBeGreaterThan(1_500);
  expect(mean(run, 3)).toBeLessThan(mean(run, 0) + 4);
});

it('survives kills in the middle of queries, freezes and locks, one after the other', () => {
  const faults: ChainFault[] = [1, 2, 3, 4, 5, 6].map((i) => ({ kind: 'kill', target: i % 2 === 0 ? 'frontend' : 'backend', atS: 4 * i + 0.0137 * i }));
  const more: ChainFault[] = [{ kind: 'freeze', target: 'backend', atS: 3.9, durS: 1 }, { kind: 'kill', target: 'db', atS: 30 }, { kind: 'lock', atS: 33, durS: 1 }, { kind: 'hog', atS: 2, durS: 30, procs: 2, cpus: '0', shares: 2_048 }];
  const { loadgen, events } = play([...faults, ...more], { profile: [[0, 60], [40, 60]] });
  expect(events.filter(({ ev }) => ev === 'exit')).toHaveLength(6);
  expect(loadgen.done).toBe(loadgen.planned);
  expect(loadgen.codes[200]).toBeGreaterThan(0.5 * loadgen.planned);
});

it('makes a failed call again as often as it may, and so hides what failed fast', () => {
  const faults: ChainFault[] = [{ kind: 'kill', target: 'db', atS: 15 }];
  const load = { profile: [[0, 60], [40, 60]] } as const;
  const lost = play(faults, load).loadgen.codes[503] ?? 0;
  const retried = play(faults, { ...load, retries: 3 }).loadgen.codes[503] ?? 0;
  expect(lost).toBeGreaterThan(5);
  expect(retried).toBeLessThan(lost);
});

it('refuses queries while the database recovers from a killed process, and answers all of them after it', () => {
  const run = play([{ kind: 'kill', target: 'db', atS: 15 }], { profile: [[0, 60], [40, 60]] });
  const [kill] = run.faults;
  expect(kill!.endS! - kill!.startS).toBeGreaterThan(0.1);
  expect(kill!.endS! - kill!.startS).toBeLessThan(1);
  expect(run.windows.map(({ err }) => err > 0)).toEqual([false, true, false, false]);
  expect(run.events).toEqual([]);
});

it('holds a connection of the pool for every statement that waits for a lock, and no others', () => {
  const run = play([{ kind: 'lock', atS: 15, durS: 1.5 }]);
  expect(run.loadgen.codes).toEqual({ 200: run.loadgen.planned });
  expect(run.windows[1]!.p95).toBeGreaterThan(500);
  expect(run.windows[2]!.p95).toBeLessThan(60);
});

it('costs more at first, and more again after a restart, until the code is compiled', () => {
  const { windows } = play([{ kind: 'kill', target: 'frontend', atS: 61 }], { durationS: 80, profile: [[0, 60], [80, 60]] });
  const cpuMs = (window: number) => (1_000 * windows[window]!.cpu_frontend) / windows[window]!.ok;
  expect(cpuMs(0) - cpuMs(5)).toBeGreaterThan(0.2);
  expect(cpuMs(7) - cpuMs(5)).toBeGreaterThan(0.2);
});

it('fails thousands of waiting calls at once when the backend dies, and lets it warm up before it answers again', () => {
  const faults: ChainFault[] = [{ kind: 'quota', target: 'backend', atS: 0, durS: 30, quotaUs: 1_000 }, { kind: 'kill', target: 'backend', atS: 30.5 }];
  const { loadgen, events } = play(faults, { profile: [[0, 300], [30, 300], [30.01, 5], [40, 5]], clientTimeoutMs: 60_000, timeoutMs: 60_000, warmUpMs: 800 });
  expect(loadgen.codes[502]).toBeGreaterThan(5_000);
  expect(events[2]!.tS - events[1]!.tS).toBeGreaterThan(0.85);
});

it('sends the query of a request that was looked up before the next job, so the first of several is answered after the second job', () => {
  const requests = Array.from({ length: 4 }, () => ({ atUs: 1_000_000, worksUs: [500, 20_000, 500] }));
  const run = playChain({ scenario: scenarioOf([], { durationS: 3, writeFrac: 0 }), facts: { cpus: 2, hz: 250 }, requests, workScale: 1, speeds: [{ fromUs: 0, slowness: 1 }], seed: 1 });
  const firstUs = Math.min(...run.requests.map(({ dueUs, endUs }) => endUs - dueUs));
  expect(firstUs).toBeGreaterThan(2 * 20_000);
  expect(firstUs).toBeLessThan(2.5 * 20_000);
});
